import { basename, dirname, resolve } from "node:path";
import * as vscode from "vscode";
import { audioPathAt } from "../../session/audioPathAt.js";
import { formatLufs, formatTime, formatTruePeak } from "../../viewmodel/formats.js";
import { isAudioFile } from "../../audio/audioNames.js";
import { sentenceOf } from "../wav/wavAnalysis.js";
import { PICTURE, type AudioPictures, type AudioPicture } from "./audioPicture.js";
import { escaped, formatOf } from "./loudnessTable.js";

/** A hover waits so long for what is being found out, milliseconds; the rest is there at the next one. */
const PATIENCE_MILLISECONDS = 1500;

/** @returns what stands in a document at a position, if it is the name of an audio file */
export async function audioHover(
  pictures: AudioPictures,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const found = audioPathAt(document.getText(), document.offsetAt(position));
  if (!found || !isAudioFile(found.path) || document.uri.scheme !== "file") return undefined;
  const path = resolve(dirname(document.uri.fsPath), found.path);
  const range = new vscode.Range(
    document.positionAt(found.offset),
    document.positionAt(found.offset + found.length),
  );
  return new vscode.Hover(await contentsFor(pictures, path), range);
}

async function contentsFor(pictures: AudioPictures, path: string): Promise<vscode.MarkdownString> {
  const name = `**${escaped(basename(path))}**`;
  let picture: AudioPicture;
  try {
    picture = await pictures.of(path);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = isMissing
      ? `is missing: there is no file at ${path}.`
      : `cannot be read: ${sentenceOf(error)}.`;
    return new vscode.MarkdownString(`${name} ${escaped(reason)}`);
  }
  try {
    return new vscode.MarkdownString(`${name}\n\n${await described(picture)}`);
  } catch (error) {
    return new vscode.MarkdownString(`${name}: ${escaped(sentenceOf(error))}`);
  }
}

async function described({ facts, waveform, measurement }: AudioPicture): Promise<string> {
  const patience = new Promise<undefined>((wake) => setTimeout(wake, PATIENCE_MILLISECONDS));
  const inTime = <T>(part: Promise<T>): Promise<T | undefined> => Promise.race([part, patience]);
  const [known, address, levels] = await Promise.all([inTime(facts), inTime(waveform), inTime(measurement)]);
  if (!known) return "The file is being read. Point at it again in a moment.";
  const { sampleRate, frames } = known;
  const size = `width=${PICTURE.width},height=${PICTURE.height}`;
  return [
    address ? `![Waveform](${address}|${size})` : "The waveform is being drawn.",
    `${escaped(formatOf(known))}, ${formatTime(sampleRate > 0 ? frames / sampleRate : null)}`,
    levels
      ? `${formatLufs(levels.integrated)} integrated, true peak ${formatTruePeak(levels.truePeak)}`
      : "The loudness is being measured. Point at the name again in a moment.",
  ].join("\n\n");
}
