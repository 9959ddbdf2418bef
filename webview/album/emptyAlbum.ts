import { element } from "../shared/element.js";
import { button } from "../shared/toolkit.js";
import type { AlbumCommands, Part } from "./albumPage.js";

/** Stands in for the songs where there are none to show. */
export function emptyAlbum({ act }: AlbumCommands): Part {
  const heading = element("h2");
  const advice = element("p");
  const open = button({ label: "Open as text", onPress: () => act("openAsText") });
  const example = element(
    "pre",
    {},
    '"songs": [\n  { "source": "01-intro.mix.json", "title": "Intro" },\n  { "source": "masters/02.wav", "title": "Two" }\n]',
  );
  const whole = element("section", { class: "empty" }, heading, advice, example, open);
  whole.hidden = true;
  return {
    element: whole,
    show({ album }) {
      whole.hidden = album !== null && album.songs.length > 0;
      example.hidden = album === null;
      heading.textContent = album ? "No songs yet" : "This album cannot be shown";
      advice.textContent = album
        ? "List the songs in order, each with its source: a mix session or an audio file, relative to this document."
        : "Correct the errors in its text; the view follows as you type.";
    },
  };
}
