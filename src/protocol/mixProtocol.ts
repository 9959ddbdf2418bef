/**
 * What the mix editor's view and the extension host say to each other. Levels that are off travel as `"-inf"`, since
 * messages are JSON: {@link packLevels} and {@link unpackLevels} of levels.ts stand at both ends.
 */
import type { MixPlan } from "../engine/mixPlan.js";
import type { MixDocument } from "../session/mixDocument.js";
import type { DocumentChange, DocumentPath, JsonValue } from "../session/edits/editText.js";
import type { Place, Problem } from "./albumProtocol.js";
import type { EditRequest } from "./editRequest.js";
import type { InsertRow } from "./wavProtocol.js";

export type {
  DocumentChange,
  DocumentPath,
  EditRequest,
  InsertRow,
  JsonValue,
  MixDocument,
  MixPlan,
  Place,
  Problem,
};

/** Everything the view shows but what it asks for by range (peaks, sound). */
export interface MixState {
  /** File name. */
  readonly name: string;
  /** The last valid content of the document with all defaults; `null` if it never was valid. */
  readonly mix: MixDocument | null;
  /** Of the text that `mix` was read from; grows with every change. */
  readonly version: number;
  /** Whether `mix` is what the text says now; if not, the text has errors. */
  readonly isCurrent: boolean;
  /** What is wrong with the text as it stands now, and with the files that it names. */
  readonly problems: readonly Problem[];
  /** By the name of the file, as written in the document. */
  readonly sources: Readonly<Record<string, SourceState>>;
  /** What the player plays; `null` while a source is missing or being read. */
  readonly playable: Playable | null;
  /** Why the text cannot be edited; `null` if it can. */
  readonly readOnly: string | null;
}

/** What is known of an audio file that the session names. */
export type SourceState =
  | { readonly kind: "reading" }
  /** `overview`: share of the exact peaks that is there, 0 to 1. */
  | { readonly kind: "ready"; readonly facts: SourceFacts; readonly overview: number }
  | { readonly kind: "failed"; readonly message: string };

export interface SourceFacts {
  /** Audio channels. */
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly frames: number;
}

/** The compiled session, and the files that it plays. */
export interface Playable {
  /** Compiled with all connections: muted ones too, so that they can be opened while it plays. */
  readonly plan: MixPlan;
  /** By the path in the plan. */
  readonly files: Readonly<Record<string, PlayableFile>>;
  /** Where it is rendered while it plays: in the view's worklet, or by the host, and then why. */
  readonly by: { readonly place: "worklet" } | { readonly place: "host"; readonly reason: string };
}

/** How the samples of a file lie in what {@link MixRequests.sound} answers. */
export interface PlayableFile extends SourceFacts {
  /** One of SAMPLE_LAYOUTS of src/audio/audioFile.ts. */
  readonly layout: string;
  readonly bigEndian: boolean;
  /** Bytes of a frame. */
  readonly frameBytes: number;
  /** Another one once the file has changed on the disk: its sound is asked for anew. */
  readonly stamp: string;
}

/** Peaks of `count` buckets of 2^level frames of a file, from bucket `first` on. */
export interface FilePeaksRequest {
  /** As written in the document. */
  readonly file: string;
  readonly level: number;
  readonly first: number;
  readonly count: number;
}

export interface FilePeaks {
  /** Per bucket and audio channel: lowest sample, highest sample, RMS; `[bucket][channel][3]`, flat. */
  readonly values: Float32Array;
  /** Not yet exact: drawn from a part of the samples until the overview is there. */
  readonly isDraft: boolean;
}

export interface FileSoundRequest {
  /** Path in the plan. */
  readonly path: string;
  readonly start: number;
  readonly count: number;
}

/** What the user asks the host to do. */
export const MIX_ACTIONS = [
  "undo", "redo", "save", "openAsText", "mixDown", "exportStems", "addAudio",
] as const; // prettier-ignore
export type MixAction = (typeof MIX_ACTIONS)[number];

/** A file that was dropped or chosen, as the session would name it. */
export interface AddedFile extends SourceFacts {
  readonly file: string;
  /** Of a new track for it: none in the session, nor of the other files, has the same id. */
  readonly id: string;
  readonly name: string;
}

/** View -> host. */
export type MixRequests = {
  open: { params: null; answer: MixState };
  /** One undo step. Answered with the version of the text after it. */
  edit: { params: EditRequest; answer: number };
  peaks: { params: FilePeaksRequest; answer: FilePeaks };
  /** Frames as they lie in the file, interleaved: fewer than asked for where it ends. */
  sound: { params: FileSoundRequest; answer: Uint8Array };
  /** The mix itself, rendered by the host: planar, two channels; fewer frames where it ends. `null`: not yet, ask again. */
  rendered: {
    params: { start: number; count: number };
    answer: { channels: readonly Float32Array[] } | null;
  };
  /** The view cannot keep up with the sound: the host is to render it from now on. */
  overloaded: { params: null; answer: void };
  /** The inserts that there are. */
  inserts: { params: null; answer: readonly InsertRow[] };
  /** What can be read of the dropped files (URIs). What cannot, the host tells the user. */
  addFiles: { params: readonly string[]; answer: readonly AddedFile[] };
  /** Lets the user choose an impulse response: its name as the session would write it; `null` for none. */
  chooseImpulse: { params: null; answer: string | null };
  act: { params: MixAction; answer: void };
  /** Renders a part of the mix, in seconds, to a file. */
  mixDownRange: { params: { readonly from: number; readonly to: number }; answer: void };
  /** Opens an audio file of the session, as written there. */
  openFile: { params: string; answer: void };
  /** Shows a place in the document's text, beside the view. */
  goTo: { params: Place; answer: void };
  /** Whether an input field has the focus: keys are then text, not commands. */
  typing: { params: boolean; answer: void };
};

/** What a VS Code command asks of the view that has the focus; the view knows the selection. */
export const MIX_VIEW_COMMANDS = [
  "playPause", "stop", "loop", "goToStart", "goToEnd", "zoomIn", "zoomOut", "zoomFit", "zoomSelection",
  "split", "duplicate", "delete", "selectAll", "selectNone", "mute", "solo", "addMarker", "addTrack", "addBus",
  "toggleMixer", "toggleTimeline", "toggleSnap", "help",
] as const; // prettier-ignore
export type MixViewCommand = (typeof MIX_VIEW_COMMANDS)[number];

/** Host -> view: the parts of the state that changed. */
export type MixEvents = {
  changed: Partial<MixState>;
  /** One source, so that a result does not bring all others along. */
  sourceChanged: { readonly file: string; readonly source: SourceState };
  command: MixViewCommand;
};
