import { element } from "../../shared/element.js";
import type { MixModel } from "../mixModel.js";
import type { MixPart } from "../mixPart.js";
import type { MixMeters } from "../player/mixPlayer.js";

/** Channel strips side by side: tracks, buses, the master. */
export interface Mixer extends MixPart {
  /** Takes what was heard since the last call. */
  push(meters: MixMeters): void;
  /** Of the channel that has the focus. */
  toggle(key: "mute" | "solo"): void;
  addTrack(): void;
  addBus(): void;
  toggleShown(): void;
}

/** (In work.) */
export function mixer(_model: MixModel): Mixer {
  const nothing = (): void => undefined;
  return {
    element: element("section", { class: "mixer", "aria-label": "Mixer" }),
    show: nothing,
    ...{ push: nothing, toggle: nothing, addTrack: nothing, addBus: nothing, toggleShown: nothing },
  };
}
