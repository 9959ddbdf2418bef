import { element } from "../../shared/element.js";
import type { MixModel } from "../mixModel.js";
import type { MixPart } from "../mixPart.js";
import type { Transport } from "../transport.js";

/** Tracks with their clips, below a ruler. */
export interface Timeline extends MixPart {
  goTo(place: "start" | "end"): void;
  /** @param factor above 1 shows more, below 1 less */
  zoom(factor: number): void;
  fit(): void;
  zoomSelection(): void;
  split(): void;
  duplicate(): void;
  delete(): void;
  selectAll(): void;
  addMarker(): void;
  toggleSnap(): void;
  toggleShown(): void;
}

/** (In work.) */
export function timeline(_model: MixModel, _transport: Transport): Timeline {
  const whole = element("section", { class: "timeline", "aria-label": "Timeline" });
  const nothing = (): void => undefined;
  return {
    element: whole,
    show: nothing,
    ...{ goTo: nothing, zoom: nothing, fit: nothing, zoomSelection: nothing, split: nothing },
    ...{ duplicate: nothing, delete: nothing, selectAll: nothing, addMarker: nothing },
    ...{ toggleSnap: nothing, toggleShown: nothing },
  };
}
