import type { JsonValue } from "../../../src/protocol/mixProtocol.js";
import { transferCurve } from "../../../src/viewmodel/transferCurve.js";
import { element } from "../../shared/element.js";
import { choiceField } from "../../shared/fields.js";
import { icon } from "../../shared/icons.js";
import type { ParameterValue } from "../../shared/insertChain.js";
import { ReductionMeter } from "../../shared/meters/reductionMeter.js";
import { parameterField, type ParameterField } from "../../shared/parameterField.js";
import { setName, toolButton } from "../../shared/toolButton.js";
import { channelsOf, masterOf } from "../mixer/channel.js";
import type { Desk } from "../mixer/desk.js";
import { insertsOf, toggleBypass } from "../mixer/insertEdits.js";
import { insertName } from "../mixer/insertNames.js";
import { levelJson } from "../mixValue.js";
import type { MixMeters, WatchedInsert } from "../player/mixPlayer.js";
import { eqView, type InsertView } from "./eqView.js";
import "./insertPanel.css";
import { changeInsert, scopeName, type InsertScope } from "./insertScope.js";
import { sidechainField } from "./sidechainField.js";
import { transferView } from "./transferView.js";

export interface InsertPanel {
  readonly element: HTMLElement;
  /** Shows the opened insert as it is now; hides itself where there is none. */
  show(): void;
  /** The insert whose work it shows; `null` if it is closed. */
  readonly watched: WatchedInsert | null;
  /** Gives it what was heard since the last call. */
  push(meters: MixMeters): void;
}

/** All values of the opened insert: with its curve if it has one, presets, bypass, and another setting to compare with. */
export function insertPanel(desk: Desk): InsertPanel {
  const whole = element("section", { class: "insert-panel", "aria-label": "Insert" });
  let content: PanelContent | undefined;
  let shownKey = "";
  whole.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    desk.openInsert(null);
    event.stopPropagation();
  });
  return {
    element: whole,
    show() {
      const scope = openedScope(desk);
      whole.hidden = scope === undefined;
      const key = scope ? `${scope.channel.key} ${desk.opened?.index} ${scope.insert.type}` : "";
      if (key !== shownKey) {
        shownKey = key;
        content = scope && new PanelContent(desk, scope);
        whole.replaceChildren(...(content ? [content.element] : []));
        if (scope) whole.setAttribute("aria-label", scopeName(scope));
        whole.scrollTop = 0;
      }
      if (scope) content?.show(scope);
    },
    get watched() {
      return content && !whole.hidden ? content.place : null;
    },
    push: (meters) => content?.push(meters),
  };
}

function openedScope({ model, opened, rows }: Desk): InsertScope | undefined {
  const { mix } = model;
  if (!mix || !opened) return undefined;
  const channel = [...channelsOf(mix), masterOf(mix)].find(({ key }) => key === opened.key);
  const insert = channel && insertsOf(channel)[opened.index];
  const row = rows().find(({ type }) => type === insert?.type);
  if (!channel || !insert || !row) return undefined;
  return { model, row, channel, insert, path: [...channel.path, "inserts", opened.index] };
}

class PanelContent {
  readonly element: HTMLElement;
  readonly #desk: Desk;
  #scope: InsertScope;
  readonly #view: InsertView | undefined;
  readonly #reduction: ReductionMeter;
  readonly #fields: { key: string; field: ParameterField }[];
  readonly #sidechain;
  readonly #power: HTMLButtonElement;
  readonly #compare: HTMLButtonElement;
  /** The other setting. */
  #other: Readonly<Record<string, unknown>>;

  constructor(desk: Desk, scope: InsertScope) {
    this.#desk = desk;
    this.#scope = scope;
    this.#other = scope.insert;
    const { row, insert } = scope;
    this.#reduction = new ReductionMeter(scopeName(scope));
    this.#view =
      row.type === "eq" ? eqView(scope) : transferCurve(row.type, insert) ? transferView() : undefined;
    this.#power = toolButton("power", "Bypass", () =>
      toggleBypass(this.#scope.model, this.#scope.channel, this.#desk.opened?.index ?? -1),
    );
    this.#compare = element("button", { type: "button", class: "tool text" }, "Compare");
    this.#compare.title =
      "Exchange these values with those from when the panel was opened, or from the last exchange";
    this.#compare.addEventListener("click", () => this.#exchange());
    const close = toolButton("close", "Close (Escape)", () => desk.openInsert(null));
    this.#fields = row.parameters
      .filter(({ control }) => row.type !== "eq" || control.kind !== "list")
      .map((parameter) => ({
        key: parameter.key,
        field: parameterField(parameter, this.#value(parameter.key), (value) =>
          changeInsert(this.#scope, `${parameter.key} of ${scopeName(this.#scope)}`, [
            [[parameter.key], jsonOf(value)],
          ]),
        ),
      }));
    this.#sidechain =
      "sidechain" in insert || ["compressor", "gate"].includes(row.type)
        ? sidechainField(() => this.#scope)
        : undefined;
    this.element = element(
      "div",
      { class: "panel-content" },
      element(
        "div",
        { class: "insert-head" },
        this.#power,
        element("h2", { class: "name" }, `${insertName(insert)} \u2013 ${scope.channel.name}`),
        this.#compare,
        close,
      ),
      ...this.#presets(),
      this.#reduction.element,
      ...(this.#view ? [this.#view.element] : []),
      ...this.#fields.map(({ field }) => field.element),
      ...(this.#sidechain ? [this.#sidechain.element] : []),
    );
  }

  show(scope: InsertScope): void {
    this.#scope = scope;
    const { insert, model } = scope;
    setName(this.#power, `${insert.bypass ? "Switch on" : "Bypass"} ${scopeName(scope)}`);
    this.#power.setAttribute("aria-pressed", String(!insert.bypass));
    this.#power.replaceChildren(icon("power"));
    this.element.classList.toggle("bypassed", insert.bypass);
    this.element.classList.toggle("read-only", !model.canEdit);
    for (const { key, field } of this.#fields) field.write(this.#value(key));
    this.#sidechain?.show();
    this.#view?.show(scope);
  }

  get place(): WatchedInsert {
    return { channel: this.#scope.channel.id, index: this.#desk.opened?.index ?? -1 };
  }

  push({ seconds, frames, watched }: MixMeters): void {
    const { channel, index } = this.place;
    const reduction = this.#desk.bank.of(channel).reductions[index];
    this.#reduction.push(reduction ? reduction.value : NaN, seconds);
    const isHeard = frames > 0 && watched?.channel === channel && watched.index === index;
    this.#view?.push(isHeard ? watched : null, seconds);
  }

  #value(key: string): ParameterValue {
    return ((this.#scope.insert as Readonly<Record<string, unknown>>)[key] ?? 0) as ParameterValue;
  }

  #presets(): HTMLElement[] {
    const { presets } = this.#scope.row;
    if (presets.length === 0) return [];
    const field = choiceField({
      ...{ label: "Preset", value: "" },
      choices: [
        { value: "", label: "Choose\u2026" },
        ...presets.map(({ name }) => ({ value: name, label: name })),
      ],
      onChange: (chosen) => {
        const preset = presets.find(({ name }) => name === chosen);
        if (preset) this.#take(`Preset ${chosen} of ${scopeName(this.#scope)}`, preset.values);
        field.write("");
      },
    });
    return [field.element];
  }

  #exchange(): void {
    const before = this.#scope.insert;
    this.#take(`Compare ${scopeName(this.#scope)}`, this.#other);
    this.#other = before;
  }

  /** Sets all values that differ. */
  #take(label: string, values: Readonly<Record<string, unknown>>): void {
    const { row, insert } = this.#scope;
    const now = insert as Readonly<Record<string, unknown>>;
    const changed = row.parameters.filter(
      ({ key }) => JSON.stringify(values[key]) !== JSON.stringify(now[key]),
    );
    changeInsert(
      this.#scope,
      label,
      changed.map(({ key }) => [[key], jsonOf(values[key])] as const),
    );
  }
}

/** As documents write it. */
function jsonOf(value: unknown): JsonValue {
  return typeof value === "number" ? levelJson(value) : (value as JsonValue);
}
