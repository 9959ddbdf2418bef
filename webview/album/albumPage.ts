import type { AlbumAction, AlbumState, Place } from "../../src/protocol/albumProtocol.js";
import { element } from "../shared/element.js";
import { albumHeader } from "./albumHeader.js";
import { albumSummary } from "./albumSummary.js";
import { curveChart } from "./curveChart.js";
import { emptyAlbum } from "./emptyAlbum.js";
import { problemBanner } from "./problemBanner.js";
import { songTable } from "./songTable.js";

/** What the user can make the host do. */
export interface AlbumCommands {
  act(action: AlbumAction): void;
  openSource(song: number): void;
  goTo(place: Place): void;
}

/** A part of the page: it holds no state of its own and paints what `show` is given. */
export interface Part {
  readonly element: HTMLElement;
  show(state: AlbumState): void;
}

/** The whole page. */
export function albumPage(commands: AlbumCommands): Part {
  const header = albumHeader(commands);
  const banner = problemBanner(commands);
  const empty = emptyAlbum(commands);
  const parts = [albumSummary(), curveChart(), songTable(commands)];
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
      content.hidden = state.album === null;
      for (const part of [header, banner, empty]) part.show(state);
      if (!content.hidden) for (const part of parts) part.show(state);
    },
  };
}
