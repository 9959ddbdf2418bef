/** What the parts of the album page have in common. */
import type { AlbumAction, AlbumState, AlbumView, Place } from "../../src/protocol/albumProtocol.js";

/** What the user can make the host do. */
export interface AlbumCommands {
  readonly act: (action: AlbumAction) => void;
  /** @param song position on the album, from 0 */
  readonly openSource: (song: number) => void;
  readonly goTo: (place: Place) => void;
}

/** The state once there is an album to show. */
export type ShownAlbum = AlbumState & { readonly album: AlbumView };

/** A part of the page: it holds no state of its own and paints what `show` is given. */
export interface Part<State = AlbumState> {
  readonly element: HTMLElement;
  show(state: State): void;
}
