import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

export interface WebviewPage {
  /** Names the page for assistive technology. */
  readonly title: string;
  /** Program and style sheet in dist/webview, without extension. */
  readonly program: string;
}

/** Where webviews may load from, and nowhere else. */
export function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

/**
 * SHA-256 of the empty text: the toolkit inserts an empty `<style>` and fills it rule by rule,
 * which a policy allows once the element itself is allowed.
 */
const EMPTY_STYLE = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

/** An empty page that runs one program. No network, nothing inline, no frames. */
export function webviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { title, program }: WebviewPage,
): string {
  const root = webviewRoot(extensionUri);
  const resource = (name: string): string =>
    escapeAttribute(webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString());
  const nonce = randomBytes(18).toString("base64");
  const policy = [
    "default-src 'none'",
    // The sound's worklet and its engine.
    `script-src 'nonce-${nonce}' blob: 'wasm-unsafe-eval'`,
    "worker-src blob:",
    `style-src ${webview.cspSource} '${EMPTY_STYLE}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<link rel="stylesheet" href="${resource(`${program}.css`)}">
</head>
<body>
<main id="view" aria-busy="true"></main>
<script nonce="${nonce}" src="${resource(`${program}.js`)}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
