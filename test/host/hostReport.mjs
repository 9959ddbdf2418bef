// @ts-check
/**
 * What the suites in the extension host tell the program outside: one line of JSON among all that VS Code prints.
 *
 * @typedef {object} HostReport
 * @property {number} passed number of tests
 * @property {number} failed number of tests
 * @property {string[]} lines one text a test, with its duration or its error
 */
const RESULT = /^HEADROOM_HOST_RESULT (\{.*\})$/m;

/**
 * Finds the report in what VS Code printed.
 * @param {string} log
 * @returns {HostReport}
 * @throws Error when there is none: VS Code also ends when it cannot load the suites
 */
export function readHostReport(log) {
  const json = RESULT.exec(log)?.[1];
  if (!json) throw new Error(`VS Code ended without running the suites.\n${log}`);
  return JSON.parse(json);
}
