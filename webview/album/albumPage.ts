import { element } from "../shared/element.js";
import { albumHeader } from "./albumHeader.js";
import { albumSummary } from "./albumSummary.js";
import { curveChart } from "./curveChart.js";
import { emptyAlbum } from "./emptyAlbum.js";
import type { AlbumCommands, Part, ShownAlbum } from "./part.js";
import { problemBanner } from "./problemBanner.js";
import { songTable } from "./songTable.js";

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
