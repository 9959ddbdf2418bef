import type { Place, Problem } from "../../src/protocol/mixProtocol.js";
import { element, linkButton } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import type { MixModel } from "./mixModel.js";
import type { MixPart } from "./mixPart.js";

/** Problems that the banner lists; the Problems panel has them all. */
const MOST_LISTED = 3;

/** What is wrong with the document's text, with links to the places; why it cannot be edited. */
export function problems(model: MixModel): MixPart {
  const banner = element("section", { class: "banner", "aria-label": "Problems of the document" });
  const goTo = (place: Place): void => void model.ask("goTo", place).catch(() => undefined);
  // Built anew only when something differs, so that the focus on a link survives.
  let shown = "";
  return {
    element: banner,
    show() {
      const { problems: all, isCurrent, mix, readOnly } = model.state;
      const key = JSON.stringify([all, isCurrent, mix === null, readOnly]);
      if (key === shown) return;
      shown = key;
      const errors = all.filter(({ severity }) => severity === "error");
      const headline = isCurrent
        ? (readOnly ?? "")
        : `The text has errors.${mix ? " Shown is its last valid content, which cannot be edited here." : ""}`;
      banner.hidden = all.length === 0 && headline === "";
      banner.classList.toggle("error", errors.length > 0);
      const rest = all.length - MOST_LISTED;
      banner.replaceChildren(
        ...(headline === "" ? [] : [element("p", { role: "alert" }, headline)]),
        element(
          "ul",
          {},
          ...[...errors, ...all.filter((each) => !errors.includes(each))]
            .slice(0, MOST_LISTED)
            .map((each) => line(each, goTo)),
        ),
        ...(rest > 0 ? [element("p", { class: "more" }, `and ${rest} more in the Problems panel`)] : []),
      );
    },
  };
}

function line({ severity, message, place }: Problem, goTo: (place: Place) => void): HTMLElement {
  return element(
    "li",
    { class: severity },
    icon(severity),
    linkButton(`Line ${place.line + 1}`, () => goTo(place)),
    ` ${message}`,
  );
}
