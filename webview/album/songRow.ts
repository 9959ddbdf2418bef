import type { SongFailure, SongOverview, SongResult } from "../../src/protocol/albumProtocol.js";
import { formatClock, formatGain, formatNumber, formatSampleRate } from "../../src/viewmodel/formats.js";
import { loudnessToPosition, type LoudnessRange } from "../../src/viewmodel/loudnessScale.js";
import { element, linkButton, spoken } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import { editableText } from "../shared/editableText.js";
import { openMenu } from "../shared/menu.js";
import { quantityInput } from "./quantityInput.js";
import { moveSong, removeSong, rename, setQuantity, type SongQuantity } from "./songEdits.js";
import { toolButton } from "../shared/toolButton.js";
import { progressRing } from "../shared/toolkit.js";
import type { AlbumCommands, ShownAlbum } from "./part.js";
import { songSides } from "./songSides.js";

export interface RowContext {
  readonly range: LoudnessRange;
  /** What the run does with the song at the moment. */
  readonly stage: string | undefined;
  /** Whether it is heard. */
  readonly isPlaying: boolean;
  readonly commands: AlbumCommands;
}

/** A song in two lines: its source above, its master below. @param song position on the album, from 0 */
export function songRow(
  state: ShownAlbum,
  song: number,
  { range, stage, isPlaying, commands }: RowContext,
): HTMLTableRowElement {
  const { source } = state.album.songs[song]!;
  const { before, after, result } = songSides(state, song);
  const ceiling = state.album.target.truePeak;
  const isDone = after !== undefined && result !== undefined;
  const link = linkButton(source, () => commands.openSource(song));
  link.title = `Open ${source}`;
  return element(
    "tr",
    { class: isPlaying ? "playing" : undefined },
    placeCell(state, song, commands),
    element("th", { scope: "row" }, songName(state, song, commands), link),
    lines(before ? [formatClock(before.duration), formatSampleRate(before.sampleRate)] : [], "length"),
    element("td", { class: "bars" }, bars(state, song, range)),
    quantity(state, song, "loudness", commands),
    quantity(state, song, "gap", commands),
    levels(before, after, ({ integrated }) => formatNumber(integrated)),
    levels(
      before,
      after,
      ({ truePeak }) => formatNumber(truePeak, 2),
      (peak) => Number(peak) > ceiling + 0.005,
    ),
    levels(before, after, ({ lra }) => formatNumber(lra)),
    element("td", { class: "number" }, isDone ? gainOf(result.gain) : ""),
    lines(
      isDone ? [formatNumber(result.gainReductionP95), formatNumber(result.gainReductionMax)] : [],
      "number",
    ),
    element("td", { class: "status" }, ...statusOf(state, song, stage)),
    element("td", { class: "more" }, moreButton(state, song, commands)),
  );
}

/** The song's number, and a button to hear it. */
function placeCell({ album }: ShownAlbum, song: number, { playSong }: AlbumCommands): HTMLTableCellElement {
  return element(
    "td",
    { class: "number grip place", title: "Drag to move the song" },
    element("span", { class: "position-number" }, String(song + 1)),
    toolButton("play", `Play ${album.songs[song]!.title}`, () => playSong(song)),
  );
}

/** The title; F2, Enter and a double click let it be typed over. */
function songName({ album, isCurrent }: ShownAlbum, song: number, { edit }: AlbumCommands): HTMLElement {
  const { title } = album.songs[song]!;
  const name = element("div", { class: "name", title: `${title} (F2 renames it)`, tabindex: 0 }, title);
  const start = (): void => {
    if (isCurrent)
      editableText(name, title, `Title of song ${song + 1}`, (typed) => edit(rename(album, song, typed)));
  };
  name.addEventListener("dblclick", start);
  name.addEventListener("keydown", (event) => {
    if (event.key === "F2" || event.key === "Enter") start();
  });
  return name;
}

const QUANTITIES = {
  loudness: { name: "Loudness offset of", unit: "LU", min: -20, max: 20, step: 0.5, isSigned: true },
  gap: { name: "Gap after", unit: "s", min: 0, max: 30, step: 0.1, isSigned: false },
  fadeIn: { name: "Fade in of", unit: "s", min: 0, max: 600, step: 0.1, isSigned: false },
  fadeOut: { name: "Fade out of", unit: "s", min: 0, max: 600, step: 0.1, isSigned: false },
} as const;

function quantity(
  state: ShownAlbum,
  song: number,
  key: SongQuantity,
  { edit }: AlbumCommands,
): HTMLTableCellElement {
  const { album, isCurrent, progress } = state;
  const { name, ...range } = QUANTITIES[key];
  const { title, [key]: value } = album.songs[song]!;
  const control = quantityInput({
    ...{ ...range, value, label: `${name} ${title}`, isEnabled: isCurrent && !progress },
    onTaken: (typed) => edit(setQuantity(album, song, key, typed)),
  });
  return element("td", { class: "number" }, control);
}

/** What else can be done with a song. */
function moreButton(state: ShownAlbum, song: number, commands: AlbumCommands): HTMLElement {
  const { album, isCurrent, progress } = state;
  const { title } = album.songs[song]!;
  const isEnabled = isCurrent && !progress;
  const control = element(
    "button",
    { type: "button", class: "tool", "aria-label": `More on ${title}`, "aria-haspopup": "menu" },
    icon("more"),
  );
  control.addEventListener("click", () => {
    const { right, bottom } = control.getBoundingClientRect();
    const move = (label: string, keys: string, to: number) => ({
      ...{ label, keys, isEnabled: isEnabled && album.songs[to] !== undefined },
      run: () => commands.edit(moveSong(album, song, to)),
    });
    openMenu(
      [
        move("Move up", "Alt+Up", song - 1),
        move("Move down", "Alt+Down", song + 1),
        null,
        { label: "Play", run: () => commands.playSong(song) },
        {
          ...{
            label: "Play the transition into the next song",
            isEnabled: album.songs[song + 1] !== undefined,
          },
          run: () => commands.playTransition(song),
        },
        null,
        { label: "Open source", run: () => commands.openSource(song) },
        {
          ...{
            label: "Remove from the album",
            icon: "delete",
            isEnabled: isEnabled && album.songs.length > 1,
          },
          run: () => commands.edit(removeSong(album, song)),
        },
      ],
      { x: right, y: bottom },
      `Song ${song + 1}, ${title}`,
    );
  });
  return control;
}

/** A row below the song's with what its listener should know; none if there is nothing. */
export function notesRow(
  state: ShownAlbum,
  song: number,
  columns: number,
  commands: AlbumCommands,
): HTMLTableRowElement[] {
  const { result } = songSides(state, song);
  const source = state.sources[song];
  const notes = (result?.warnings ?? []).map((warning) =>
    element("li", { class: "warning" }, icon("warning"), warning),
  );
  if (source?.kind === "failed") notes.push(element("li", { class: "error" }, icon("error"), source.message));
  else if (result?.error) notes.push(failure(result.error, commands));
  const findings = result ? [...result.notes, ...qualityOf(result)] : [];
  if (findings.length > 0) notes.push(findingsOf(song, findings));
  if (notes.length === 0) return [];
  const list = element("ul", { "aria-label": `Notes on song ${song + 1}` }, ...notes);
  return [element("tr", { class: "notes" }, element("td"), element("td", { colspan: columns - 1 }, list))];
}

/** What quality control has found, as sentences with their times. */
function qualityOf({ quality }: SongResult): string[] {
  const sentences = (side: string, findings: SongResult["quality"]["before"]): string[] =>
    findings.map(({ time, message }) => `${side}${time === null ? "" : ` ${formatClock(time)}`}: ${message}`);
  return [...sentences("Source", quality.before), ...sentences("Master", quality.after)];
}

/** Folded away: worth knowing, but no fault. */
function findingsOf(song: number, findings: readonly string[]): HTMLLIElement {
  const count = findings.length === 1 ? "1 finding" : `${findings.length} findings`;
  const list = element("ul", {}, ...findings.map((finding) => element("li", {}, finding)));
  const summary = element("summary", { "aria-label": `${count} on song ${song + 1}` }, count);
  return element("li", { class: "findings" }, element("details", {}, summary, list));
}

function failure({ message, line = 1, column = 1 }: SongFailure, { goTo }: AlbumCommands): HTMLLIElement {
  const show = linkButton(`Line ${line}`, () => goTo({ line: line - 1, character: column - 1 }));
  return element("li", { class: "error" }, icon("error"), show, ` ${message}`);
}

type Levels = SongOverview["loudness"];

/** A level of the source above that of the master; levels that break a rule stand out. */
function levels(
  before: SongOverview | undefined,
  after: SongOverview | undefined,
  format: (levels: Levels) => string,
  isBroken: (text: string) => boolean = () => false,
): HTMLTableCellElement {
  const master = after ? format(after.loudness) : "";
  return element(
    "td",
    { class: "number" },
    element("div", { class: "before" }, spoken("source "), before ? format(before.loudness) : ""),
    element("div", { class: isBroken(master) ? "after broken" : "after" }, spoken("master "), master),
  );
}

function lines(texts: readonly string[], kind: string): HTMLTableCellElement {
  return element("td", { class: kind }, ...texts.map((text) => element("div", {}, text)));
}

function gainOf(gain: number): string {
  return formatGain(gain).replace(/ dB$/, "");
}

/** Loudness bars of source and master with the target; figures stand in the next column. */
function bars(state: ShownAlbum, song: number, range: LoudnessRange): HTMLElement {
  const { before, after, result } = songSides(state, song);
  const target = result?.targetLoudness ?? state.album.target.loudness;
  const whole = element(
    "div",
    { class: "meter", "aria-hidden": "true", title: `Target ${formatNumber(target)} LUFS` },
    bar("before", before?.loudness.integrated, range),
    bar("after", after?.loudness.integrated, range),
    element("div", { class: "aim" }),
  );
  whole.style.setProperty("--target", String(loudnessToPosition(target, range)));
  return whole;
}

function bar(side: "before" | "after", value: number | null | undefined, range: LoudnessRange): HTMLElement {
  const fill = element("div", { class: `fill ${side}` });
  fill.style.setProperty("--value", String(loudnessToPosition(value, range)));
  return fill;
}

function statusOf(state: ShownAlbum, song: number, stage: string | undefined): (Node | string)[] {
  const { result } = songSides(state, song);
  if (state.progress) return stage === undefined ? ["waiting"] : [progressRing(), `${stage}…`];
  const source = state.sources[song];
  if (source?.kind === "failed") return [icon("error"), "no source"];
  if (result?.error) return [icon("error"), "failed"];
  if (source?.kind === "measuring") return [progressRing(), "measuring…"];
  if (!result) return ["not mastered"];
  if (state.masters?.isOutdated) return [icon("warning"), "outdated"];
  const count = result.warnings.length;
  return count > 0
    ? [icon("warning"), count === 1 ? "1 note" : `${count} notes`]
    : [icon("good"), "mastered"];
}
