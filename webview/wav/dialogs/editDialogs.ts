/** Questions before an edit. */
import type { FadeShape, EditRequest, StorageFormat } from "../../../src/protocol/wavProtocol.js";
import { channelNames } from "../../../src/viewmodel/channelNames.js";
import { openDialog } from "../../shared/dialog.js";
import { choiceField, numberField, type Field } from "../../shared/fields.js";
import type { WavModel } from "../wavModel.js";
import { normalizeDialog } from "./normalizeDialog.js";
import { rangeNote } from "./rangeNote.js";

export interface EditDialogs {
  insertSilence(): void;
  fade(direction: "in" | "out"): void;
  gain(): void;
  normalize(): void;
  invert(): void;
  channels(): void;
  resample(): void;
  format(): void;
}

const SHAPES: readonly { value: FadeShape; label: string }[] = [
  { value: "linear", label: "Linear" },
  { value: "equalPower", label: "Equal power (quarter sine)" },
  { value: "sCurve", label: "S curve (half cosine)" },
  { value: "exponential", label: "Exponential (even in dB)" },
];

/** Hz. */
const USUAL_RATES = [8000, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176400, 192000];

export function editDialogs(model: WavModel): EditDialogs {
  const edit = (request: EditRequest): boolean => {
    void model.edit(request);
    return true;
  };
  return {
    insertSilence: () => insertSilence(model, edit),
    fade(direction) {
      const shape = choiceField({ label: "Shape", choices: SHAPES, value: "equalPower" });
      openDialog({
        ...{
          title: `Fade ${direction}`,
          note: rangeNote(model),
          fields: [shape],
          action: `Fade ${direction}`,
        },
        onSubmit: () => edit({ type: "fade", range: model.span, direction, shape: shape.read() ?? "linear" }),
      });
    },
    gain() {
      const level = numberField({
        ...{ label: "Gain", unit: "dB", value: -3, min: -144, max: 48, step: 0.5, mayBeOff: true },
        suggestions: [-6, -3, -1, 1, 3, 6].map((value) => ({
          value,
          label: value > 0 ? `+${value}` : String(value),
        })),
      });
      const channels = channelsField(model);
      openDialog({
        ...{
          title: "Gain",
          note: rangeNote(model),
          fields: [level, ...channels.fields],
          action: "Apply gain",
        },
        onSubmit() {
          const gain = level.read();
          return (
            gain !== undefined && edit({ type: "gain", range: model.rangeOrAll, gain, ...channels.chosen() })
          );
        },
      });
    },
    normalize: () => normalizeDialog(model, edit),
    invert() {
      const channels = channelsField(model);
      openDialog({
        ...{ title: "Invert polarity", note: rangeNote(model), fields: channels.fields, action: "Invert" },
        onSubmit: () => edit({ type: "invert", range: model.rangeOrAll, ...channels.chosen() }),
      });
    },
    channels: () => channelDialog(model, edit),
    resample() {
      const current = model.audio.sampleRate;
      const rate = numberField({
        ...{
          label: "Sample rate",
          unit: "Hz",
          value: current,
          min: 8,
          max: 768_000,
          isWhole: true,
          step: 100,
        },
        suggestions: USUAL_RATES.map((value) => ({ value, label: `${value / 1000}k` })),
      });
      openDialog({
        ...{ title: "Convert the sample rate", note: `Now ${current} Hz. The whole file is converted.` },
        ...{ fields: [rate], action: "Convert" },
        onSubmit() {
          const sampleRate = rate.read();
          if (sampleRate === undefined) return false;
          return sampleRate === current || edit({ type: "resample", sampleRate });
        },
      });
    },
    format: () => formatDialog(model, edit),
  };
}

type Edit = (request: EditRequest) => boolean;

function insertSilence(model: WavModel, edit: Edit): void {
  const seconds = numberField({
    ...{ label: "Length", unit: "s", value: 1, min: 0.001, max: 3600, step: 0.1 },
    suggestions: [0.1, 0.5, 1, 2, 5].map((value) => ({ value, label: `${value} s` })),
  });
  openDialog({
    ...{
      title: "Insert silence",
      note: "At the cursor; what follows moves back.",
      fields: [seconds],
      action: "Insert",
    },
    onSubmit() {
      const length = seconds.read();
      const frames = Math.round((length ?? 0) * model.audio.sampleRate);
      return frames > 0 && edit({ type: "insertSilence", at: model.span.start, frames });
    },
  });
}

/** Which audio channels; nothing to choose with one. */
function channelsField(model: WavModel) {
  const { channels } = model.audio;
  const names = channelNames(channels, model.state.facts?.channelMask ?? 0);
  const field = choiceField({
    label: "Channels",
    choices: [{ value: "all", label: "All" }, ...names.map((name, i) => ({ value: String(i), label: name }))],
    value: "all",
  });
  const fields: Field<string>[] = channels > 1 ? [field] : [];
  return {
    fields,
    chosen: () => (field.read() === "all" ? {} : { channels: [Number(field.read())] }),
  };
}

function channelDialog(model: WavModel, edit: Edit): void {
  const choices =
    model.audio.channels === 1
      ? [{ value: "stereo" as const, label: "Mono to stereo" }]
      : [
          { value: "mono" as const, label: "Fold to mono" },
          ...(model.audio.channels > 2 ? [{ value: "stereo" as const, label: "Fold to stereo" }] : []),
          { value: "left" as const, label: "Keep the left channel only" },
          { value: "right" as const, label: "Keep the right channel only" },
        ];
  const to = choiceField<"mono" | "stereo" | "left" | "right">({
    ...{ label: "Channels", choices, value: choices[0]?.value ?? "mono" },
  });
  openDialog({
    ...{ title: "Channels", note: "The whole file is converted.", fields: [to], action: "Convert" },
    onSubmit: () => edit({ type: "channels", to: to.read() ?? "mono" }),
  });
}

const DEPTHS: readonly { value: string; label: string; depth: StorageFormat["bitDepth"] }[] = [
  { value: "8", label: "8 bit", depth: 8 },
  { value: "16", label: "16 bit", depth: 16 },
  { value: "24", label: "24 bit", depth: 24 },
  { value: "32", label: "32 bit", depth: 32 },
  { value: "32f", label: "32 bit float", depth: "32f" },
  { value: "64f", label: "64 bit float", depth: "64f" },
];

/** The fields of a storage format; the file panel shows them too. */
export function formatFields(format: StorageFormat, onChange?: (format: StorageFormat) => void) {
  const change = (): void => onChange?.(read());
  const depth = choiceField({
    label: "Bit depth",
    choices: DEPTHS,
    value: String(format.bitDepth),
    onChange: change,
  });
  const dither = choiceField<StorageFormat["dither"]>({
    label: "Dither",
    choices: [
      { value: "none", label: "None" },
      { value: "tpdf", label: "Triangular (TPDF)" },
      { value: "shaped", label: "Noise shaped" },
    ],
    value: format.dither,
    onChange: change,
  });
  const read = (): StorageFormat => ({
    bitDepth: DEPTHS.find(({ value }) => value === depth.read())?.depth ?? 24,
    dither: dither.read() ?? "none",
  });
  return { depth, dither, read };
}

function formatDialog(model: WavModel, edit: Edit): void {
  const { depth, dither, read } = formatFields(model.audio.format);
  openDialog({
    ...{ title: "Bit depth and dither", note: "How the samples are stored at the next save." },
    ...{ fields: [depth, dither], action: "Use" },
    onSubmit: () => edit({ type: "format", format: read() }),
  });
}
