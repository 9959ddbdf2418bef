/** What agents send to the tools, which may be anything. */
import { isAbsolute, join, relative } from "node:path";
import { isRecord } from "./checks.js";
import { isEditRequest, type EditRequest } from "./editRequest.js";

/**
 * @param roots absolute paths of the folders in which files may lie
 * @returns absolute path of the file that the input names
 * @throws Error unless it names one in a root
 */
export function agentFile(input: unknown, roots: readonly string[]): string {
  const file = isRecord(input) ? input.file : undefined;
  if (typeof file !== "string" || file === "" || file.includes("\0"))
    throw new Error('"file" must be the path of a file in the workspace.');
  for (const root of roots) {
    const path = isAbsolute(file) ? file : join(root, file);
    const within = relative(root, path);
    if (!within.startsWith("..") && !isAbsolute(within)) return path;
  }
  throw new Error(`${file} is not in a folder of the workspace.`);
}

/** @returns as {@link agentFile} @throws Error unless it is a session or an album in a root */
export function agentDocumentFile(input: unknown, roots: readonly string[]): string {
  const path = agentFile(input, roots);
  if (!/\.(mix|album)\.json$/.test(path)) throw new Error(`${path} is no *.mix.json or *.album.json.`);
  return path;
}

/** @returns HEAD where the input names none */
export function agentRevision(input: unknown): string {
  const revision = isRecord(input) ? (input.revision ?? "HEAD") : "HEAD";
  if (typeof revision !== "string" || revision === "")
    throw new Error('"revision" must be a revision of git.');
  return revision;
}

/** @throws Error if the changes are none */
export function agentEdit(input: unknown): EditRequest {
  const request = isRecord(input) ? { label: input.label ?? "Edit", changes: input.changes } : undefined;
  if (!isEditRequest(request))
    throw new Error(
      '"changes" must be a list of { type: "set" | "insert" | "move", path: [keys and indexes], value }.',
    );
  return request as EditRequest;
}
