/** What the album editor's view and the extension host say to each other. */
import type { ProgramSide } from "../mastering/listening/programSides.js";
import type {
  AlbumResult,
  Loudness,
  MasterProgress,
  SongFailure,
  SongOverview,
  SongResult,
} from "../mastering/results.js";

import { isNull, listOf, shape, text, whole } from "./checks.js";
import { MOST_SOUND_FRAMES } from "./wavLimits.js";
import { isEditRequest, type EditRequest } from "./editRequest.js";

export type { EditRequest };
export type { AlbumResult, Loudness, MasterProgress, ProgramSide, SongFailure, SongOverview, SongResult };

/** The album as its document describes it. */
export interface AlbumView {
  readonly title: string;
  readonly artist: string | null;
  /** Loudness in LUFS, ceiling in dBTP. */
  readonly target: { readonly loudness: number; readonly mode: string; readonly truePeak: number };
  /** Kinds of files to deliver, for people: `WAV 44.1 kHz 16-bit`. */
  readonly deliveries: readonly string[];
  /** Output folder as written in the document. */
  readonly output: string;
  readonly songs: readonly SongView[];
}

export interface SongView {
  readonly title: string;
  /** Path as written in the document. */
  readonly source: string;
  /** Louder or quieter than planned, LU. */
  readonly loudness: number;
  /** Silence after the song, seconds. */
  readonly gap: number;
  /** Seconds. */
  readonly fadeIn: number;
  readonly fadeOut: number;
}

/** An error or a warning in the document's text. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly place: Place;
}

/** A place in the document, 0-based as VS Code counts. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** What is known of a song's source. */
export type SourceState =
  | { readonly kind: "measuring" }
  | { readonly kind: "measured"; readonly overview: SongOverview }
  | { readonly kind: "failed"; readonly message: string };

/** The last masters of the album. */
export interface MastersState {
  readonly result: AlbumResult;
  /** The document or a source is newer than the masters. */
  readonly isOutdated: boolean;
}

/** Everything the view shows. */
export interface AlbumState {
  /** The last valid content of the document; `null` if it never was valid. */
  readonly album: AlbumView | null;
  /** Whether `album` is what the text says now; if not, the text has errors. */
  readonly isCurrent: boolean;
  /** What is wrong with the text as it stands now, and with the files that it names. */
  readonly problems: readonly Problem[];
  /** By position on the album. */
  readonly sources: readonly SourceState[];
  readonly masters: MastersState | null;
  /** `null` while nothing runs. */
  readonly progress: MasterProgress | null;
}

/** What can be listened to, side by side on one timeline. */
export interface AlbumProgram {
  /** Sound is asked for by it. */
  readonly id: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Two channels of the sound for each. */
  readonly sides: readonly ProgramSide[];
  readonly frames: number;
  /** By song: where it begins, and how long it is with its gap, frames. */
  readonly songs: readonly { readonly start: number; readonly frames: number }[];
  /** Why something of it is silent, for people. */
  readonly problems: readonly string[];
  /** Of the reference; `null` without one. */
  readonly reference: Loudness | null;
}

export interface SoundRequest {
  readonly program: number;
  readonly start: number;
  readonly count: number;
}

/** What the view may ask the host to do. */
export const ALBUM_ACTIONS = [
  "master", "cancel", "openAsText", "openFolder", "showReport", "applyPreset", "addSongs", "undo", "redo",
] as const; // prettier-ignore
export type AlbumAction = (typeof ALBUM_ACTIONS)[number];

/** View -> host. */
export type AlbumRequests = {
  /** The view has started and wants everything there is to show. */
  open: { params: null; answer: AlbumState };
  act: { params: AlbumAction; answer: void };
  /** One undo step. */
  edit: { params: EditRequest; answer: void };
  /** Adds songs at the end: URIs of dropped files. */
  addSongs: { params: readonly string[]; answer: void };
  /** Opens the source of the song at that position, from 0. */
  openSource: { params: number; answer: void };
  /** Opens what can be listened to; sound of an earlier opening cannot be had any more. */
  listen: { params: null; answer: AlbumProgram };
  /** Planar samples; fewer frames than asked for where the album ends. */
  sound: { params: SoundRequest; answer: { readonly channels: readonly Float32Array[] } };
  /** Shows a place in the document's text. */
  goTo: { params: Place; answer: void };
};

/** Host -> view: the parts of the state that changed. */
export type AlbumEvents = {
  changed: Partial<AlbumState>;
  /** One song's source, so that a result does not bring all others along. */
  sourceChanged: { readonly song: number; readonly source: SourceState };
};

const MOST_FILES = 1000;
/** Far above any real document; a larger number is no line, column or song. */
const LARGEST = 10_000_000;

/**
 * Checks what a view asks for: the host must not trust it.
 * @throws TypeError if `params` is not what the request `name` takes
 */
export function checkAlbumRequest(name: string, params: unknown): unknown {
  const isValid = Object.hasOwn(VALIDATORS, name) && VALIDATORS[name as keyof AlbumRequests](params);
  if (!isValid) throw new TypeError(`"${name}" was asked with parameters that it does not take.`);
  return params;
}

const index = whole(0, LARGEST);
const frame = whole(0, Number.MAX_SAFE_INTEGER);

const VALIDATORS: Record<keyof AlbumRequests, (params: unknown) => boolean> = {
  open: isNull,
  act: (params) => ALBUM_ACTIONS.some((action) => action === params),
  edit: isEditRequest,
  addSongs: listOf(text(10_000), MOST_FILES),
  openSource: index,
  listen: isNull,
  sound: shape({ program: index, start: frame, count: whole(0, MOST_SOUND_FRAMES) }),
  goTo: shape({ line: index, character: index }),
};
