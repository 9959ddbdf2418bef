import type {
  DocumentChange,
  DocumentPath,
  JsonValue,
  MixDocument,
  MixRequests,
  MixState,
} from "../../src/protocol/mixProtocol.js";
import type { Viewport } from "../../src/viewmodel/viewport.js";
import { valueAt, withValue } from "./documentPaths.js";

/** What has changed since the last frame was drawn. */
export type Topic = "state" | "mix" | "viewport" | "selection" | "playback" | "meters" | "peaks" | "theme";
export type Topics = ReadonlySet<Topic>;

/** Asks the host. */
export type AskHost = <K extends keyof MixRequests>(
  name: K,
  params: MixRequests[K]["params"],
) => Promise<MixRequests[K]["answer"]>;

/** What the hands of the user are on; positions in the document's lists. */
export interface MixSelection {
  /** The channel that has the focus; `null`: none. */
  readonly channel: ChannelPlace | null;
  /** Clips: track and position in its list. */
  readonly clips: readonly { readonly track: number; readonly clip: number }[];
  /** Frames of the session that are looped and zoomed to; `null`: none. */
  readonly range: { readonly start: number; readonly end: number } | null;
}

export type ChannelPlace =
  { readonly list: "tracks" | "buses" | "groups"; readonly index: number } | { readonly list: "master" };

/** A value that a hand is moving: shown and heard, not yet in the text. */
interface Moving {
  readonly path: DocumentPath;
  readonly value: JsonValue | undefined;
}

export interface MixModelOptions {
  readonly ask: AskHost;
  /** Called before the browser paints, at most once a frame, with what has changed. */
  readonly onFrame: (topics: Topics) => void;
  /** Lets a value that moves be heard at once; see {@link MixModel.preview}. */
  readonly onPreview: (path: DocumentPath, value: JsonValue | undefined) => void;
}

/**
 * What the page shows: the host's state, values that are being moved on top of it, and what is the view's own (what is
 * in sight, the selection).
 */
export class MixModel {
  readonly ask: AskHost;
  readonly #options: MixModelOptions;
  #state: MixState;
  /** The document as it is shown. */
  #mix: MixDocument | null;
  #moving: readonly Moving[] = [];
  /** Version of the text from which on the moved values are part of it. */
  #settledAt: number | undefined;
  #viewport: Viewport = { start: 0, framesPerPixel: 1, width: 0 };
  #selection: MixSelection = { channel: null, clips: [], range: null };
  readonly #topics = new Set<Topic>();

  constructor(state: MixState, options: MixModelOptions) {
    this.#state = state;
    this.#mix = state.mix;
    this.#options = options;
    this.ask = options.ask;
    this.touch("state", "mix", "viewport", "selection", "theme");
  }

  get state(): MixState {
    return this.#state;
  }
  /** The document, what is being moved included; `null` if it never was valid. */
  get mix(): MixDocument | null {
    return this.#mix;
  }
  /** Frames of the session, as everywhere on the timeline. */
  get viewport(): Viewport {
    return this.#viewport;
  }
  get selection(): MixSelection {
    return this.#selection;
  }
  /** Whether a hand moves something. */
  get isMoving(): boolean {
    return this.#moving.length > 0 && this.#settledAt === undefined;
  }
  get canEdit(): boolean {
    return this.#state.readOnly === null && this.#state.isCurrent && this.#state.mix !== null;
  }

  /** Something is to be drawn anew. */
  touch(...topics: readonly Topic[]): void {
    if (this.#topics.size === 0) {
      requestAnimationFrame(() => {
        const changed = new Set(this.#topics);
        this.#topics.clear();
        this.#options.onFrame(changed);
      });
    }
    topics.forEach((topic) => this.#topics.add(topic));
  }

  /** What the host says has changed. */
  takeState(part: Partial<MixState>): void {
    this.#state = { ...this.#state, ...part };
    if (this.#settledAt !== undefined && this.#state.version >= this.#settledAt) this.#forgetMoving();
    this.#show();
    this.touch("state");
  }

  /** Shows, and lets hear, a value while a hand moves it. The text stays as it is until {@link commit}. */
  preview(path: DocumentPath, value: JsonValue | undefined): void {
    if (!this.canEdit) return;
    if (this.#settledAt !== undefined) this.#forgetMoving();
    const key = path.join("/");
    this.#moving = [...this.#moving.filter((each) => each.path.join("/") !== key), { path, value }];
    this.#options.onPreview(path, value);
    this.#show();
  }

  /** Puts what was moved back. */
  cancelPreview(): void {
    const { mix } = this.#state;
    for (const { path } of this.#moving) this.#options.onPreview(path, valueAt(mix, path) as JsonValue);
    this.#forgetMoving();
    this.#show();
  }

  /**
   * Changes the text: one undo step. What was moved stays in sight until the text says the same.
   * @param label what was done, for people: "Fader of Kick"
   * @returns whether it was done; what fails, the host tells the user
   */
  async commit(label: string, changes: readonly DocumentChange[]): Promise<boolean> {
    if (!this.canEdit) return false;
    const moved = this.#moving;
    try {
      const version = await this.ask("edit", { label, changes });
      if (moved !== this.#moving) return true;
      this.#settledAt = version;
      if (this.#state.version >= version) this.#forgetMoving();
      this.#show();
      return true;
    } catch {
      this.cancelPreview();
      return false;
    }
  }

  /** Sets one value: {@link preview} and {@link commit} at once. */
  set(label: string, path: DocumentPath, value: JsonValue | undefined): Promise<boolean> {
    this.preview(path, value);
    return this.commit(label, [{ type: "set", path, value }]);
  }

  show(viewport: Viewport): void {
    this.#viewport = viewport;
    this.touch("viewport");
  }

  select(selection: Partial<MixSelection>): void {
    this.#selection = { ...this.#selection, ...selection };
    this.touch("selection");
  }

  #forgetMoving(): void {
    this.#moving = [];
    this.#settledAt = undefined;
  }

  #show(): void {
    const mix = this.#moving.reduce<MixDocument | null>(
      (shown, { path, value }) => (shown ? withValue(shown, path, value) : shown),
      this.#state.mix,
    );
    if (mix === this.#mix) return;
    this.#mix = mix;
    this.touch("mix");
  }
}
