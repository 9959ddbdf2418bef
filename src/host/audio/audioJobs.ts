/** What the commands on audio files do to one file. */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import type * as vscode from "vscode";
import type { AudioFacts } from "../../audio/audioFacts.js";
import { fileStamp, type FileStamp } from "../../audio/fileStamp.js";
import type { FileMeasurement } from "../../engine/measureFile.js";
import type { JobOptions } from "../../engine/workerPool.js";
import { applyAudioEdit } from "../../session/applyAudioEdit.js";
import { conversionProcesses, convertedFormat, type AudioConversion } from "../../session/audioConversion.js";
import type { EditedAudio, EditSource } from "../../session/audioEdits.js";
import { openedAudio } from "../../session/openedAudio.js";
import { framesOf } from "../../session/pieces.js";
import type { StudioService } from "../studioService.js";
import type { WavServices } from "../wav/wavServices.js";
import type { WrittenAudio } from "../../engine/editing/saveAudio.js";
import { stepOf } from "./audioBatch.js";

export interface AudioTools {
  readonly studio: Pick<StudioService, "use">;
  readonly services: WavServices;
}

interface Opened {
  readonly facts: AudioFacts;
  readonly source: EditSource;
  /** Of the file as it was opened. */
  readonly stamp: FileStamp;
}

/** @throws Error with a sentence for people */
export async function openAudio(
  { services }: AudioTools,
  uri: vscode.Uri,
  options: JobOptions<number>,
): Promise<Opened> {
  if (uri.scheme !== "file")
    throw new Error(
      "it is in a virtual workspace. Copy it to a folder on disk first; previewing it works here",
    );
  const input = { path: uri.fsPath, cacheFolder: services.decoded.folder };
  const stamp = await fileStamp(uri.fsPath).catch(() => {
    throw new Error("there is no such file. It may have been moved, renamed or deleted");
  });
  return { ...(await services.use((studio) => studio.openAudio(input, options))), stamp };
}

export interface MeasuredAudio {
  readonly facts: AudioFacts;
  readonly measurement: FileMeasurement;
  readonly warnings: readonly string[];
}

/** Measures a file of any kind. @throws Error with a sentence for people */
export async function measureAudio(
  tools: AudioTools,
  uri: vscode.Uri,
  options: JobOptions<number>,
): Promise<MeasuredAudio> {
  const { facts, source } = await openAudio(tools, uri, stepOf(options, 0, 0.5));
  const input = { path: source.path, dualMono: false };
  const { measurement, warnings } = await tools.studio.use((studio) =>
    studio.measure(input, stepOf(options, 0.5, 1)),
  );
  return { facts, measurement, warnings: [...new Set([...facts.warnings, ...warnings])] };
}

export interface GainTask {
  readonly uri: vscode.Uri;
  /** dB. */
  readonly gain: number;
  /** Path to write; may be that of the file itself. Other chunks of WAV files are kept. */
  readonly target: string;
}

/** Writes a file with another gain, as WAV. @throws Error with a sentence for people; nothing is changed then */
export function saveWithGain(
  tools: AudioTools,
  task: GainTask,
  options: JobOptions<number>,
): Promise<WrittenAudio> {
  return tools.services.making(() => applyGain(tools, task, options));
}

export interface ConvertTask {
  readonly uri: vscode.Uri;
  readonly conversion: AudioConversion;
  /** Path to write. */
  readonly target: string;
}

/** Writes a file in another format. @throws Error with a sentence for people; nothing is changed then */
export function convertAudio(
  tools: AudioTools,
  task: ConvertTask,
  options: JobOptions<number>,
): Promise<WrittenAudio> {
  return tools.services.making(() => convert(tools, task, options));
}

async function applyGain(
  tools: AudioTools,
  { uri, gain, target }: GainTask,
  options: JobOptions<number>,
): Promise<WrittenAudio> {
  const opening = await openAudio(tools, uri, stepOf(options, 0, 0.4));
  const opened = openedAudio(opening.facts, opening.source);
  const range = { start: 0, end: framesOf(opened) };
  const audio = applyAudioEdit(opened, { type: "gain", range, gain });
  return save(tools, { audio, uri, opening, target, container: "wav" }, stepOf(options, 0.4, 1));
}

async function convert(
  tools: AudioTools,
  { uri, conversion, target }: ConvertTask,
  options: JobOptions<number>,
): Promise<WrittenAudio> {
  const { services } = tools;
  const opening = await openAudio(tools, uri, stepOf(options, 0, 0.3));
  let audio = openedAudio(opening.facts, opening.source);
  const processes = conversionProcesses(audio, conversion);
  const rendered: string[] = [];
  try {
    for (const [i, process] of processes.entries()) {
      const range = { start: 0, end: framesOf(audio) };
      const temporary = await services.store.newPath("convert.wav");
      rendered.push(temporary);
      const input = { audio, range, process, target: temporary };
      const part = 0.5 / processes.length;
      const step = stepOf(options, 0.3 + i * part, 0.3 + (i + 1) * part);
      const { path, frames, sampleRate, channels } = await services.use((studio) =>
        studio.renderProcess(input, step),
      );
      const edit = { type: "process", range, label: "Convert", process, sampleRate, channels } as const;
      audio = applyAudioEdit(audio, { ...edit, rendered: { path, frames } });
    }
    const format = convertedFormat(opening.facts, conversion);
    audio = applyAudioEdit(audio, { type: "format", format });
    const { container } = conversion;
    return await save(tools, { audio, uri, opening, target, container }, stepOf(options, 0.8, 1));
  } finally {
    await Promise.all(rendered.map((path) => rm(path, { force: true })));
  }
}

interface SaveTask {
  readonly audio: EditedAudio;
  readonly uri: vscode.Uri;
  readonly opening: Opened;
  readonly target: string;
  readonly container: "wav" | "flac";
}

async function save(
  { services }: AudioTools,
  { audio, uri, opening, target, container }: SaveTask,
  options: JobOptions<number>,
): Promise<WrittenAudio> {
  refuseIfEdited(services, target);
  // A decoded copy has no chunks to keep.
  const original = opening.source.path === uri.fsPath ? uri.fsPath : null;
  // A file that was changed meanwhile is not replaced.
  const expected = target === uri.fsPath ? opening.stamp : null;
  // Open editors and the clipboard go on reading what they know.
  if (existsSync(target)) await services.preserve(target);
  return services.use((studio) =>
    studio.saveAudio({ audio, target, container, original, expected }, options),
  );
}

/** @throws Error with a sentence for people if the file at `path` is open with edits that are not saved */
export function refuseIfEdited({ documents }: Pick<WavServices, "documents">, path: string): void {
  for (const { uri, state } of documents) {
    if (uri.scheme === "file" && uri.fsPath === path && state.audio.isDirty)
      throw new Error(`${basename(path)} has edits that are not saved. Save or revert them first`);
  }
}
