import { element } from "../shared/element.js";
import { button } from "../shared/toolkit.js";
import type { AlbumCommands, Part } from "./part.js";

/** Stands in for the songs while the document never was valid. */
export function emptyAlbum({ act }: AlbumCommands): Part {
  const whole = element(
    "section",
    { class: "empty" },
    element("h2", {}, "This album cannot be shown yet"),
    element("p", {}, "Correct the errors in its text; this view follows as you type. The smallest album is:"),
    element("pre", {}, SMALLEST_ALBUM),
    button({ label: "Open as text", onPress: () => act("openAsText") }),
  );
  whole.hidden = true;
  return {
    element: whole,
    show({ album }) {
      whole.hidden = album !== null;
    },
  };
}

const SMALLEST_ALBUM = `{
  "headroom": 1,
  "title": "Night Drive",
  "songs": [{ "source": "masters/01.wav", "title": "Intro" }]
}`;
