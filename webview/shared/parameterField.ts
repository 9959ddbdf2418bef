import { element } from "./element.js";
import { choiceField, numberField, switchField, type Field } from "./fields.js";
import "./inserts.css";
import { toolButton } from "./toolButton.js";
import {
  initialValues,
  type ParameterRow,
  type ParameterValue,
  type ParameterValues,
} from "./insertChain.js";

export interface ParameterField {
  readonly element: HTMLElement;
  /** Shows a value, unless the user is at work in the field. */
  readonly write: (value: ParameterValue) => void;
}

/** A control for a parameter, as its row of the insert table describes it. */
export function parameterField(
  { key, control }: ParameterRow,
  value: ParameterValue,
  onChange: (value: ParameterValue) => void,
): ParameterField {
  const label = labelOf(key);
  const { description } = control;
  switch (control.kind) {
    case "number":
    case "level": {
      const { unit, min, max } = control;
      return written<number>(
        numberField({
          ...{ label, unit, min, max, description, onChange, step: stepOf(min, max) },
          value: value as number,
          isWhole: control.isWhole ?? false,
          mayBeOff: control.kind === "level",
        }),
      );
    }
    case "choice": {
      const { choices } = control;
      const field = choiceField({
        ...{ label, description, value: String(value as string | number) },
        choices: choices.map((each) => ({ value: String(each), label: String(each) })),
        onChange: (chosen) => onChange(choices.find((each) => String(each) === chosen) ?? chosen),
      });
      return {
        element: field.element,
        write(next) {
          if (typeof next === "string" || typeof next === "number") field.write(String(next));
        },
      };
    }
    case "switch":
      return written<boolean>(switchField({ label, description, value: value === true, onChange }));
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
): ParameterField {
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
        const fields = items.map(
          (item) =>
            parameterField(item, entry[item.key] ?? 0, (value) => {
              set(entries.with(i, { ...entries[i], [item.key]: value }));
            }).element,
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
  return {
    element: element("div", { class: "list" }, list, add),
    write(value) {
      if (JSON.stringify(value) === JSON.stringify(entries)) return;
      entries = value as readonly ParameterValues[];
      draw();
    },
  };
}

const written = <T extends ParameterValue>(field: Field<T>): ParameterField => ({
  element: field.element,
  write: (value) => field.write(value as T),
});

const singular = (label: string): string => label.replace(/s$/, "");

/** `sidechainHighpass` to "Sidechain highpass". */
export function labelOf(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return key === "q" ? "Q" : words.charAt(0).toUpperCase() + words.slice(1);
}

/** About a hundredth of the range, round. */
function stepOf(min: number, max: number): number {
  return Math.min(1, 10 ** Math.round(Math.log10((max - min) / 200)));
}
