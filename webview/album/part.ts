/** What the parts of the album page have in common. */
import type { Part as SharedPart } from "../shared/part.js";
import type {
  AlbumAction,
  AlbumState,
  AlbumView,
  EditRequest,
  Place,
} from "../../src/protocol/albumProtocol.js";

/** What the user can make the host do. */
export interface AlbumCommands {
  readonly act: (action: AlbumAction) => void;
  /** @param song position on the album, from 0 */
  readonly openSource: (song: number) => void;
  /** @param time seconds from the song's beginning */
  readonly playSong: (song: number, time?: number) => void;
  /** The end of a song and the beginning of the next. */
  readonly playTransition: (song: number) => void;
  readonly goTo: (place: Place) => void;
  readonly edit: (request: EditRequest) => void;
  /** @param uris of dropped files */
  readonly addSongs: (uris: readonly string[]) => void;
}

/** The state once there is an album to show. */
export type ShownAlbum = AlbumState & { readonly album: AlbumView };

export type Part<State = AlbumState> = SharedPart<State>;
