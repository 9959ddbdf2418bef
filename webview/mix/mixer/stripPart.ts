import type { Channel } from "./channel.js";

/** A part of a strip; it serves one channel after another as the mixer scrolls. */
export interface StripPart {
  readonly element: HTMLElement;
  show(channel: Channel): void;
}
