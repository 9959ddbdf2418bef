import type {
  EditRequest,
  FrameRange,
  ShownAudio,
  WavRequests,
  WavSettings,
  WavState,
} from "../../src/protocol/wavProtocol.js";
import {
  clampFrame,
  clampSelection,
  moveCursor,
  selectionSpan,
  type FrameSelection,
} from "../../src/viewmodel/frameSelection.js";
import type { RulerUnits } from "../../src/viewmodel/timeRuler.js";
import {
  clampViewport,
  fitViewport,
  isFit,
  resizeViewport,
  revealFrame,
  scrollBy,
  showSpan,
  zoomAt,
  type Span,
  type Viewport,
} from "../../src/viewmodel/viewport.js";

/** What has changed since the last frame was drawn. */
export type Topic = "state" | "audio" | "viewport" | "selection" | "pointer" | "playback" | "tiles" | "theme";
export type Topics = ReadonlySet<Topic>;

/** Asks the host. */
export type AskHost = <K extends keyof WavRequests>(
  name: K,
  params: WavRequests[K]["params"],
) => Promise<WavRequests[K]["answer"]>;

/** What is under the pointer in a lane. */
export interface PointerPlace {
  readonly frame: number;
  /** Audio channel, from 0. */
  readonly channel: number;
  /** Share of the lane's height, 0 at its top. */
  readonly y: number;
  readonly kind: "waveform" | "spectrogram";
}

/** What the page shows: the host's state, and the view's own (what is in sight, the selection, the pointer). */
export class WavModel {
  readonly ask: AskHost;
  #state: WavState;
  #viewport: Viewport = { start: 0, framesPerPixel: 1, width: 0 };
  #selection: FrameSelection = { anchor: 0, cursor: 0 };
  #pointer: PointerPlace | null = null;
  /** Vertical magnification of the waveforms, at least 1. */
  #amplitudeZoom = 1;
  #snapsToZero = false;
  readonly #topics = new Set<Topic>();
  readonly #onFrame: (topics: Topics) => void;

  /** @param onFrame called before the browser paints, at most once a frame, with what has changed */
  constructor(state: WavState, ask: AskHost, onFrame: (topics: Topics) => void) {
    this.#state = state;
    this.ask = ask;
    this.#onFrame = onFrame;
    this.touch("state", "audio", "viewport", "selection", "theme");
  }

  get state(): WavState {
    return this.#state;
  }
  get audio(): ShownAudio {
    return this.#state.audio;
  }
  get frames(): number {
    return this.#state.audio.frames;
  }
  get settings(): WavSettings {
    return this.#state.settings;
  }
  get viewport(): Viewport {
    return this.#viewport;
  }
  get selection(): FrameSelection {
    return this.#selection;
  }
  get span(): Span {
    return selectionSpan(this.#selection);
  }
  get hasSelection(): boolean {
    return this.#selection.anchor !== this.#selection.cursor;
  }
  /** The selection, or everything. */
  get rangeOrAll(): FrameRange {
    return this.hasSelection ? this.span : { start: 0, end: this.frames };
  }
  get pointer(): PointerPlace | null {
    return this.#pointer;
  }
  get amplitudeZoom(): number {
    return this.#amplitudeZoom;
  }
  get snapsToZero(): boolean {
    return this.#snapsToZero;
  }
  get canEdit(): boolean {
    return this.#state.facts !== null && this.#state.readOnly === null && this.#state.task === null;
  }
  get rulerUnits(): RulerUnits {
    const { ruler, tempo, beatsPerBar } = this.settings;
    return { kind: ruler, sampleRate: this.audio.sampleRate, tempo, beatsPerBar };
  }

  /** Something is to be drawn anew. */
  touch(...topics: readonly Topic[]): void {
    if (this.#topics.size === 0) {
      requestAnimationFrame(() => {
        const changed = new Set(this.#topics);
        this.#topics.clear();
        this.#onFrame(changed);
      });
    }
    topics.forEach((topic) => this.#topics.add(topic));
  }

  /** What the host says has changed. */
  takeState(part: Partial<WavState>): void {
    const { audio: before } = this.#state;
    const wasFit = isFit(this.#viewport, before.frames);
    this.#state = { ...this.#state, ...part };
    this.touch("state");
    const { revision, frames, sampleRate } = this.#state.audio;
    if (revision === before.revision && frames === before.frames && sampleRate === before.sampleRate) return;
    this.#selection = clampSelection(this.#selection, frames);
    this.#viewport = wasFit
      ? fitViewport(frames, this.#viewport.width)
      : clampViewport(this.#viewport, frames);
    this.touch("audio", "viewport", "selection");
  }

  /** A choice in the view; the host keeps it for files opened later. */
  changeSettings(settings: Partial<WavSettings>): void {
    this.takeState({ settings: { ...this.settings, ...settings } });
    this.touch("viewport", "tiles");
    void this.ask("settings", settings).catch(() => undefined);
  }

  /** @param width of the lanes, CSS pixels */
  resize(width: number): void {
    if (width === this.#viewport.width) return;
    const isFirst = this.#viewport.width === 0;
    this.#show(
      isFirst ? fitViewport(this.frames, width) : resizeViewport(this.#viewport, width, this.frames),
    );
  }

  /** @param x pixel of the lanes that stays in its place; default: the cursor if it is in sight, else the middle */
  zoom(factor: number, x = this.#zoomCentre()): void {
    this.#show(zoomAt(this.#viewport, factor, x, this.frames));
  }

  scroll(pixels: number): void {
    this.#show(scrollBy(this.#viewport, pixels, this.frames));
  }

  /** @param frame to be at the left edge */
  scrollTo(frame: number): void {
    this.#show(clampViewport({ ...this.#viewport, start: frame }, this.frames));
  }

  fit(): void {
    this.#show(fitViewport(this.frames, this.#viewport.width));
  }

  showSpan(span: Span, margin?: number): void {
    this.#show(showSpan(span, this.#viewport.width, this.frames, margin));
  }

  reveal(frame: number): void {
    this.#show(revealFrame(this.#viewport, frame, this.frames));
  }

  select(selection: FrameSelection): void {
    this.#selection = clampSelection(selection, this.frames);
    this.touch("selection");
  }

  selectSpan({ start, end }: Span): void {
    this.select({ anchor: start, cursor: end });
  }

  moveCursor(to: number, isExtended: boolean): void {
    this.select(moveCursor(this.#selection, to, this.frames, isExtended));
    this.reveal(this.#selection.cursor);
  }

  point(place: PointerPlace | null): void {
    this.#pointer = place ? { ...place, frame: clampFrame(Math.floor(place.frame), this.frames) } : null;
    this.touch("pointer");
  }

  magnify(factor: number): void {
    this.#amplitudeZoom = Math.min(64, Math.max(1, this.#amplitudeZoom * factor));
    this.touch("viewport");
  }

  setSnapsToZero(isOn: boolean): void {
    this.#snapsToZero = isOn;
    this.touch("state");
  }

  /** @returns whether it was done; what fails, the host tells the user */
  async edit(request: EditRequest): Promise<boolean> {
    try {
      const audio = await this.ask("edit", request);
      if (audio.revision > this.audio.revision) this.takeState({ audio });
      return true;
    } catch {
      return false;
    }
  }

  #zoomCentre(): number {
    const { start, framesPerPixel, width } = this.#viewport;
    const x = (this.#selection.cursor - start) / framesPerPixel;
    return x >= 0 && x <= width ? x : width / 2;
  }

  #show(viewport: Viewport): void {
    this.#viewport = viewport;
    this.touch("viewport");
  }
}
