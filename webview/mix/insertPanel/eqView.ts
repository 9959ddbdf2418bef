import { SpectrumBallistics } from "../../../src/viewmodel/spectrumBallistics.js";
import { xToHertz, yToGain } from "../../../src/viewmodel/eqGraph.js";
import { hasGain, hasQuality, hasSlope, type EqBand } from "../../../src/units/eqResponse.js";
import type { JsonValue } from "../../../src/protocol/mixProtocol.js";
import { element } from "../../shared/element.js";
import type { ParameterRow, ParameterValue } from "../../shared/insertChain.js";
import { openMenu } from "../../shared/menu.js";
import { parameterField, type ParameterField } from "../../shared/parameterField.js";
import { Surface } from "../../shared/surface.js";
import { automationMoves, withoutEntry } from "../mixer/automationMoves.js";
import type { WatchReading } from "../player/mixPlayer.js";
import { EqHandle, type BandMove } from "./eqHandle.js";
import { paintEq, pointOf } from "./eqPainter.js";
import { changeInsert, scopeName, type InsertScope } from "./insertScope.js";

/** Most bands of an equaliser (src/session/inserts/eq.ts). */
const MOST_BANDS = 16;
const TYPE_NAMES: Readonly<Record<EqBand["type"], string>> = {
  ...{ lowpass: "Low-pass", highpass: "High-pass", lowshelf: "Low shelf", highshelf: "High shelf" },
  ...{ peak: "Peak", notch: "Notch", tilt: "Tilt" },
};

export interface InsertView {
  readonly element: HTMLElement;
  show(scope: InsertScope): void;
  /** Gives it what was heard of the insert in the last `seconds`; `null`: nothing. */
  push(heard: WatchReading | null, seconds: number): void;
}

/** The curve of an equaliser with a handle for each band, and the values of the band that has the focus. */
export function eqView(first: InsertScope): InsertView {
  let scope = first;
  let selected: number | undefined = bandsOf(first).length > 0 ? 0 : undefined;
  const surface = new Surface("eq-curve");
  const ballistics = new SpectrumBallistics();
  const handles: EqHandle[] = [];
  const layer = element("div", { class: "eq-handles" });
  const chart = element("div", { class: "eq-chart", role: "group" }, surface.canvas, layer);
  const hint = element("p", { class: "note" }, "Double-click the picture to add a band.");
  const add = element("button", { type: "button", class: "preset" }, "Add a band");
  const editor = element("div", { class: "band-editor" });
  let fields: { key: string; field: ParameterField; isOfUse: (band: EqBand) => boolean }[] = [];
  let edited: string | undefined;
  const select = (index: number): void => {
    if (selected === index) return;
    selected = index;
    show();
  };
  const addBand = (frequency: number, gain: number): void => {
    const { model, path } = scope;
    if (!model.canEdit || bandsOf(scope).length >= MOST_BANDS) return;
    selected = bandsOf(scope).length;
    const value = { type: "peak", frequency, gain, q: 1 };
    void model.commit(`Add a band to ${scopeName(scope)}`, [
      { type: "insert", path: [...path, "bands", -1], value },
    ]);
  };
  const removeBand = (index: number): void => {
    const { model, path, channel } = scope;
    if (!model.canEdit) return;
    const automation = channel.kind === "group" ? undefined : channel.content.automation;
    const list = [...path.slice(channel.path.length), "bands"].join("/");
    void model.commit(`Remove a band of ${scopeName(scope)}`, [
      { type: "set", path: [...path, "bands", index], value: undefined },
      ...automationMoves(channel.path, automation, list, withoutEntry(index)),
    ]);
    handles[Math.max(0, index - 1)]?.element.focus();
  };
  const change = (index: number, values: Readonly<Record<string, JsonValue>>): void =>
    changeInsert(
      scope,
      `Band ${index + 1} of ${scopeName(scope)}`,
      Object.entries(values).map(([key, value]) => [["bands", index, key], value] as const),
    );
  const openBandMenu = (index: number, at: { x: number; y: number }): void => {
    const band = bandsOf(scope)[index];
    if (!band) return;
    openMenu(
      [
        ...Object.entries(TYPE_NAMES).map(([type, label]) => ({
          ...{ label, isChecked: band.type === type, isEnabled: scope.model.canEdit },
          run: () => change(index, { type }),
        })),
        null,
        { label: "Remove", keys: "Delete", icon: "delete" as const, run: () => removeBand(index) },
      ],
      at,
      `Band ${index + 1} of ${scopeName(scope)}`,
    );
  };
  const makeHandle = (index: number): EqHandle => {
    const at = (key: string) => [...scope.path, "bands", index, key];
    return new EqHandle({
      band: () => bandsOf(scope)[index],
      graph: () => ({ width: chart.clientWidth, height: chart.clientHeight }),
      canMove: () => scope.model.canEdit,
      preview(move) {
        for (const [key, value] of Object.entries(move)) scope.model.preview(at(key), value);
      },
      commit: (move) => commitMove(scope, index, move),
      cancel: () => scope.model.cancelPreview(),
      select: () => select(index),
      remove: () => removeBand(index),
      openMenu: (point) => openBandMenu(index, point),
    });
  };
  chart.addEventListener("dblclick", (event) => {
    const { x, y, graph } = pointOf(surface, event);
    addBand(xToHertz(graph, x), Number(yToGain(graph, y).toFixed(1)) + 0);
  });
  add.addEventListener("click", () => addBand(1000, 0));
  const showEditor = (bands: readonly EqBand[]): void => {
    const band = selected === undefined ? undefined : bands[selected];
    const key = band && `${selected} ${band.type}`;
    if (key !== edited) {
      edited = key;
      fields = band ? bandFields(scope, band, (values) => change(selected ?? 0, values)) : [];
      const title = band ? `Band ${(selected ?? 0) + 1}` : "";
      editor.replaceChildren(
        element("div", { class: "entry-head" }, title),
        ...fields.map(({ field }) => field.element),
      );
    }
    if (!band) return;
    for (const { key: name, field, isOfUse } of fields) {
      field.write(band[name as keyof EqBand]);
      field.element.hidden = !isOfUse(band);
    }
  };
  const show = (): void => {
    const bands = bandsOf(scope);
    while (handles.length > bands.length) handles.pop()!.element.remove();
    while (handles.length < bands.length) {
      const handle = makeHandle(handles.length);
      handles.push(handle);
      layer.append(handle.element);
    }
    if (selected !== undefined && selected >= bands.length) selected = bands.length - 1;
    if (selected !== undefined && selected < 0) selected = undefined;
    chart.setAttribute("aria-label", `Curve of ${scopeName(scope)}`);
    handles.forEach((handle, i) =>
      handle.show(`Band ${i + 1} of ${scopeName(scope)}`, i + 1, i === selected),
    );
    hint.hidden = bands.length > 0;
    add.toggleAttribute("disabled", !scope.model.canEdit || bands.length >= MOST_BANDS);
    showEditor(bands);
    paint();
  };
  const paint = (): void =>
    paintEq(surface, bandsOf(scope), selected, {
      isOn: !scope.insert.bypass,
      spectrum: ballistics.spectrum,
    });
  new ResizeObserver(() => show()).observe(chart);
  return {
    element: element("div", { class: "eq-view" }, chart, hint, add, editor),
    show(next) {
      scope = next;
      show();
    },
    push(heard, seconds) {
      const before = ballistics.spectrum;
      ballistics.push(heard?.spectrum ?? null, seconds);
      if (before || ballistics.spectrum) paint();
    },
  };
}

const bandsOf = ({ insert }: InsertScope): readonly EqBand[] => (insert.type === "eq" ? insert.bands : []);

/** Only what has changed, as one step for undo. */
function commitMove(scope: InsertScope, index: number, move: BandMove): void {
  const { model, path } = scope;
  const changes = Object.entries(move).map(([key, value]) => ({
    ...({ type: "set", path: [...path, "bands", index, key], value } as const),
  }));
  void model.commit(`Band ${index + 1} of ${scopeName(scope)}`, changes);
}

function bandFields(
  { row }: InsertScope,
  band: EqBand,
  onChange: (values: Readonly<Record<string, JsonValue>>) => void,
): { key: string; field: ParameterField; isOfUse: (band: EqBand) => boolean }[] {
  const list = row.parameters.find(({ key }) => key === "bands")?.control;
  const items: readonly ParameterRow[] = list?.kind === "list" ? list.items : [];
  const uses: Readonly<Record<string, (band: EqBand) => boolean>> = {
    ...{ gain: hasGain, q: hasQuality, slope: hasSlope },
  };
  return items.map((item) => ({
    key: item.key,
    field: parameterField(item, band[item.key as keyof EqBand], (value: ParameterValue) =>
      onChange({ [item.key]: value }),
    ),
    isOfUse: uses[item.key] ?? (() => true),
  }));
}
