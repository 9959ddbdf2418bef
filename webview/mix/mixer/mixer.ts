import type { InsertRow } from "../../../src/protocol/mixProtocol.js";
import { element } from "../../shared/element.js";
import "../../shared/controls/controls.css";
import { meterColors } from "../../shared/meters/meterColors.js";
import { PaintPace } from "../../shared/meters/paintPace.js";
import { insertPanel } from "../insertPanel/insertPanel.js";
import type { Comparison } from "../comparison.js";
import type { MixModel } from "../mixModel.js";
import type { MixPart } from "../mixPart.js";
import type { MixMeters, WatchedInsert } from "../player/mixPlayer.js";
import { channelAt, channelsOf, masterOf } from "./channel.js";
import { addChannel } from "./channelEdits.js";
import type { Desk, InsertPlace } from "./desk.js";
import { MasterSection } from "./masterSection.js";
import { MeterBank } from "./meterBank.js";
import "../../shared/meters/meters.css";
import "./mixer.css";
import type { Strip } from "./strip.js";
import { StripRow } from "./stripRow.js";
import { toggle } from "./stripToggles.js";

/** Channel strips side by side: tracks, buses, the master. */
export interface Mixer extends MixPart {
  /** Takes what was heard since the last call. */
  push(meters: MixMeters): void;
  /** Of the channel that has the focus. */
  toggle(key: "mute" | "solo"): void;
  addTrack(): void;
  addBus(): void;
  toggleShown(): void;
  readonly isShown: boolean;
  /** Narrow strips or wide ones. */
  toggleWide(): void;
  readonly isWide: boolean;
}

/** @param watch called with the insert whose work is shown from now on */
export function mixer(
  model: MixModel,
  comparison: Comparison,
  watch: (insert: WatchedInsert | null) => void,
): Mixer {
  const bank = new MeterBank();
  let rows: readonly InsertRow[] = [];
  let opened: InsertPlace | null = null;
  const desk: Desk = {
    ...{ model, bank, comparison, reveal: (key) => reveal(key), rows: () => rows },
    get opened() {
      return opened;
    },
    openInsert(place) {
      const isSame = place !== null && opened?.key === place.key && opened.index === place.index;
      opened = isSame ? null : place;
      model.touch("state");
    },
  };
  void model.ask("inserts", null).then(
    (found) => {
      rows = found;
      model.touch("state");
    },
    () => undefined,
  );
  const row = new StripRow(desk);
  const panel = insertPanel(desk);
  let master: MasterSection | undefined;
  let colors = meterColors();
  let busNames = "";
  const whole = element("section", { class: "mixer", "aria-label": "Mixer" }, row.element);
  const pace = new PaintPace(() => {
    if (whole.hidden) return;
    row.paint(colors);
    master?.paint(colors);
  });
  /** Waits for the channel, if the host has not told of it yet. */
  let awaited: string | undefined;
  const reveal = (key: string): void => {
    const strip = row.reveal(key);
    awaited = strip ? undefined : key;
    strip?.focus();
  };
  const add = (kind: "track" | "bus"): void =>
    void addChannel(model, kind).then((id) => {
      if (id !== undefined) reveal(`${kind} ${id}`);
    });
  let watched: WatchedInsert | null = null;
  const showPanel = (): void => {
    panel.show();
    const now = panel.watched;
    if (now?.channel === watched?.channel && now?.index === watched?.index) return;
    watched = now;
    watch(now);
  };
  const showSelected = (): void => {
    for (const strip of row.strips) strip.showSelected();
    master?.strip.showSelected();
  };
  whole.addEventListener("keydown", (event) => {
    if (!event.altKey || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    moveFocus([...row.strips], row, master?.strip, event.key === "ArrowLeft" ? -1 : 1);
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element: whole,
    push(meters) {
      bank.push(meters);
      panel.push(meters);
      pace.soon();
    },
    toggle(key) {
      const channel = model.mix && channelAt(model.mix, model.selection.channel);
      if (channel) toggle(model, channel, key);
    },
    addTrack: () => add("track"),
    addBus: () => add("bus"),
    toggleShown() {
      whole.hidden = !whole.hidden;
      model.touch("viewport");
    },
    get isShown() {
      return !whole.hidden;
    },
    toggleWide() {
      row.setWide(!row.isWide);
      whole.classList.toggle("narrow", !row.isWide);
      model.touch("state");
    },
    get isWide() {
      return row.isWide;
    },
    show({ mix }, topics) {
      if (topics.has("theme")) colors = meterColors();
      if (!mix) return;
      if (!master) {
        master = new MasterSection(desk, masterOf(mix));
        whole.append(panel.element, master.element);
      }
      if (topics.has("mix") || topics.has("state") || topics.has("theme")) {
        // Strips name the buses that they play to.
        const names = JSON.stringify(mix.buses.map(({ id, name }) => [id, name]));
        const isForced = topics.has("state") || topics.has("theme") || names !== busNames;
        busNames = names;
        row.show(channelsOf(mix), isForced);
        master.strip.show(masterOf(mix), isForced);
        if (awaited !== undefined) reveal(awaited);
        pace.soon();
      }
      if (topics.has("selection")) showSelected();
      if (topics.has("mix") || topics.has("state") || topics.has("theme")) showPanel();
    },
  };
}

/** Goes on to the same control of the strip beside. */
function moveFocus(strips: readonly Strip[], row: StripRow, master: Strip | undefined, by: -1 | 1): void {
  const from = [...strips, ...(master ? [master] : [])].find((strip) => strip.hasFocus);
  if (!from) return;
  const to =
    from === master
      ? by < 0
        ? row.last()
        : undefined
      : (row.beside(from, by) ?? (by > 0 ? master : undefined));
  to?.focusLike(from);
}
