import type { MixDocument } from "../../../src/protocol/mixProtocol.js";
import { clipEnd } from "../../../src/viewmodel/clipEdits.js";
import { crossings, type Crossing } from "../../../src/viewmodel/crossings.js";
import { rulerTicks, type RulerUnits } from "../../../src/viewmodel/timeRuler.js";
import { TrackRows } from "../../../src/viewmodel/trackRows.js";
import {
  clampViewport,
  fitViewport,
  frameToX,
  isFit,
  resizeViewport,
  showSpan,
  visibleSpan,
  xToFrame,
  zoomAt,
  type Span,
} from "../../../src/viewmodel/viewport.js";
import { keepState, keptState } from "../../shared/keptState.js";
import type { MixModel } from "../mixModel.js";
import type { Transport } from "../transport.js";

export type Track = MixDocument["tracks"][number];
export type Clip = Track["clips"][number];

/** Heights of a track, CSS pixels. */
export const TRACK_HEIGHTS = { small: 34, medium: 58, large: 104 } as const;
export type TrackHeight = keyof typeof TRACK_HEIGHTS;
/** Of a lane of automation, CSS pixels. */
export const LANE_HEIGHT = 54;

/** The shortest timeline, seconds. */
const SHORTEST_SECONDS = 20;
/** Room behind the last clip, as a share of the song. */
const ROOM = 0.08;
/** Pixels within which things snap. */
const SNAP_PIXELS = 8;
const BEATS_PER_BAR = 4;

const STATE_KEY = "timeline";

/** What is the view's own, and kept with its tab. */
interface Own {
  readonly trackHeight: TrackHeight;
  readonly ruler: RulerUnits["kind"];
  readonly snaps: boolean;
  /** Parameters whose automation is shown, by the track's id. */
  readonly lanes: Readonly<Record<string, readonly string[]>>;
}

const USUAL: Own = { trackHeight: "medium", ruler: "time", snaps: true, lanes: {} };

/** What the parts of the timeline share beside the document: heights, scrolling, the unit of the ruler, snapping. */
export class TimelineModel {
  readonly mix: MixModel;
  /** Reads a sentence out to assistive technology. */
  announce: (text: string) => void = () => undefined;
  readonly #transport: Transport;
  #scrollTop = 0;
  #visibleHeight = 0;
  #own: Own;
  #rows = new TrackRows([]);
  #laidOut: readonly Track[] = [];
  /** By the clips of a track, as long as what is known of the files stays the same. */
  #crossings = new WeakMap<Track["clips"], readonly Crossing[]>();
  #sources: unknown;

  constructor(mix: MixModel, transport: Transport) {
    this.mix = mix;
    this.#transport = transport;
    const { trackHeight, ruler, ...kept } = { ...USUAL, ...keptState<Partial<Own>>(STATE_KEY, {}) };
    this.#own = {
      ...kept,
      trackHeight: trackHeight in TRACK_HEIGHTS ? trackHeight : USUAL.trackHeight,
      ruler: ruler === "bars" ? ruler : USUAL.ruler,
    };
  }

  get tracks(): readonly Track[] {
    return this.mix.mix?.tracks ?? [];
  }
  /** The clips as the text has them, without what a hand is moving. */
  get lists(): readonly (readonly Clip[])[] {
    return this.mix.state.mix?.tracks.map(({ clips }) => clips) ?? [];
  }
  /** Of the part of a track's row that holds the clips, CSS pixels. */
  get clipHeight(): number {
    return TRACK_HEIGHTS[this.trackHeight];
  }
  /** Hz. */
  get sampleRate(): number {
    return this.mix.mix?.sampleRate ?? 48000;
  }
  get rows(): TrackRows {
    if (this.#laidOut !== this.tracks) this.#layOut();
    return this.#rows;
  }
  /** CSS pixels that are scrolled away above. */
  get scrollTop(): number {
    return this.#scrollTop;
  }
  get visibleHeight(): number {
    return this.#visibleHeight;
  }
  get trackHeight(): TrackHeight {
    return this.#own.trackHeight;
  }
  get snaps(): boolean {
    return this.#own.snaps;
  }
  get units(): RulerUnits {
    return {
      kind: this.#own.ruler,
      sampleRate: this.sampleRate,
      tempo: this.mix.mix?.tempo ?? 120,
      beatsPerBar: BEATS_PER_BAR,
    };
  }
  /** Of the song, in frames, until the last clip ends. */
  get end(): number {
    const ends = this.tracks.flatMap(({ clips }) => clips.map((clip) => this.endOf(clip)));
    return Math.max(0, ...ends) * this.sampleRate;
  }
  /** Of the whole timeline, frames. */
  get frames(): number {
    const markers = (this.mix.mix?.markers ?? []).map(({ time }) => time * this.sampleRate);
    const end = Math.max(this.end, ...markers);
    return Math.max(SHORTEST_SECONDS * this.sampleRate, end * (1 + ROOM));
  }

  /** Seconds of the file that a clip plays; Infinity while nothing is known of it. */
  durationOf({ file }: Pick<Clip, "file">): number {
    const source = this.mix.state.sources[file];
    return source?.kind === "ready" ? source.facts.frames / source.facts.sampleRate : Infinity;
  }

  /** @returns where the clip ends, seconds; one of an unknown file without a length is drawn a bar long */
  endOf(clip: Clip): number {
    const end = clipEnd(clip, this.durationOf(clip));
    return Number.isFinite(end) ? end : clip.start + (60 / this.units.tempo) * BEATS_PER_BAR;
  }

  /** Where the clips of a track are crossfaded, in the order of its list. */
  crossingsOf(track: number): readonly Crossing[] {
    const { clips, overlap } = this.tracks[track]!;
    const { sources } = this.mix.state;
    if (sources !== this.#sources) this.#crossings = new WeakMap();
    this.#sources = sources;
    const known = this.#crossings.get(clips);
    if (known) return known;
    const found = crossings(
      clips.map((clip) => ({
        ...{ start: clip.start, end: this.endOf(clip) },
        hasFadeIn: clip.fadeIn !== undefined,
        hasFadeOut: clip.fadeOut !== undefined,
        isSilent: clip.mute || overlap === "mix",
      })),
    );
    this.#crossings.set(clips, found);
    return found;
  }

  /** @param x CSS pixels from the left edge of the lanes */
  secondsAt(x: number): number {
    return xToFrame(this.mix.viewport, x) / this.sampleRate;
  }
  xOf(seconds: number): number {
    return frameToX(this.mix.viewport, seconds * this.sampleRate);
  }

  resize(width: number, height: number): void {
    this.#visibleHeight = height;
    const { viewport } = this.mix;
    if (width !== viewport.width)
      this.mix.show(
        viewport.width === 0 ? fitViewport(this.frames, width) : resizeViewport(viewport, width, this.frames),
      );
    this.scrollTo(this.#scrollTop);
  }

  /** The length of the song has changed. @param before frames of the timeline */
  follow(before: number): void {
    const { viewport } = this.mix;
    if (viewport.width === 0) return;
    const isWhole = isFit(viewport, before);
    this.mix.show(isWhole ? fitViewport(this.frames, viewport.width) : clampViewport(viewport, this.frames));
  }

  zoom(factor: number, x = this.mix.viewport.width / 2): void {
    this.mix.show(zoomAt(this.mix.viewport, factor, x, this.frames));
  }

  fit(): void {
    this.mix.show(fitViewport(this.frames, this.mix.viewport.width));
  }

  showSpan(span: Span): void {
    this.mix.show(showSpan(span, this.mix.viewport.width, this.frames));
  }

  scrollBy(pixels: number): void {
    this.scrollToFrame(xToFrame(this.mix.viewport, pixels));
  }

  /** @param frame to be at the left edge */
  scrollToFrame(frame: number): void {
    this.mix.show(clampViewport({ ...this.mix.viewport, start: frame }, this.frames));
  }

  /** @param top CSS pixels */
  scrollTo(top: number): void {
    this.#scrollTop = Math.max(0, Math.min(top, this.rows.height - this.#visibleHeight));
    this.mix.touch("viewport");
  }

  /** Scrolls as little as needed to bring a track into sight. */
  reveal(index: number): void {
    if (index >= this.rows.count) return;
    const { top, height } = this.rows.row(index);
    if (top < this.#scrollTop) this.scrollTo(top);
    else if (top + height > this.#scrollTop + this.#visibleHeight)
      this.scrollTo(top + height - this.#visibleHeight);
  }

  setTrackHeight(height: TrackHeight): void {
    this.#keep({ trackHeight: height });
    this.#layOut();
    this.scrollTo(this.#scrollTop);
    this.mix.touch("mix");
  }

  /** Paths of the parameters whose automation is shown below the clips of a track. */
  lanesOf(track: number): readonly string[] {
    const id = this.tracks[track]?.id;
    const { lanes } = this.#own;
    return id !== undefined && Object.hasOwn(lanes, id) ? lanes[id]! : [];
  }

  toggleLane(track: number, path: string): void {
    const id = this.tracks[track]?.id;
    if (id === undefined) return;
    const open = this.lanesOf(track);
    const paths = open.includes(path) ? open.filter((each) => each !== path) : [...open, path];
    this.#keep({ lanes: { ...this.#own.lanes, [id]: paths } });
    this.#layOut();
    this.scrollTo(this.#scrollTop);
    this.mix.touch("mix");
  }

  #keep(part: Partial<Own>): void {
    this.#own = { ...this.#own, ...part };
    keepState(STATE_KEY, this.#own);
  }

  toggleRuler(): void {
    this.#keep({ ruler: this.#own.ruler === "time" ? "bars" : "time" });
    this.mix.touch("viewport");
  }

  toggleSnap(): void {
    this.#keep({ snaps: !this.snaps });
    this.mix.touch("state");
  }

  /**
   * Where what is dragged may come to rest, seconds: lines of the ruler in sight, edges of clips, markers, the
   * playhead, the range, the start.
   * @param apart clips that are dragged themselves
   */
  snapPlaces(apart: readonly Clip[] = []): number[] {
    const { viewport } = this.mix;
    const without = new Set(apart);
    const span = visibleSpan(viewport);
    const lines = rulerTicks(viewport, this.units).map(({ x }) => xToFrame(viewport, x) / this.sampleRate);
    const edges = this.tracks.flatMap(({ clips }) =>
      clips.flatMap((clip) => (without.has(clip) ? [] : [clip.start, this.endOf(clip)])),
    );
    const markers = (this.mix.mix?.markers ?? []).map(({ time }) => time);
    const inSight = (at: number): boolean =>
      at * this.sampleRate >= span.start && at * this.sampleRate <= span.end;
    const { range } = this.mix.selection;
    const own = [this.#transport.playhead, ...(range ? [range.start, range.end] : [])].map(
      (frame) => frame / this.sampleRate,
    );
    return [0, ...lines, ...own, ...edges.filter(inSight), ...markers];
  }

  /** Seconds within which things snap. */
  get snapReach(): number {
    return (SNAP_PIXELS * this.mix.viewport.framesPerPixel) / this.sampleRate;
  }

  #layOut(): void {
    this.#laidOut = this.tracks;
    const heights = this.tracks.map((_, i) => this.clipHeight + this.lanesOf(i).length * LANE_HEIGHT);
    this.#rows = new TrackRows(heights);
  }
}
