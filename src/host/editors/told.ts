import * as vscode from "vscode";

/** Lets the user know if it fails. */
export async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    throw error;
  }
}
