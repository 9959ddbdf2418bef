import type { AlbumAction, AlbumState, AlbumView, Place } from "../../src/protocol/albumProtocol.js";
import { element } from "../shared/element.js";
import { albumHeader } from "./albumHeader.js";
import { albumSummary } from "./albumSummary.js";
import { curveChart } from "./curveChart.js";
import { emptyAlbum } from "./emptyAlbum.js";
import { problemBanner } from "./problemBanner.js";
import { songTable } from "./songTable.js";

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

/** The whole page. */
export function albumPage(commands: AlbumCommands): Part {
  const header = albumHeader(commands);
  const banner = problemBanner(commands);
  const empty = emptyAlbum(commands);
  const parts: Part<ShownAlbum>[] = [albumSummary(), curveChart(), songTable(commands)];
  const content = element("div", { class: "content" }, ...parts.map((part) => part.element));
  const page = element(
    "main",
    { id: "view", "aria-busy": "true" },
    header.element,
    banner.element,
    empty.element,
    content,
  );
  content.hidden = true;
  return {
    element: page,
    show(state) {
      page.removeAttribute("aria-busy");
      for (const part of [header, banner, empty]) part.show(state);
      const { album } = state;
      content.hidden = album === null;
      if (album) for (const part of parts) part.show({ ...state, album });
    },
  };
}
