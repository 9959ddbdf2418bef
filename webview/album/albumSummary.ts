import { formatClock, formatLu, formatLufs, formatTruePeak } from "../../src/viewmodel/formats.js";
import { element, spoken } from "../shared/element.js";
import type { Part, ShownAlbum } from "./part.js";
import { isMeasuring, songSides } from "./songSides.js";

/** The album in a few figures, before and after. */
export function albumSummary(): Part<ShownAlbum> {
  const list = element("dl", { class: "summary", "aria-label": "Album" });
  return {
    element: list,
    show(state) {
      list.replaceChildren(...figures(state).map(figure));
    },
  };
}

interface Figure {
  readonly name: string;
  readonly before?: string;
  readonly after: string;
  readonly note?: string;
}

function figures(state: ShownAlbum): Figure[] {
  const { masters } = state;
  const sides = state.album.songs.map((_, song) => songSides(state, song));
  const lengths = sides.map(({ before, after }) => (after ?? before)?.duration ?? 0);
  const loudnesses = sides.flatMap(({ before }) => before?.loudness.integrated ?? []);
  const peaks = (side: "before" | "after"): number | null =>
    highest(sides.flatMap((each) => each[side]?.loudness.truePeak ?? []));
  const pair = (name: string, before: string, after: string): Figure =>
    masters ? { name, before, after } : { name, after: before };
  return [
    pair(
      "Loudness",
      formatLufs(masters?.result.before.integrated),
      formatLufs(masters?.result.after.integrated),
    ),
    pair("Spread of songs", formatLu(spread(loudnesses)), formatLu(masters?.result.after.spread)),
    pair("Highest true peak", formatTruePeak(peaks("before")), formatTruePeak(peaks("after"))),
    { name: "Length", after: formatClock(lengths.reduce((sum, each) => sum + each, 0)) },
    { name: "Masters", after: mastersNote(state) },
  ].filter(({ name }) => name !== "Loudness" || masters);
}

function mastersNote(state: ShownAlbum): string {
  if (state.progress) return "being made";
  if (isMeasuring(state)) return "measuring sources…";
  if (!state.masters) return "none yet";
  const failed = state.masters.result.songs.filter(({ error }) => error).length;
  if (failed > 0) return `${failed} of ${state.masters.result.songs.length} songs failed`;
  return state.masters.isOutdated ? "older than the sources" : "up to date";
}

function figure({ name, before, after }: Figure): HTMLElement {
  const value =
    before === undefined
      ? element("dd", {}, after)
      : element(
          "dd",
          {},
          spoken("before "),
          element("span", { class: "before" }, before),
          " → ",
          spoken("after "),
          after,
        );
  return element("div", {}, element("dt", {}, name), value);
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}

function spread(values: readonly number[]): number | null {
  return values.length < 2 ? null : Math.max(...values) - Math.min(...values);
}
