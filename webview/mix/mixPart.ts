import type { MixModel, Topics } from "./mixModel.js";

/** A part of the page: it paints what has changed of the model, and keeps no state of the document. */
export interface MixPart {
  readonly element: HTMLElement;
  show(model: MixModel, topics: Topics): void;
}
