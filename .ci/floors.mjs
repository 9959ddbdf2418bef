// @ts-check
/**
 * The floors of the house as a lint rule: an import goes down or stays in its room, never up.
 *
 * A room is a folder. Imports of files outside all rooms (`dist/`, `package.json`) are not this rule's business.
 */
import { dirname, relative, resolve } from "node:path";

/**
 * @typedef {object} Room
 * @property {string[]} uses rooms and single files below it
 * @property {string[]} [usesTypesOf] rooms of which it may import types only
 * @property {boolean} [isPure] imports no package and nothing of Node
 */

const ENGINE_AND_BELOW = ["src/units", "src/audio", "src/dsp", "src/session", "src/engine"];
const WINGS = ["src/protocol", "src/viewmodel"];
/** What the worklets share with the renderer. */
const ENGINE_IN_WEBVIEWS = [
  "src/engine/dsp.ts",
  "src/engine/impulseChannels.ts",
  "src/engine/insertValues.ts",
  "src/engine/preparedParameters.ts",
  "src/engine/live/gatedLoudness.ts",
  "src/engine/live/graphRun.ts",
  "src/engine/live/insertWatch.ts",
  "src/engine/live/liveMix.ts",
  "src/engine/live/playPath.ts",
  "src/engine/live/soundPages.ts",
];

/** @type {Record<string, Room>} lowest first */
export const ROOMS = {
  "src/units": { uses: [], isPure: true },
  "src/audio": { uses: ["src/units"] },
  "src/dsp": { uses: [], isPure: true },
  "src/session": { uses: ["src/units"] },
  "src/protocol": {
    uses: ["src/units"],
    usesTypesOf: ["src/audio", "src/session", "src/engine", "src/mastering"],
  },
  "src/viewmodel": { uses: ["src/units"], isPure: true },
  "src/engine": { uses: ENGINE_AND_BELOW },
  "src/mastering": { uses: ENGINE_AND_BELOW },
  "src/cli": { uses: [...ENGINE_AND_BELOW, "src/mastering", ...WINGS] },
  "src/host": { uses: [...ENGINE_AND_BELOW, "src/mastering", ...WINGS] },
  webview: { uses: ["src/units", ...WINGS, ...ENGINE_IN_WEBVIEWS], usesTypesOf: ["src/session"] },
};
/** The roof: may import anything, and no room imports from it. */
const ROOF = ["test", "examples"];

/** Only these may know VS Code's API. */
const VSCODE_FOLDERS = ["src/host", "test/host"];

/** @type {import("eslint").Rule.RuleModule} */
export const floors = {
  meta: {
    type: "problem",
    docs: { description: "an import goes down or stays in its room" },
    messages: {
      up: "{{room}} may not import {{target}}.",
      typesOnly: "{{room}} may import only types of {{target}} (write: import type).",
      package: "{{room}} imports no packages and nothing of Node.",
      vscode: "Only src/host may import vscode.",
    },
    schema: [],
  },
  create(context) {
    const file = inRepository(context.cwd, context.filename);
    /** @param {import("estree").Node & { source?: unknown }} node */
    const check = (node) => {
      const source = /** @type {{ value?: unknown } | null | undefined} */ (node.source);
      if (typeof source?.value !== "string") return;
      const { value } = source;
      const target = value.startsWith(".")
        ? inRepository(context.cwd, resolve(dirname(context.filename), value))
        : undefined;
      const fault =
        target === undefined ? packageFault(file, value) : floorFault(file, target, isTypeImport(node));
      if (fault) context.report({ node, ...fault });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

/**
 * @param {string} file in the repository
 * @param {string} target the imported file, in the repository
 * @param {boolean} isType
 */
function floorFault(file, target, isType) {
  const room = roomOf(file);
  const targetRoom = roomOf(target) ?? ROOF.find((folder) => isIn(target, folder));
  if (room === undefined || targetRoom === undefined || room === targetRoom) return undefined;
  const { uses, usesTypesOf = [] } = /** @type {Room} */ (ROOMS[room]);
  if (uses.includes(targetRoom) || uses.includes(target.replace(/\.js$/, ".ts"))) return undefined;
  const data = { room, target: targetRoom };
  if (!usesTypesOf.includes(targetRoom)) return { messageId: "up", data };
  return isType ? undefined : { messageId: "typesOnly", data };
}

/**
 * @param {string} file in the repository
 * @param {string} name of the package
 */
function packageFault(file, name) {
  const room = roomOf(file);
  if (name === "vscode" && !VSCODE_FOLDERS.some((folder) => isIn(file, folder)))
    return { messageId: "vscode" };
  if (room !== undefined && ROOMS[room]?.isPure) return { messageId: "package", data: { room } };
  return undefined;
}

/** @param {string} file in the repository */
const roomOf = (file) => Object.keys(ROOMS).find((room) => isIn(file, room));

/**
 * @param {string} file
 * @param {string} folder
 */
const isIn = (file, folder) => file.startsWith(`${folder}/`);

/**
 * Path from the repository's top, with `/` on every system.
 * @param {string} root
 * @param {string} file absolute path
 */
const inRepository = (root, file) => relative(root, file).replaceAll("\\", "/");

/** @param {object} node an import or export; TypeScript's parser marks `import type` */
const isTypeImport = (node) =>
  ("importKind" in node && node.importKind === "type") ||
  ("exportKind" in node && node.exportKind === "type");
