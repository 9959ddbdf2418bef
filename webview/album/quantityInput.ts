import { parseQuantity } from "../../src/viewmodel/parseQuantity.js";
import { element } from "../shared/element.js";

export interface QuantityInputOptions {
  /** For assistive technology: "Gap after Intro". */
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Of the arrow keys; ten times that with Shift. */
  readonly step: number;
  readonly isSigned?: boolean;
  readonly isEnabled: boolean;
  readonly onTaken: (value: number) => void;
}

/** A number in a cell of a table: Enter and leaving take it, Escape does not, what is no number goes back. */
export function quantityInput(options: QuantityInputOptions): HTMLInputElement {
  const { label, unit, value, min, max, step, isEnabled, onTaken } = options;
  const shown = shownText(options);
  const control = element("input", {
    ...{ type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", class: "quantity" },
    ...{ "aria-label": `${label}, ${unit}`, value: shown, disabled: !isEnabled },
    title: `${label}: ${min} to ${max} ${unit}`,
  });
  const take = (): void => {
    const typed = parseQuantity(control.value, unit);
    const isTaken = typed !== undefined && typed >= min && typed <= max;
    if (!isTaken) control.value = shown;
    else if (typed !== value) onTaken(typed);
  };
  control.addEventListener("change", take);
  control.addEventListener("focus", () => control.select());
  control.addEventListener("keydown", (event) => {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (event.key === "Escape") control.value = shown;
    if (direction === 0 || event.altKey) return;
    event.preventDefault();
    const next = value + direction * step * (event.shiftKey ? 10 : 1);
    onTaken(Math.min(max, Math.max(min, Number(next.toFixed(6)))));
  });
  return control;
}

function shownText({ value, isSigned }: QuantityInputOptions): string {
  const text = String(Number(value.toFixed(3)));
  return isSigned && value > 0 ? `+${text}` : text;
}
