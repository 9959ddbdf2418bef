import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { ROOT } from "../../.ci/setup.mjs";

/** How the sources name the code of a diagnostic. */
const CODES = [
  /report\(\s*"(?:error|warning|information)",\s*"([a-z-]+)"/g,
  /\badd\(\s*"(?:error|warning|information)",\s*"([a-z-]+)"/g,
  /\bcode: "([a-z-]+)"/g,
  /\bkind: "([a-z-]+)", severity/g,
];
/** Folders whose diagnostics stand in the Problems panel. */
const FOLDERS = ["src/session", "src/mastering"];

it("every problem that documents can have is explained in media/problems.md", () => {
  const page = readFileSync(join(ROOT, "media", "problems.md"), "utf8");
  const explained = new Set([...page.matchAll(/^### (.+)$/gm)].flatMap(([, codes]) => codes!.split(", ")));
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(ROOT, folder, name), "utf8")),
  );
  const used = new Set(
    files.flatMap((text) => CODES.flatMap((code) => [...text.matchAll(code)].map(([, name]) => name!))),
  );
  assert.ok(used.size > 30, `${used.size} codes found`);
  assert.deepEqual(
    [...used].filter((code) => !explained.has(code)),
    [],
  );
});
