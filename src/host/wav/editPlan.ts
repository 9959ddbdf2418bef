/** Turns what the user asks for into an edit: measures or renders first where the edit needs it. */
import type { RenderedProcess } from "../../engine/editing/renderProcess.js";
import type { EditRequest, Measurement } from "../../protocol/wavProtocol.js";
import type { AudioEdit, EditedAudio, EditProcess, FrameRange, Material } from "../../session/audioEdits.js";
import { normalizedTruePeak, peakNotice } from "../../viewmodel/peakWarning.js";
import { framesOf } from "../../session/pieces.js";
import { foldMatrix, pickMatrix } from "../../session/channelMatrix.js";

export interface PlanTools {
  readonly clipboard: Material | undefined;
  /** Takes sentences for people, to be shown once the edit is done. */
  readonly warn: (sentence: string) => void;
  /** Measures a stretch of `audio`. */
  readonly measure: (range: FrameRange) => Promise<Measurement>;
  /** @param label what is under way, for people */
  readonly render: (
    label: string,
    audio: EditedAudio,
    range: FrameRange,
    process: EditProcess,
  ) => Promise<RenderedProcess>;
}

/** @throws Error with a sentence for people if it cannot be done */
export async function planEdit(
  audio: EditedAudio,
  request: EditRequest,
  tools: PlanTools,
): Promise<AudioEdit> {
  switch (request.type) {
    case "cut":
      return { type: "delete", range: request.range };
    case "crossfadeDelete":
      return { type: "delete", range: request.range, crossfade: request.frames };
    case "paste":
      return { type: "paste", range: request.range, material: await fittingMaterial(audio, tools) };
    case "normalize":
      return { type: "gain", range: request.range, gain: await normalizingGain(request, tools) };
    case "removeDc": {
      const { dcOffsets } = await tools.measure(request.range);
      return { type: "offset", range: request.range, offsets: dcOffsets.map((mean) => -mean) };
    }
    case "inserts":
      return applyInserts(audio, request, tools);
    case "resample":
      return resample(audio, request.sampleRate, tools);
    case "channels":
      return foldChannels(audio, request.to, tools);
    default:
      return request;
  }
}

/** Entries of the undo list. */
const LABELS: Record<EditRequest["type"], string> = {
  delete: "Delete",
  trim: "Trim",
  silence: "Silence",
  reverse: "Reverse",
  swapChannels: "Swap Channels",
  cut: "Cut",
  paste: "Paste",
  crossfadeDelete: "Delete with Crossfade",
  insertSilence: "Insert Silence",
  fade: "Fade",
  gain: "Change Gain",
  invert: "Invert Polarity",
  normalize: "Normalize",
  removeDc: "Remove DC Offset",
  inserts: "Apply Inserts",
  resample: "Convert Sample Rate",
  channels: "Convert Channels",
  markers: "Edit Markers",
  tags: "Edit Tags",
  format: "Change Bit Depth",
};

export function labelOf(request: EditRequest): string {
  return request.type === "fade"
    ? request.direction === "in"
      ? "Fade In"
      : "Fade Out"
    : LABELS[request.type];
}

export const wholeOf = (audio: Pick<EditedAudio, "pieces">): FrameRange => ({
  start: 0,
  end: framesOf(audio),
});

/** Gain in dB that brings the stretch to the level asked for. */
async function normalizingGain(
  { range, to, level }: Extract<EditRequest, { type: "normalize" }>,
  tools: PlanTools,
): Promise<number> {
  const levels = await tools.measure(range);
  const { samplePeak, truePeak, integrated } = levels;
  const measured = { peak: samplePeak, truePeak, loudness: integrated }[to];
  if (measured !== null && Number.isFinite(measured)) {
    const warning = peakNotice(normalizedTruePeak(levels, to, level));
    if (warning !== undefined) tools.warn(warning);
    return level - measured;
  }
  throw new Error(
    to === "loudness"
      ? "This stretch has no loudness: it is silent, or shorter than 0.4 s. Select more, or normalize its peak."
      : "This stretch is silent, so there is nothing to normalize.",
  );
}

async function applyInserts(
  audio: EditedAudio,
  { range, inserts }: Extract<EditRequest, { type: "inserts" }>,
  { render }: PlanTools,
): Promise<AudioEdit> {
  const { insertSchema, INSERT_TABLE } = await import("../../session/insertTable.js");
  const checked = inserts.map((insert) => insertSchema.parse(withLevelsAsText(insert)));
  if (checked.length === 0) throw new Error("There is no insert in the chain. Add one first.");
  const label = checked.map(({ type }) => INSERT_TABLE[type].label).join(", ");
  const process = { kind: "inserts", inserts: checked } as const;
  const rendered = await render(`Applying ${label}`, audio, range, process);
  const { sampleRate, channels } = audio;
  return { type: "process", range, label, process, rendered: sourceOf(rendered), sampleRate, channels };
}

/** Minus infinity does not survive the way from a view; as in documents, "-inf" stands for it. */
function withLevelsAsText(value: unknown): unknown {
  if (value === null || value === -Infinity) return "-inf";
  if (Array.isArray(value)) return value.map(withLevelsAsText);
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withLevelsAsText(each)]));
}

async function resample(audio: EditedAudio, sampleRate: number, tools: PlanTools): Promise<AudioEdit> {
  const label = `Converting to ${sampleRate} Hz`;
  return processWhole(audio, label, { kind: "resample", sampleRate }, tools);
}

async function foldChannels(
  audio: EditedAudio,
  to: Extract<EditRequest, { type: "channels" }>["to"],
  tools: PlanTools,
): Promise<AudioEdit> {
  const { channels } = audio;
  if (to === "right" && channels < 2)
    throw new Error("The audio has one channel only; there is no right one.");
  const matrix =
    to === "left" || to === "right"
      ? pickMatrix(channels, to === "left" ? 0 : 1)
      : foldMatrix(channels, to === "mono" ? 1 : 2);
  return processWhole(audio, `Converting to ${to}`, { kind: "mixChannels", matrix }, tools);
}

async function processWhole(
  audio: EditedAudio,
  label: string,
  process: EditProcess,
  { render }: PlanTools,
): Promise<AudioEdit> {
  const range = wholeOf(audio);
  const rendered = await render(label, audio, range, process);
  const { sampleRate, channels } = rendered;
  return { type: "process", range, label, process, rendered: sourceOf(rendered), sampleRate, channels };
}

const sourceOf = ({ path, frames }: RenderedProcess): { path: string; frames: number } => ({ path, frames });

/** The clipboard with the audio's own number of channels and sample rate. */
async function fittingMaterial(audio: EditedAudio, { clipboard, render }: PlanTools): Promise<Material> {
  if (!clipboard) throw new Error("The clipboard holds no audio. Copy or cut some first.");
  let material: Material = clipboard;
  if (material.channels !== audio.channels) {
    const matrix = foldMatrix(material.channels, audio.channels);
    material = await renderedMaterial(
      material,
      "Converting channels",
      { kind: "mixChannels", matrix },
      render,
    );
  }
  if (material.sampleRate !== audio.sampleRate) {
    const process = { kind: "resample", sampleRate: audio.sampleRate } as const;
    material = await renderedMaterial(material, `Converting to ${audio.sampleRate} Hz`, process, render);
  }
  return material;
}

async function renderedMaterial(
  material: Material,
  label: string,
  process: EditProcess,
  render: PlanTools["render"],
): Promise<Material> {
  const audio: EditedAudio = {
    ...material,
    channelMask: 0,
    markers: [],
    tags: { info: {}, bext: null },
    format: { bitDepth: "32f", dither: "none" },
  };
  const rendered = await render(label, audio, wholeOf(audio), process);
  const { path, frames, sampleRate, channels } = rendered;
  const layer = { source: 0, start: 0, isReversed: false, treatments: [] };
  return {
    sources: [{ path, frames }],
    pieces: frames > 0 ? [{ frames, layers: [layer] }] : [],
    sampleRate,
    channels,
  };
}
