import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where the command line keeps files that can be made again: `headroom` in `$XDG_CACHE_HOME` or `~/.cache`, in
 * `~/Library/Caches` on macOS, in `%LOCALAPPDATA%` on Windows.
 */
export function userCacheFolder({
  platform,
  env,
}: Pick<NodeJS.Process, "platform" | "env"> = process): string {
  const home = homedir();
  if (platform === "win32") return join(env["LOCALAPPDATA"] || join(home, "AppData", "Local"), "headroom");
  if (platform === "darwin") return join(home, "Library", "Caches", "headroom");
  return join(env["XDG_CACHE_HOME"] || join(home, ".cache"), "headroom");
}
