// @ts-check
import { availableParallelism } from "node:os";
import { builtTests, runNodeTests } from "./nodeTests.mjs";

/**
 * The tests of the rooms, which need no VS Code.
 * @param {string} only part of the path, or empty
 * @returns {import("../run.mjs").Stage[]}
 */
export const unitStages = (only) => [
  { name: "unit tests", run: () => runNodeTests(builtTests(only).unit, availableParallelism()) },
];
