// @ts-check
/**
 * Takes a picture of a file in its editor, in a real VS Code:
 *
 *   node test/host/screenshot.mjs FILE --out x.png [--theme dark|light|contrast] [--size 1440x900]
 *     [--command 'Headroom: Master Album'] [--wait SECONDS]
 */
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuild, ensurePackages } from "../../.ci/setup.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: "screenshot.png" },
    theme: { type: "string", default: "dark" },
    size: { type: "string", default: "1440x900" },
    command: { type: "string", multiple: true, default: [] },
    wait: { type: "string", default: "2" },
  },
});
const [width = 1440, height = 900] = values.size.split("x").map(Number);
const { theme } = values;
const [file] = positionals.map((path) => resolve(path));
if (!file || !(theme === "dark" || theme === "light" || theme === "contrast")) {
  console.error(
    "Usage: screenshot.mjs FILE --out x.png [--theme dark|light|contrast] [--size 1440x900] [--command TITLE]",
  );
  process.exit(2);
}

ensurePackages();
ensureBuild();
const { openWorkbench } = await import("./workbench.mjs");
const workbench = await openWorkbench(dirname(file), { theme, width, height });
try {
  await workbench.openFile(file);
  for (const title of values.command) await workbench.runCommand(title);
  await new Promise((wake) => setTimeout(wake, Number(values.wait) * 1000));
  await workbench.screenshot(values.out);
} finally {
  await workbench.close();
}
