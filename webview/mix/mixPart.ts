import type { MixModel, Topics } from "./mixModel.js";

/** A part of the page: it paints what has changed of the model, and keeps no state of the document. */
export interface MixPart {
  readonly element: HTMLElement;
  show(model: MixModel, topics: Topics): void;
}

export function hasAny(topics: Topics, ...wanted: readonly Parameters<Topics["has"]>[0][]): boolean {
  return wanted.some((topic) => topics.has(topic));
}
