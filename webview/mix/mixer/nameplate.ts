import { openEntry } from "../../shared/controls/valueEntry.js";
import { element } from "../../shared/element.js";
import type { MixModel } from "../mixModel.js";
import { setValue } from "../mixValue.js";
import type { Channel } from "./channel.js";
import type { StripPart } from "./stripPart.js";

export interface Nameplate extends StripPart {
  readonly rename: () => void;
}

/** Name and colour of a channel; a double-click or F2 renames it. */
export function nameplate(model: MixModel, current: () => Channel): Nameplate {
  const plate = element("button", { type: "button", class: "nameplate" });
  const rename = (): void => {
    const channel = current();
    if (!model.canEdit || channel.kind === "master") return;
    openEntry({
      ...{ over: plate, back: plate, label: `Name of ${channel.name}`, text: channel.name },
      take(text) {
        const name = text.trim();
        if (name === "") return "A name has at least one character";
        if (name !== channel.name)
          setValue(model, `Name of ${channel.name}`, [...channel.path, "name"], name);
        return undefined;
      },
    });
  };
  plate.addEventListener("dblclick", rename);
  return {
    element: plate,
    rename,
    show({ name, kind }) {
      if (plate.textContent === name) return;
      plate.textContent = name;
      plate.title = kind === "master" ? name : `${name}\nDouble-click or F2 to rename`;
    },
  };
}
