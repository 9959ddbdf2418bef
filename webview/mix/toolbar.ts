import { element } from "../shared/element.js";
import type { CommandTable } from "./commands.js";
import type { MixModel } from "./mixModel.js";
import type { MixPart } from "./mixPart.js";
import type { Transport } from "./transport.js";

/** (In work.) Transport, position, zoom, what leaves the editor. */
export function toolbar(_model: MixModel, _transport: Transport, _commands: CommandTable): MixPart {
  return {
    element: element("div", { class: "toolbar", role: "toolbar", "aria-label": "Tools" }),
    show: () => undefined,
  };
}
