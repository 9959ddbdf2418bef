import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { albumCurve, songAt, type AlbumCurve } from "../../src/viewmodel/albumCurve.js";
import { formatClock, formatLufs } from "../../src/viewmodel/formats.js";
import { loudnessRange } from "../../src/viewmodel/loudnessScale.js";
import { element } from "../shared/element.js";
import { onThemeChange, themeColors } from "../shared/theme.js";
import type { AlbumCommands, Part, ShownAlbum } from "./part.js";
import { drawSongs, drawTarget } from "./curveMarks.js";
import { songSides } from "./songSides.js";

/** LUFS; what is quieter (fades, pauses) does not stretch the scale. */
const QUIETEST = -40;
/** Seconds between labels of the time axis, as fits. */
const TIME_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

export interface CurveChart extends Part<ShownAlbum> {
  /** @param place that is heard: song, and seconds from its beginning; `null`: none */
  readonly showPlayhead: (place: { readonly song: number; readonly time: number } | null) => void;
}

/** Short-term loudness over the whole album: source dimmed, master in colour. */
export function curveChart({ playSong }: Pick<AlbumCommands, "playSong">): CurveChart {
  const readout = element("p", { class: "readout" });
  const legend = element(
    "p",
    { class: "legend" },
    element("span", { class: "key before" }, "Source"),
    element("span", { class: "key after" }, "Master"),
    element("span", { class: "key aim" }, "Target"),
  );
  const plot = element("div", { class: "plot", tabindex: 0, role: "img" });
  const chart = new Chart(plot, readout, playSong);
  onThemeChange(() => chart.draw());
  new ResizeObserver(() => chart.fit()).observe(plot);
  plot.addEventListener("keydown", (event) => {
    if (event.key === "Enter") chart.playCursor();
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -30, PageDown: 30 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    chart.moveCursor(step);
  });
  const heading = element("h2", {}, "Short-term loudness");
  return {
    element: element(
      "section",
      { class: "curve" },
      element("div", { class: "top" }, heading, legend, readout),
      plot,
    ),
    showPlayhead: (place) => chart.showPlayhead(place),
    show(state) {
      const curve = curveOf(state);
      plot.setAttribute("aria-label", summaryOf(curve, state));
      chart.show(curve, state.album.target.loudness);
    },
  };
}

function curveOf(state: ShownAlbum): AlbumCurve {
  return albumCurve(
    state.album.songs.map(({ title, gap }, song) => {
      const { before, after } = songSides(state, song);
      const duration = before?.duration ?? after?.duration ?? 0;
      return { title, gap, duration, before: before?.shortTerm ?? [], after: after?.shortTerm ?? [] };
    }),
  );
}

function summaryOf({ spans }: AlbumCurve, { masters, album }: ShownAlbum): string {
  const end = spans.at(-1)?.end ?? 0;
  const what = masters ? "sources and masters" : "sources";
  return `Short-term loudness of the ${what} of ${spans.length} songs over ${formatClock(end)}, target ${formatLufs(album.target.loudness)}. The arrow keys read values, Enter plays from there.`;
}

/** The drawing and what is under its cursor. */
class Chart {
  readonly #host: HTMLElement;
  readonly #readout: HTMLElement;
  #plot: uPlot | undefined;
  #curve: AlbumCurve = albumCurve([]);
  #target = 0;
  #shown = "";
  readonly #playSong: AlbumCommands["playSong"];
  readonly #playhead = element("div", { class: "playhead", hidden: true });

  constructor(host: HTMLElement, readout: HTMLElement, playSong: AlbumCommands["playSong"]) {
    this.#host = host;
    this.#readout = readout;
    this.#playSong = playSong;
  }

  show(curve: AlbumCurve, target: number): void {
    const key = JSON.stringify([curve, target]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#curve = curve;
    this.#target = target;
    this.draw();
  }

  /** Draws everything anew, in the theme's colours. */
  draw(): void {
    this.#plot?.destroy();
    const { times, before, after } = this.#curve;
    const plot = new uPlot(this.#options(), [times, before, after], this.#host);
    this.#plot = plot;
    plot.over.append(this.#playhead);
    plot.over.addEventListener("click", ({ offsetX }) => this.#playFrom(plot.posToVal(offsetX, "x")));
  }

  showPlayhead(place: { readonly song: number; readonly time: number } | null): void {
    const span = place && this.#curve.spans[place.song];
    this.#playhead.hidden = !span;
    if (!span || !this.#plot) return;
    const x = this.#plot.valToPos(span.start + place.time, "x");
    this.#playhead.style.transform = `translateX(${Math.round(x)}px)`;
  }

  playCursor(): void {
    const time = this.#curve.times[this.#plot?.cursor.idx ?? -1];
    if (time !== undefined) this.#playFrom(time);
  }

  /** @param time seconds from the start of the album */
  #playFrom(time: number): void {
    const { spans } = this.#curve;
    const song = songAt(spans, time);
    if (song >= 0) this.#playSong(song, Math.max(0, time - spans[song]!.start));
  }

  fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (width > 0) this.#plot?.setSize({ width, height });
  }

  /** Moves the cursor by `steps` values. */
  moveCursor(steps: number): void {
    const plot = this.#plot;
    const last = this.#curve.times.length - 1;
    if (!plot || last < 0) return;
    const index = Math.min(last, Math.max(0, (plot.cursor.idx ?? (steps > 0 ? -1 : last + 1)) + steps));
    const left = plot.valToPos(this.#curve.times[index]!, "x");
    this.#readout.setAttribute("role", "status");
    plot.setCursor({ left, top: plot.over.clientHeight / 2 });
  }

  #options(): uPlot.Options {
    const colors = themeColors(["--text", "--quiet", "--grid", "--before", "--after", "--aim", "--band"]);
    const { times, before, after, spans } = this.#curve;
    const levels = [...before, ...after, this.#target].map((value) => value && Math.max(value, QUIETEST));
    const { low, high } = loudnessRange(levels);
    const font = `11px ${getComputedStyle(document.body).fontFamily}`;
    const axis = { stroke: colors["--quiet"], font, ticks: { show: false } };
    const grid = { stroke: colors["--grid"], width: 1 };
    return {
      width: this.#host.clientWidth || 600,
      height: this.#host.clientHeight || 200,
      padding: [18, 14, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: false, range: () => [0, spans.at(-1)?.end || times.at(-1) || 60] },
        y: { range: () => [low, high] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 24,
          incrs: TIME_STEPS,
          values: (_, seconds) => seconds.map(formatClock),
        },
        {
          ...axis,
          grid,
          size: 44,
          incrs: [5, 10, 20],
          values: (_, ticks) => ticks.map((tick) => `${tick}`),
          label: "LUFS",
          labelSize: 16,
          labelFont: font,
        },
      ],
      series: [
        {},
        { stroke: colors["--before"], width: 1.25, points: { show: false } },
        { stroke: colors["--after"], width: 1.75, points: { show: false } },
      ],
      hooks: {
        drawClear: [
          (plot) => drawSongs(plot, spans, { band: colors["--band"], text: colors["--quiet"], font }),
        ],
        draw: [(plot) => drawTarget(plot, this.#target, colors["--aim"])],
        setCursor: [(plot) => this.#read(plot.cursor.idx)],
      },
    };
  }

  /** Shows the values at position `index` of the curve. */
  #read(index: number | null | undefined): void {
    const time = index === null || index === undefined ? undefined : this.#curve.times[index];
    if (time === undefined) {
      this.#readout.removeAttribute("role");
      this.#readout.textContent = "";
      return;
    }
    const { before, after, spans } = this.#curve;
    const song = spans[songAt(spans, time)];
    const levels = `source ${formatLufs(before[index!])}, master ${formatLufs(after[index!])}`;
    this.#readout.textContent = `${song?.title ?? ""} ${formatClock(time - (song?.start ?? 0))}: ${levels}`;
  }
}
