/** What VS Code gives a webview; it hands it out only once, so that all take it from here. */
let api: ReturnType<typeof acquireVsCodeApi> | undefined;

export function vsCodeApi(): ReturnType<typeof acquireVsCodeApi> {
  api ??= acquireVsCodeApi();
  return api;
}
