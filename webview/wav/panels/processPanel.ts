import type { InsertRow } from "../../../src/protocol/wavProtocol.js";
import { lengthText } from "../../../src/viewmodel/timeRuler.js";
import { element } from "../../shared/element.js";
import { choiceField, switchField } from "../../shared/fields.js";
import { button } from "../../shared/toolkit.js";
import {
  chosenValues,
  insertsOf,
  settingsOf,
  type ChainInsert,
  type ParameterValue,
} from "../../shared/insertChain.js";
import { ReductionMeter } from "../../shared/meters/reductionMeter.js";
import { parameterField } from "../../shared/parameterField.js";
import { toolButton } from "../../shared/toolButton.js";
import { impulsePath, Impulses, lacksImpulse } from "../impulses.js";
import type { Transport } from "../transport.js";
import type { WavModel } from "../wavModel.js";
import type { WavPart } from "../wavPart.js";
import { impulseField } from "./impulseField.js";

/** A chain of inserts: put together, heard at once, applied to the selection or to everything. */
export function processPanel(model: WavModel, transport: Transport): WavPart {
  const { player } = transport;
  let rows: readonly InsertRow[] = [];
  let chain: readonly ChainInsert[] = [];
  /** One for each insert of the chain. */
  let meters: readonly ReductionMeter[] = [];
  const list = element("ol", { class: "chain", "aria-label": "Inserts in order" });
  const note = element("p", { class: "note" });
  const target = element("p", { class: "note" });
  const adder = element("div");
  let isPreviewed = false;
  const preview = switchField({
    ...{ label: "Preview while playing", value: false },
    description: "Hear the chain at once; the audio stays as it is",
    onChange(isOn) {
      isPreviewed = isOn;
      hear();
    },
  });
  const dry = switchField({
    ...{ label: "Compare: without the chain, equally loud", value: false },
    description: "Hear the sound before the chain, at the loudness that it has after it",
    onChange: (isOn) => player.setBypass(isOn, true),
  });
  const impulses = new Impulses(model, (problem) => {
    note.textContent = problem ?? "";
    if (problem === null) hear();
  });
  /** Hz, for which the impulse responses were made. */
  let heardRate = 0;
  const hear = (): void => {
    heardRate = model.audio.sampleRate;
    if (!isPreviewed || chain.length === 0) {
      player.setInserts(null);
      return;
    }
    const sounds = impulses.of(chain);
    player.setInserts(settingsOf(chain, sounds), [...sounds.values()]);
  };
  const apply = button({
    label: "Apply",
    isPrimary: true,
    onPress: () => void applyChain(),
  });
  const set = (next: readonly ChainInsert[], isRedrawn = true): void => {
    chain = next;
    if (isRedrawn) draw();
    hear();
  };
  const applyChain = async (): Promise<void> => {
    if (!model.canEdit || chain.length === 0 || chain.some(lacksImpulse)) return;
    const request = { type: "inserts", range: model.rangeOrAll, inserts: insertsOf(chain) } as const;
    if (!(await model.edit(request))) return;
    // What has been applied is not to be heard twice.
    isPreviewed = false;
    preview.write(false);
    hear();
  };
  const draw = (): void => {
    meters = chain.map(({ row }) => new ReductionMeter(row.label));
    list.replaceChildren(...chain.map((insert, i) => insertItem(insert, i)));
    note.textContent = chain.length === 0 ? "No inserts yet. Add one to hear and apply it." : "";
    model.touch("state");
  };
  const insertItem = (insert: ChainInsert, i: number): HTMLElement => {
    const { row, isBypassed } = insert;
    const move = (by: number): void => {
      const to = i + by;
      if (to < 0 || to >= chain.length) return;
      set(chain.with(i, chain[to]!).with(to, insert));
      list.children[to]?.querySelectorAll("button")[by < 0 ? 1 : 2]?.focus();
    };
    const bypass = toolButton("power", `Bypass ${row.label}`, () =>
      set(chain.with(i, { ...chain[i]!, isBypassed: !isBypassed })),
    );
    bypass.setAttribute("aria-pressed", String(!isBypassed));
    bypass.title = isBypassed ? `Switch ${row.label} on` : `Bypass ${row.label}`;
    const head = element(
      "div",
      { class: "insert-head" },
      bypass,
      element("span", { class: "name" }, row.label),
      toolButton("up", `Move ${row.label} up`, () => move(-1)),
      toolButton("down", `Move ${row.label} down`, () => move(1)),
      toolButton("close", `Remove ${row.label}`, () => set(chain.filter((_, at) => at !== i))),
    );
    const change = (key: string, value: ParameterValue, isRedrawn: boolean): void => {
      const current = chain[i]!;
      set(chain.with(i, { ...current, values: { ...current.values, [key]: value } }), isRedrawn);
    };
    const chooseImpulse = async (): Promise<void> => {
      const path = await impulses.choose().catch((error: unknown) => {
        note.textContent = error instanceof Error ? error.message : String(error);
        return null;
      });
      // The chain may be another one by now.
      if (path !== null && chain[i]?.row === row) change("file", path, true);
    };
    const fields = row.parameters.map(
      (parameter) =>
        parameterField(parameter, insert.values[parameter.key] ?? 0, (value) =>
          change(parameter.key, value, false),
        ).element,
    );
    if (row.takesImpulse) fields.unshift(impulseField(impulsePath(insert), () => void chooseImpulse()));
    return element(
      "li",
      { class: isBypassed ? "insert bypassed" : "insert" },
      head,
      meters[i]!.element,
      ...fields,
    );
  };
  transport.onMeters = ({ inserts, seconds, frames }) => {
    const isOfChain = inserts?.reductions.length === meters.length;
    meters.forEach((meter, i) => {
      // A reading from before the last change of the chain is not of these inserts.
      if (!isPreviewed || !isOfChain || frames === 0) meter.rest();
      else meter.push(inserts.reductions[i]!, seconds);
    });
  };
  void model.ask("inserts", null).then(
    (found) => {
      rows = found;
      const add = choiceField({
        ...{ label: "Add an insert", value: "" },
        choices: [
          { value: "", label: "Choose…" },
          ...rows.flatMap(({ type, label, presets }) => [
            { value: type, label },
            ...presets.map(({ name }) => ({ value: `${type}: ${name}`, label: `${label}: ${name}` })),
          ]),
        ],
        onChange(chosen) {
          const row = rows.find(({ type }) => type === chosen.split(":")[0]);
          if (row) set([...chain, { row, isBypassed: false, values: chosenValues(row, chosen) }]);
          add.write("");
        },
      });
      adder.replaceChildren(add.element);
    },
    () => undefined,
  );
  draw();
  return {
    element: element(
      "div",
      {},
      ...[adder, note, list, preview.element, dry.element, target],
      element("div", { class: "actions" }, apply),
    ),
    show() {
      const { start, end } = model.rangeOrAll;
      target.textContent = model.hasSelection
        ? `Applies to the selection, ${lengthText(end - start, model.rulerUnits)}.`
        : "Applies to the whole file.";
      const isHeard = model.audio.channels <= 2;
      for (const { control } of [preview, dry]) control.toggleAttribute("disabled", !isHeard);
      preview.element.title = isHeard ? "" : "Previews sound with one or two channels only.";
      const isIncomplete = chain.some(lacksImpulse);
      apply.toggleAttribute("disabled", !model.canEdit || chain.length === 0 || isIncomplete);
      apply.title = isIncomplete ? "Choose an impulse response for the convolution first." : "";
      if (isPreviewed && heardRate !== model.audio.sampleRate) hear();
    },
  };
}
