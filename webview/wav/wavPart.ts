import type { Topics, WavModel } from "./wavModel.js";

/** A part of the page: it paints what the model says, if what has changed is its business. */
export interface WavPart {
  readonly element: HTMLElement;
  show(model: WavModel, topics: Topics): void;
}

export function hasAny(topics: Topics, ...wanted: readonly Parameters<Topics["has"]>[0][]): boolean {
  return wanted.some((topic) => topics.has(topic));
}
