import { formatNumber } from "../../src/viewmodel/formats.js";
import { loudnessRange, loudnessTicks, loudnessToPosition } from "../../src/viewmodel/loudnessScale.js";
import type { AlbumView } from "../../src/protocol/albumProtocol.js";
import { reorderByDrag } from "../shared/controls/reorder.js";
import { icon } from "../shared/icons.js";
import { moveSong } from "./songEdits.js";
import { element } from "../shared/element.js";
import type { AlbumCommands, Part, ShownAlbum } from "./part.js";
import { notesRow, songRow } from "./songRow.js";
import { songSides } from "./songSides.js";

/** Columns: heading, unit, what the heading stands for. */
const COLUMNS: readonly [heading: string, unit: string, meaning: string][] = [
  ["#", "", "Position on the album; drag a song, or press Alt and an arrow key in it, to move it"],
  ["Song", "", "Title and source"],
  ["Length", "", "Length and sample rate of the source"],
  ["Loudness", "", "Integrated loudness of source and master on one scale, with the song's target"],
  ["Offset", "LU", "Louder or quieter than the plan makes the song"],
  ["Gap", "s", "Silence after the song"],
  ["Integrated", "LUFS", "Integrated loudness, gated (BS.1770)"],
  ["True peak", "dBTP", "Highest true peak"],
  ["Range", "LU", "Loudness range (LRA)"],
  ["Gain", "dB", "Gain before the limiter"],
  ["Limiter", "dB", "Gain reduction: exceeded 5 % of the time, and deepest"],
  ["Status", "", "State of the song's masters"],
  ["", "", "What else can be done with a song"],
];

export interface SongTable extends Part<ShownAlbum> {
  /** @param song that is heard; `null` while none is */
  readonly showPlaying: (song: number | null) => void;
}

/** The songs in order, source above master, each with what there is to say about it. */
export function songTable(commands: AlbumCommands): SongTable {
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
  let album: AlbumView | undefined;
  reorderByDrag(body, isGrip, (from, to) => {
    const [song, place] = [songOf(body, from), songOf(body, to)];
    if (album && song !== place) commands.edit(moveSong(album, song, place));
  });
  body.addEventListener("keydown", (event) => {
    const way = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const row = (event.target as HTMLElement).closest("tr");
    if (!event.altKey || way === 0 || !row || !album) return;
    event.preventDefault();
    const from = songOf(body, [...body.children].indexOf(row));
    if (album.songs[from + way]) commands.edit(moveSong(album, from, from + way));
  });
  const stages = new Map<number, string>();
  const rows = new Rows(body);
  let playing: number | null = null;
  let shown: ShownAlbum | undefined;
  const show = (state: ShownAlbum): void => {
    shown = state;
    album = state.isCurrent && !state.progress ? state.album : undefined;
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
        const context = { range, stage: stages.get(song), isPlaying: song === playing, commands };
        return [songRow(state, song, context), ...notesRow(state, song, COLUMNS.length, commands)];
      }),
    );
  };
  return {
    element: dropZone(
      element("section", { class: "table", "aria-label": "Songs" }, table, addButton(commands)),
      commands,
    ),
    show,
    showPlaying(song) {
      if (song === playing) return;
      playing = song;
      if (shown) show(shown);
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

const CONTROLS = "button, input, .name";
/** As VS Code and other programs name dragged files. */
const FILE_TYPES = ["application/vnd.code.uri-list", "text/uri-list"];

/** A song is taken by its number, or by where nothing else is to press. */
const isGrip = (target: HTMLElement): boolean => target.closest("button, input, .renaming, .notes") === null;

/** Rows of notes stand between those of the songs. @returns the song of a row */
function songOf(body: HTMLElement, row: number): number {
  return [...body.children].slice(0, row + 1).filter((each) => !each.classList.contains("notes")).length - 1;
}

function addButton({ act }: AlbumCommands): HTMLElement {
  const control = element("button", { type: "button", class: "link add" }, icon("add"), "Add songs\u2026");
  control.addEventListener("click", () => act("addSongs"));
  return control;
}

function dropZone(zone: HTMLElement, { addSongs }: AlbumCommands): HTMLElement {
  const typeOf = ({ dataTransfer }: DragEvent): string | undefined =>
    FILE_TYPES.find((type) => dataTransfer?.types.includes(type));
  zone.addEventListener("dragover", (event) => {
    if (typeOf(event) !== undefined) event.preventDefault();
  });
  zone.addEventListener("drop", (event) => {
    const type = typeOf(event);
    if (type === undefined) return;
    event.preventDefault();
    const uris = (event.dataTransfer?.getData(type) ?? "").split(/\r?\n/);
    addSongs(uris.filter((uri) => uri !== "" && !uri.startsWith("#")));
  });
  return zone;
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
    const hadFocus = [...this.#body.querySelectorAll(CONTROLS)].indexOf(
      document.activeElement ?? document.body,
    );
    rows.forEach((row, i) => {
      const old = this.#body.children[i];
      if (!old) this.#body.append(row);
      else if (texts[i] !== this.#shown[i]) old.replaceWith(row);
    });
    while (this.#body.children.length > rows.length) this.#body.lastElementChild?.remove();
    this.#shown = texts;
    if (hadFocus >= 0) this.#body.querySelectorAll<HTMLElement>(CONTROLS)[hadFocus]?.focus();
  }
}
