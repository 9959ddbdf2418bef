import { basename } from "node:path";
import * as vscode from "vscode";
import { conversionTargets, type AudioConversion } from "../../session/audioConversion.js";
import { audioBatch, showFailures } from "./audioBatch.js";
import { convertAudio, type AudioTools } from "./audioJobs.js";
import { chosenAudio } from "./chosenAudio.js";
import { freeTargets } from "./freeTargets.js";

type Format = Pick<AudioConversion, "container" | "bitDepth">;
interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

const FORMATS: readonly Choice<Format>[] = [
  { label: "WAV, 16-bit", description: "CD", value: { container: "wav", bitDepth: 16 } },
  { label: "WAV, 24-bit", description: "delivery and archive", value: { container: "wav", bitDepth: 24 } },
  {
    label: "WAV, 32-bit float",
    description: "further work: nothing clips",
    value: { container: "wav", bitDepth: "32f" },
  },
  { label: "FLAC, 16-bit", description: "lossless, smaller", value: { container: "flac", bitDepth: 16 } },
  { label: "FLAC, 24-bit", description: "lossless, smaller", value: { container: "flac", bitDepth: 24 } },
];
const RATES: readonly Choice<AudioConversion["sampleRate"]>[] = [
  { label: "Keep the sample rate", value: "keep" },
  { label: "44.1 kHz", description: "CD, music", value: 44100 },
  { label: "48 kHz", description: "video", value: 48000 },
  { label: "88.2 kHz", value: 88200 },
  { label: "96 kHz", value: 96000 },
];
const CHANNELS: readonly Choice<AudioConversion["channels"]>[] = [
  { label: "Keep the channels", value: "keep" },
  { label: "Mono", description: "mean of all channels", value: "mono" },
  { label: "Stereo", description: "mono on both sides; 5.1 folded after ITU-R BS.775", value: "stereo" },
];

/** Writes files in another format beside them; asks before a file is overwritten, and never overwrites a source. */
export async function convertFiles(tools: AudioTools, argument: unknown, selection: unknown): Promise<void> {
  const uris = await chosenAudio(argument, selection, { title: "Convert", usesActive: true });
  const conversion = uris.length > 0 ? await chooseConversion() : undefined;
  if (!conversion) return;
  const sources = uris.map(({ fsPath }) => fsPath);
  const wanted = conversionTargets(sources, conversion.container);
  const targets = await freeTargets(wanted, (path) => sources.includes(path));
  if (!targets) return;
  const targetOf = new Map(uris.map((uri, i) => [uri, targets[i]!]));
  const batch = await audioBatch("Converting", uris, async (uri, options) => {
    const target = targetOf.get(uri)!;
    const { clipped } = await convertAudio(tools, { uri, conversion, target }, options);
    return { target, clipped };
  });
  const [first] = batch.done;
  if (first) {
    const files = batch.done.length === 1 ? basename(first.value.target) : `${batch.done.length} files`;
    const clipped = batch.done.reduce((sum, { value }) => sum + value.clipped, 0);
    const loss = clipped > 0 ? ` ${clipped} samples passed full scale and were clipped.` : "";
    const rest = batch.isCancelled ? " The rest was cancelled." : "";
    const show = clipped > 0 ? "showWarningMessage" : "showInformationMessage";
    void vscode.window[show](`Wrote ${files}.${loss}${rest}`);
  }
  showFailures(batch, "converted");
}

async function chooseConversion(): Promise<AudioConversion | undefined> {
  const format = await choose(FORMATS, "Format", 1);
  const sampleRate = format && (await choose(RATES, "Sample rate", 2));
  const channels = sampleRate && (await choose(CHANNELS, "Channels", 3));
  return (
    format &&
    sampleRate &&
    channels && { ...format.value, sampleRate: sampleRate.value, channels: channels.value }
  );
}

function choose<T>(items: readonly Choice<T>[], what: string, step: number): Thenable<Choice<T> | undefined> {
  return vscode.window.showQuickPick(items, { title: `Convert (${step}/3)`, placeHolder: what });
}
