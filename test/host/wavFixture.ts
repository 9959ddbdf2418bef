/** Audio files to edit, and the real editor's document to look into. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import wavefile from "wavefile";
import type { WavDocument } from "../../src/host/editors/wavDocument.js";
import type { TestAccess } from "../../src/host/extension.js";

export const RATE = 48000;
const LIMIT_MILLISECONDS = 10_000;

export function wavFolder(): string {
  return mkdtempSync(join(tmpdir(), "headroom-wav-"));
}

/** Writes a stereo file, 16-bit: sample i of the left channel is `first + i`, the right one its negative. */
export function writeRamp(path: string, frames: number, first = 1): void {
  const left = Int16Array.from({ length: frames }, (_, i) => first + i);
  const file = new wavefile.WaveFile();
  file.fromScratch(2, RATE, "16", [left, left.map((value) => -value)]);
  writeFileSync(path, file.toBuffer());
}

/** The samples of a channel, as integers. */
export function readSamples(path: string, channel = 0): number[] {
  const file = new wavefile.WaveFile(readFileSync(path));
  const samples = file.getSamples(false, Float64Array) as unknown as Float64Array | Float64Array[];
  return Array.from(Array.isArray(samples) ? samples[channel]! : samples);
}

/** Waits until `condition` holds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + LIMIT_MILLISECONDS;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `Waited in vain for: ${what}`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
}

/** Opens a file as a double click does, and waits until it is read or refused. */
export async function openWav(path: string): Promise<WavDocument> {
  const extension = vscode.extensions.getExtension<TestAccess>("headroom-audio.headroom");
  assert.ok(extension);
  const { wavEditor } = await extension.activate();
  await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(path), { preview: false });
  await until(() => wavEditor.active?.uri.fsPath === path, `the editor of ${path}`);
  const document = wavEditor.active;
  assert.ok(document);
  await until(
    () => document.state.audio.revision > 0 || document.state.failure !== null,
    `the audio of ${path}`,
  );
  return document;
}

export function activeTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.activeTabGroup.activeTab;
}

/** Lets VS Code's own dialogs answer by themselves while `work` runs. @returns the questions asked */
export async function answering(answer: string | undefined, work: () => Promise<void>): Promise<string[]> {
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
