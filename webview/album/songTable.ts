import { formatNumber } from "../../src/viewmodel/formats.js";
import { loudnessRange, loudnessTicks, loudnessToPosition } from "../../src/viewmodel/loudnessScale.js";
import { element } from "../shared/element.js";
import type { AlbumCommands, Part, ShownAlbum } from "./part.js";
import { notesRow, songRow } from "./songRow.js";
import { songSides } from "./songSides.js";

/** Columns: heading, unit, what the heading stands for. */
const COLUMNS: readonly [heading: string, unit: string, meaning: string][] = [
  ["#", "", "Position on the album"],
  ["Song", "", "Title and source"],
  ["Length", "", "Length and sample rate of the source"],
  ["Loudness", "", "Integrated loudness of source and master on one scale, with the song's target"],
  ["Integrated", "LUFS", "Integrated loudness, gated (BS.1770)"],
  ["True peak", "dBTP", "Highest true peak"],
  ["Range", "LU", "Loudness range (LRA)"],
  ["Gain", "dB", "Gain before the limiter"],
  ["Limiter", "dB", "Gain reduction: exceeded 5 % of the time, and deepest"],
  ["Status", "", "State of the song's masters"],
];

/** The songs in order, source above master, each with what there is to say about it. */
export function songTable(commands: AlbumCommands): Part<ShownAlbum> {
  const scale = element("div", { class: "scale", "aria-hidden": "true" });
  const headings = COLUMNS.map(([heading, unit, meaning]) => {
    const text = element(
      "span",
      {},
      heading,
      ...(unit === "" ? [] : [element("span", { class: "unit" }, unit)]),
    );
    const cell = element(
      "th",
      { scope: "col", title: meaning, class: heading === "Loudness" ? "bars" : undefined },
      text,
    );
    if (heading === "Loudness") cell.append(scale);
    return cell;
  });
  const body = element("tbody");
  const table = element(
    "table",
    { class: "songs" },
    element("caption", { class: "spoken" }, "Songs in order; in each cell first the source, then the master"),
    element("thead", {}, element("tr", {}, ...headings)),
    body,
  );
  const stages = new Map<number, string>();
  const rows = new Rows(body);
  return {
    element: element("section", { class: "table", "aria-label": "Songs" }, table),
    show(state) {
      followStages(stages, state);
      const range = rangeOf(state);
      scale.replaceChildren(
        ...loudnessTicks(range, 5).map((value) => {
          const label = element("span", {}, formatNumber(value, 0));
          label.style.setProperty("--at", String(loudnessToPosition(value, range)));
          return label;
        }),
      );
      rows.show(
        state.album.songs.flatMap((_, song) => {
          const row = songRow(state, song, { range, stage: stages.get(song), commands });
          return [row, ...notesRow(state, song, COLUMNS.length, commands)];
        }),
      );
    },
  };
}

/** Remembers each song's stage in a run, since several songs are at work at the same time. */
function followStages(stages: Map<number, string>, { progress }: ShownAlbum): void {
  if (!progress) stages.clear();
  else if (progress.songs > 0) stages.set(progress.song, progress.stage);
}

function rangeOf(state: ShownAlbum) {
  const shown = state.album.songs.flatMap((_, song) => {
    const { before, after, result } = songSides(state, song);
    return [before?.loudness.integrated, after?.loudness.integrated, result?.targetLoudness];
  });
  return loudnessRange([...shown, state.album.target.loudness]);
}

/** The rows of the table: only those that differ are exchanged, so that rings keep turning and controls the focus. */
class Rows {
  readonly #body: HTMLElement;
  /** What each row was built as. */
  #shown: string[] = [];

  constructor(body: HTMLElement) {
    this.#body = body;
  }

  show(rows: readonly HTMLTableRowElement[]): void {
    const texts = rows.map((row) => row.outerHTML);
    const hadFocus = [...this.#body.querySelectorAll("button")].indexOf(
      document.activeElement as HTMLButtonElement,
    );
    rows.forEach((row, i) => {
      const old = this.#body.children[i];
      if (!old) this.#body.append(row);
      else if (texts[i] !== this.#shown[i]) old.replaceWith(row);
    });
    while (this.#body.children.length > rows.length) this.#body.lastElementChild?.remove();
    this.#shown = texts;
    if (hadFocus >= 0) this.#body.querySelectorAll("button")[hadFocus]?.focus();
  }
}
