/** What a dialog says about the stretch that it works on. */
import { lengthText } from "../../../src/viewmodel/timeRuler.js";
import type { WavModel } from "../wavModel.js";

/** What a dialog is about to change. */
export function rangeNote(model: WavModel): string {
  if (!model.hasSelection) return "Applies to the whole file.";
  const { start, end } = model.span;
  return `Applies to the selection, ${lengthText(end - start, model.rulerUnits)}.`;
}
