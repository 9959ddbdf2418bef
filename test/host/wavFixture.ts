/** The real editor's document to look into. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { WavDocument } from "../../src/host/editors/wavDocument.js";
import type { TestAccess } from "../../src/host/extension.js";
import { until } from "./wavMaterial.js";

/** Opens a file as a double click does, and waits until it is read or refused. */
export async function openWav(file: string | vscode.Uri): Promise<WavDocument> {
  const uri = typeof file === "string" ? vscode.Uri.file(file) : file;
  const extension = vscode.extensions.getExtension<TestAccess>("headroom-audio.headroom");
  assert.ok(extension);
  const { wavEditor } = await extension.activate();
  await vscode.commands.executeCommand("vscode.open", uri, { preview: false });
  await until(() => wavEditor.active?.uri.toString() === uri.toString(), `the editor of ${uri.path}`);
  const document = wavEditor.active;
  assert.ok(document);
  await until(
    () => document.state.audio.revision > 0 || document.state.failure !== null,
    `the audio of ${uri.path}`,
  );
  return document;
}

export function activeTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.activeTabGroup.activeTab;
}

/** Lets VS Code's own dialogs answer by themselves while `work` runs. @returns the questions asked */
export async function answering(
  answer: string | undefined | Promise<string | undefined>,
  work: () => Promise<void>,
): Promise<string[]> {
  const questions: string[] = [];
  const { showWarningMessage } = vscode.window;
  const replaced = vscode.window as { showWarningMessage: unknown };
  replaced.showWarningMessage = (question: string) => {
    questions.push(question);
    return Promise.resolve(answer);
  };
  try {
    await work();
  } finally {
    replaced.showWarningMessage = showWarningMessage;
  }
  return questions;
}
