import type * as vscode from "vscode";
import type { Channel } from "../../protocol/link.js";

/** The way of messages between the extension host and a webview. */
export function webviewChannel(webview: vscode.Webview): Channel {
  return {
    post: (message) => webview.postMessage(message),
    listen: (receive) => {
      const subscription = webview.onDidReceiveMessage(receive);
      return () => void subscription.dispose();
    },
  };
}
