import * as vscode from "vscode";
import { audioBatch, showFailures } from "./audioBatch.js";
import { measureAudio, type AudioTools } from "./audioJobs.js";
import { chosenAudio } from "./chosenAudio.js";
import { loudnessDocument, loudnessSentence, type MeasuredRow } from "./loudnessTable.js";

const SHOW_DETAILS = "Show details";

/** Measures files. One file: a notification with a button; several: a table. */
export async function measureLoudness(
  tools: AudioTools,
  show: (text: string) => Promise<void>,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const uris = await chosenAudio(argument, selection, { title: "Measure Loudness", usesActive: true });
  if (uris.length === 0) return;
  const batch = await audioBatch("Measuring", uris, (uri, options) => measureAudio(tools, uri, options));
  if (batch.isCancelled) return;
  const rows: MeasuredRow[] = batch.done.map(({ uri, value }) => ({ path: uri.path, ...value }));
  const [only] = rows;
  if (uris.length > 1) {
    const failures = batch.failed.map(({ message }) => message);
    await show(loudnessDocument(rows, failures));
  } else if (only) {
    const choice = await vscode.window.showInformationMessage(loudnessSentence(only), SHOW_DETAILS);
    if (choice === SHOW_DETAILS) await show(loudnessDocument(rows));
  }
  showFailures(batch, "measured");
}
