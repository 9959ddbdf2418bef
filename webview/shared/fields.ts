/** Labelled controls of forms, with units and checks; native controls in VS Code's colours (page.css). */
import { parseQuantity } from "../../src/viewmodel/parseQuantity.js";
import { element } from "./element.js";

export interface Field<Value> {
  readonly element: HTMLElement;
  /** The control that takes the focus. */
  readonly control: HTMLElement;
  /** @returns `undefined` if what was entered is not allowed; the field says so */
  read(): Value | undefined;
  /** Sets the value, unless the user is at work in the field. */
  write(value: Value): void;
}

export interface NumberFieldOptions {
  readonly label: string;
  /** Empty for plain numbers. */
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly isWhole?: boolean;
  /** "-inf" may be entered: off. */
  readonly mayBeOff?: boolean;
  readonly description?: string;
  /** Values to choose from. */
  readonly suggestions?: readonly { readonly value: number; readonly label: string }[];
  readonly onChange?: (value: number) => void;
}

let lastId = 0;
const newId = (): string => `field-${++lastId}`;

/** A typed number; arrow keys change it by a step, by ten with Shift. */
export function numberField(
  options: NumberFieldOptions,
): Field<number> & { readonly control: HTMLInputElement } {
  const { label, unit, min, max, step = 1, suggestions = [], onChange } = options;
  const id = newId();
  const control = element("input", {
    ...{ id, type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", size: 7 },
    ...{ "aria-describedby": `${id}-fault`, title: options.description },
    "aria-label": unit === "" ? label : `${label}, ${unit}`,
  });
  const fault = element("p", { class: "fault", id: `${id}-fault`, "aria-live": "polite" });
  const read = (): number | undefined => {
    const value = parseNumber(control.value, options);
    fault.textContent = value === undefined ? rangeText(options) : "";
    control.toggleAttribute("aria-invalid", value === undefined);
    if (value === undefined) control.setAttribute("aria-invalid", "true");
    return value;
  };
  const set = (value: number): void => {
    control.value = shownNumber(value);
    read();
  };
  set(options.value);
  const commit = (): void => {
    const value = read();
    if (value !== undefined) onChange?.(value);
  };
  control.addEventListener("change", commit);
  control.addEventListener("input", read);
  control.addEventListener("keydown", (event) => {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    const value = read();
    if (direction === 0 || value === undefined) return;
    const from = Number.isFinite(value) ? value : min;
    const next = from + direction * step * (event.shiftKey ? 10 : 1);
    set(Math.min(max, Math.max(min, Number(next.toFixed(6)))));
    commit();
    event.preventDefault();
  });
  const presets = suggestions.map((each) => {
    const preset = element("button", { type: "button", class: "preset" }, each.label);
    preset.addEventListener("click", () => {
      set(each.value);
      commit();
    });
    return preset;
  });
  const whole = element(
    "div",
    { class: "field" },
    element("label", { for: id, title: options.description }, label),
    element(
      "span",
      { class: "entry" },
      control,
      ...(unit === "" ? [] : [element("span", { class: "unit" }, unit)]),
    ),
    ...(presets.length > 0 ? [element("div", { class: "presets" }, ...presets)] : []),
    fault,
  );
  return {
    element: whole,
    control,
    read,
    write: (value) => {
      if (document.activeElement !== control) set(value);
    },
  };
}

function parseNumber(
  text: string,
  { unit, min, max, isWhole, mayBeOff }: NumberFieldOptions,
): number | undefined {
  const value = parseQuantity(text, unit);
  if (value === -Infinity) return mayBeOff ? value : undefined;
  if (value === undefined || value < min || value > max) return undefined;
  return !isWhole || Number.isInteger(value) ? value : undefined;
}

function rangeText({ unit, min, max, isWhole, mayBeOff }: NumberFieldOptions): string {
  const ending = unit === "" ? "" : ` ${unit}`;
  return `${isWhole ? "A whole number" : "A number"} from ${min} to ${max}${ending}${mayBeOff ? ", or -inf" : ""}.`;
}

const shownNumber = (value: number): string =>
  value === -Infinity ? "-inf" : String(Number(value.toFixed(4)));

export interface ChoiceFieldOptions<Value extends string> {
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly description?: string;
  /** The label is for assistive technology only. */
  readonly isBare?: boolean;
  readonly onChange?: (value: Value) => void;
}

export function choiceField<Value extends string>(options: ChoiceFieldOptions<Value>): Field<Value> {
  const { label, choices, value, description, isBare, onChange } = options;
  const id = newId();
  const control = element(
    "select",
    { id, title: description, "aria-label": isBare ? label : undefined },
    ...choices.map((each) => element("option", { value: each.value }, each.label)),
  );
  control.value = value;
  control.addEventListener("change", () => onChange?.(control.value as Value));
  const whole = isBare
    ? element("span", { class: "field bare" }, control)
    : element(
        "div",
        { class: "field" },
        element("label", { for: id, title: description }, label),
        element("span", { class: "entry" }, control),
      );
  return {
    element: whole,
    control,
    read: () => control.value as Value,
    write: (next) => {
      if (control.value !== next) control.value = next;
    },
  };
}

export interface SwitchFieldOptions {
  readonly label: string;
  readonly value: boolean;
  readonly description?: string;
  readonly onChange?: (value: boolean) => void;
}

export function switchField({ label, value, description, onChange }: SwitchFieldOptions): Field<boolean> {
  const id = newId();
  const control = element("input", { id, type: "checkbox", title: description });
  control.checked = value;
  control.addEventListener("change", () => onChange?.(control.checked));
  return {
    element: element(
      "div",
      { class: "field switch" },
      control,
      element("label", { for: id, title: description }, label),
    ),
    control,
    read: () => control.checked,
    write: (next) => {
      control.checked = next;
    },
  };
}

export interface TextFieldOptions {
  readonly label: string;
  readonly value: string;
  /** Characters at most. */
  readonly most?: number;
  readonly isLong?: boolean;
  readonly onChange?: (value: string) => void;
}

export function textField({ label, value, most, isLong, onChange }: TextFieldOptions): Field<string> {
  const id = newId();
  const control = isLong
    ? element("textarea", { id, rows: 2, maxlength: most })
    : element("input", { id, type: "text", maxlength: most, autocomplete: "off" });
  control.value = value;
  control.addEventListener("change", () => onChange?.(control.value));
  return {
    element: element("div", { class: "field" }, element("label", { for: id }, label), control),
    control,
    read: () => control.value,
    write: (next) => {
      if (document.activeElement !== control) control.value = next;
    },
  };
}
