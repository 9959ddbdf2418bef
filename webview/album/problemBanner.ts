import type { AlbumState, Problem } from "../../src/protocol/albumProtocol.js";
import { element, linkButton } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import type { AlbumCommands, Part } from "./part.js";

/** Problems that the banner lists; the Problems panel has them all. */
const MOST_LISTED = 3;

/** What is wrong with the document's text, with links to the places. */
export function problemBanner({ goTo }: AlbumCommands): Part {
  const banner = element("section", { class: "banner", "aria-label": "Problems of the document" });
  // Built anew only when something differs, so that the focus on a link survives.
  let shown = "";
  return {
    element: banner,
    show(state) {
      const key = JSON.stringify([state.problems, state.isCurrent, state.album === null]);
      if (key === shown) return;
      shown = key;
      banner.hidden = state.problems.length === 0;
      banner.classList.toggle(
        "error",
        state.problems.some(({ severity }) => severity === "error"),
      );
      const listed = state.problems.slice(0, MOST_LISTED).map((problem) => line(problem, goTo));
      const rest = state.problems.length - listed.length;
      banner.replaceChildren(
        ...(headline(state) === "" ? [] : [element("p", { role: "alert" }, headline(state))]),
        element("ul", {}, ...listed),
        ...(rest > 0 ? [element("p", { class: "more" }, `and ${rest} more in the Problems panel`)] : []),
      );
    },
  };
}

function headline({ isCurrent, album }: AlbumState): string {
  if (isCurrent) return "";
  return album ? "The document has errors. Shown is its last valid content." : "The document has errors.";
}

function line({ severity, message, place }: Problem, goTo: AlbumCommands["goTo"]): HTMLElement {
  return element(
    "li",
    { class: severity },
    icon(severity),
    linkButton(`Line ${place.line + 1}`, () => goTo(place)),
    ` ${message}`,
  );
}
