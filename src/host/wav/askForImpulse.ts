import { dirname } from "node:path";
import * as vscode from "vscode";

/**
 * Lets the user choose the impulse response of a convolution.
 *
 * @param near file in whose folder the user begins
 * @returns its path, `null` for none
 */
export async function askForImpulse(near: vscode.Uri): Promise<string | null> {
  const chosen = await vscode.window.showOpenDialog({
    title: "Choose an Impulse Response",
    openLabel: "Use",
    filters: { "WAV and AIFF": ["wav", "wave", "aif", "aiff", "aifc"] },
    ...(near.scheme === "file" ? { defaultUri: vscode.Uri.file(dirname(near.fsPath)) } : {}),
  });
  const uri = chosen?.[0];
  if (!uri) return null;
  if (uri.scheme !== "file") throw new Error("An impulse response must be a file on this machine.");
  return uri.fsPath;
}
