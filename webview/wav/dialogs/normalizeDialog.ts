import type { EditRequest } from "../../../src/protocol/wavProtocol.js";
import { openDialog } from "../../shared/dialog.js";
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
  let level: Field<number> = levelField(target);
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
      const fresh = levelField(next);
      level.element.replaceWith(fresh.element);
      level = fresh;
    },
  });
  openDialog({
    ...{ title: "Normalize", note: rangeNote(model), fields: [to, level], action: "Normalize" },
    onSubmit() {
      const value = level.read();
      return (
        value !== undefined && edit({ type: "normalize", range: model.rangeOrAll, to: target, level: value })
      );
    },
  });
}

function levelField(target: Target): Field<number> {
  const { unit, value, most, usual } = TARGETS[target];
  return numberField({
    ...{ label: "Level", unit, value, min: -70, max: most, step: 0.5 },
    suggestions: usual.map(([suggested, label]) => ({ value: suggested, label })),
  });
}
