import { existsSync } from "node:fs";
import { join } from "node:path";

/** @returns a path for a new session in `folder`: a session of that name is never overwritten */
export function freeSession(folder: string, name: string): string {
  for (let n = 1; ; n++) {
    const path = join(folder, `${name}${n === 1 ? "" : `-${n}`}.mix.json`);
    if (!existsSync(path)) return path;
  }
}
