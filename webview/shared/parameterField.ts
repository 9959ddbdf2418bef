import { element } from "./element.js";
import { choiceField, numberField, switchField } from "./fields.js";
import "./inserts.css";
import { toolButton } from "./toolButton.js";
import {
  initialValues,
  type ParameterRow,
  type ParameterValue,
  type ParameterValues,
} from "./insertChain.js";

/** A control for a parameter, as its row of the insert table describes it. */
export function parameterField(
  { key, control }: ParameterRow,
  value: ParameterValue,
  onChange: (value: ParameterValue) => void,
): HTMLElement {
  const label = labelOf(key);
  const { description } = control;
  switch (control.kind) {
    case "number":
    case "level": {
      const { unit, min, max } = control;
      return numberField({
        ...{ label, unit, min, max, description, onChange, step: stepOf(min, max) },
        value: value as number,
        isWhole: control.isWhole ?? false,
        mayBeOff: control.kind === "level",
      }).element;
    }
    case "choice": {
      const { choices } = control;
      return choiceField({
        ...{ label, description, value: String(value as string | number) },
        choices: choices.map((each) => ({ value: String(each), label: String(each) })),
        onChange: (chosen) => onChange(choices.find((each) => String(each) === chosen) ?? chosen),
      }).element;
    }
    case "switch":
      return switchField({ label, description, value: value === true, onChange }).element;
    case "list":
      return listField(label, control.items, control.most, value as readonly ParameterValues[], onChange);
  }
}

/** Entries of a list, each with its own controls; they can be added and removed. */
function listField(
  label: string,
  items: readonly ParameterRow[],
  most: number,
  initial: readonly ParameterValues[],
  onChange: (value: readonly ParameterValues[]) => void,
): HTMLElement {
  let entries = initial;
  const list = element("ol", { class: "entries", "aria-label": label });
  const set = (next: readonly ParameterValues[]): void => {
    entries = next;
    onChange(next);
  };
  const draw = (): void => {
    list.replaceChildren(
      ...entries.map((entry, i) => {
        const remove = toolButton("close", `Remove entry ${i + 1} of ${label}`, () => {
          set(entries.filter((_, at) => at !== i));
          draw();
        });
        const fields = items.map((item) =>
          parameterField(item, entry[item.key] ?? 0, (value) => {
            set(entries.with(i, { ...entries[i], [item.key]: value }));
          }),
        );
        return element(
          "li",
          {},
          element("div", { class: "entry-head" }, `${singular(label)} ${i + 1}`, remove),
          ...fields,
        );
      }),
    );
    add.disabled = entries.length >= most;
  };
  const add = element("button", { type: "button", class: "preset" }, `Add ${singular(label).toLowerCase()}`);
  add.addEventListener("click", () => {
    set([...entries, initialValues(items)]);
    draw();
  });
  draw();
  return element("div", { class: "list" }, list, add);
}

const singular = (label: string): string => label.replace(/s$/, "");

/** `sidechainHighpass` to "Sidechain highpass". */
function labelOf(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return key === "q" ? "Q" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** About a hundredth of the range, round. */
function stepOf(min: number, max: number): number {
  return Math.min(1, 10 ** Math.round(Math.log10((max - min) / 200)));
}
