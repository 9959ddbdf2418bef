import type { EditRequest } from "../../../src/protocol/wavProtocol.js";
import { normalizedTruePeak, peakWarning, type PeakLevels } from "../../../src/viewmodel/peakWarning.js";
import { openDialog } from "../../shared/dialog.js";
import { element } from "../../shared/element.js";
import { choiceField, numberField, type Field } from "../../shared/fields.js";
import type { WavModel } from "../wavModel.js";
import { rangeNote } from "./rangeNote.js";

type Target = "peak" | "truePeak" | "loudness";

/** Usual levels, in the unit of the target. */
const TARGETS: Readonly<
  Record<
    Target,
    { unit: string; value: number; most: number; usual: readonly [level: number, label: string][] }
  >
> = {
  peak: { unit: "dBFS", value: -1, most: 0, usual: [[0, "0"], [-0.1, "-0.1"], [-1, "-1"], [-3, "-3"]] }, // prettier-ignore
  truePeak: { unit: "dBTP", value: -1, most: 0, usual: [[-0.5, "-0.5"], [-1, "-1"], [-2, "-2"]] }, // prettier-ignore
  loudness: {
    ...{ unit: "LUFS", value: -14, most: -5 },
    usual: [
      [-14, "-14 streaming"],
      [-16, "-16 podcast"],
      [-23, "-23 EBU R 128"],
      [-24, "-24 ATSC A/85"],
    ],
  },
};

/** Level and kind of level; the field's unit follows the kind. */
export function normalizeDialog(model: WavModel, edit: (request: EditRequest) => boolean): void {
  let target: Target = "peak";
  const warning = element("p", { class: "peak-warning", role: "alert" });
  let measured: PeakLevels | undefined;
  const warn = (): void => {
    const wanted = Number(level.control.value.replace(",", "."));
    const sentence = measured && peakWarning(normalizedTruePeak(measured, target, wanted));
    // Written anew, it would be read out again.
    if (warning.textContent !== (sentence ?? "")) warning.textContent = sentence ?? "";
  };
  let level = levelField(target, warn);
  void levelsOf(model).then((levels) => {
    measured = levels;
    warn();
  });
  const to = choiceField<Target>({
    label: "To",
    choices: [
      { value: "peak", label: "Sample peak" },
      { value: "truePeak", label: "True peak" },
      { value: "loudness", label: "Integrated loudness" },
    ],
    value: target,
    onChange(next) {
      target = next;
      const fresh = levelField(next, warn);
      level.element.replaceWith(fresh.element);
      level = fresh;
      warn();
    },
  });
  openDialog({
    ...{
      title: "Normalize",
      note: rangeNote(model),
      fields: [to, level, { element: warning, control: warning }],
      action: "Normalize",
    },
    onSubmit() {
      const value = level.read();
      return (
        value !== undefined && edit({ type: "normalize", range: model.rangeOrAll, to: target, level: value })
      );
    },
  });
}

/** Of what is about to be normalized; `undefined` if it cannot be measured. */
async function levelsOf(model: WavModel): Promise<PeakLevels | undefined> {
  const { measurement } = model.state;
  if (!model.hasSelection && measurement) return measurement;
  const { audio, rangeOrAll } = model;
  const request = { revision: audio.revision, range: rangeOrAll };
  return model.ask("measure", request).catch(() => undefined);
}

/** @param onChange called at every change of what is entered */
function levelField(target: Target, onChange: () => void): Field<number> & { control: HTMLInputElement } {
  const { unit, value, most, usual } = TARGETS[target];
  const field = numberField({
    ...{ label: "Level", unit, value, min: -70, max: most, step: 0.5, onChange },
    suggestions: usual.map(([suggested, label]) => ({ value: suggested, label })),
  });
  field.control.addEventListener("input", onChange);
  return field;
}
