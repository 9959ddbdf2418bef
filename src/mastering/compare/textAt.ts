import { execFile } from "node:child_process";
import { basename, dirname, resolve } from "node:path";
import { promisify } from "node:util";

/** The text of a document at a revision of git. Audio files are those that lie there now. */
export async function textAt(path: string, revision: string): Promise<string> {
  if (!path.endsWith(".json"))
    throw new Error(`${path}: only documents are compared with a revision; name two audio files instead`);
  if (revision.startsWith("-")) throw new Error(`${revision}: this is no revision, it begins with a dash`);
  const file = resolve(path);
  const object = `${revision}:./${basename(file)}`;
  try {
    const shown = await promisify(execFile)("git", ["show", object], {
      cwd: dirname(file),
      maxBuffer: 1 << 28,
    });
    return shown.stdout;
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw new Error(`${path}: git has no ${revision} of it (${reason})`, { cause: error });
  }
}
