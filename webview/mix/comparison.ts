import type { MixModel } from "./mixModel.js";
import { channelsOf, masterOf, type Channel } from "./mixer/channel.js";

interface Compared {
  readonly key: string;
  readonly indices: readonly number[];
  /** What the inserts of the channel were when it began. */
  readonly types: string;
}

/**
 * What is left out to hear the difference, at equal loudness: inserts of one channel at a time. It is heard, and never
 * written; it ends when the channel's inserts become others.
 */
export class Comparison {
  readonly #model: MixModel;
  readonly #move: (channel: string, path: string, value: number) => void;
  #compared: Compared | undefined;

  /** @param move lets a value be heard; see MixPlayer.move */
  constructor(model: MixModel, move: (channel: string, path: string, value: number) => void) {
    this.#model = model;
    this.#move = move;
  }

  has(channel: Channel, index: number): boolean {
    return this.#compared?.key === channel.key && this.#compared.indices.includes(index);
  }

  /** What is left out, for people; `undefined`: nothing. */
  get label(): string | undefined {
    const channel = this.#channel;
    if (!channel || !this.#compared) return undefined;
    const { indices } = this.#compared;
    const what = indices.length === 1 ? `insert ${indices[0]! + 1}` : `${indices.length} inserts`;
    return `${channel.name} without ${what}`;
  }

  /** Leaves these inserts out, and hears others again; the same ones again: ends it. */
  toggle(channel: Channel, indices: readonly number[]): void {
    const isSame = this.#compared?.key === channel.key && this.#compared.indices.join() === indices.join();
    this.end();
    if (isSame || indices.length === 0) return;
    this.#compared = { key: channel.key, indices, types: typesOf(channel) };
    for (const index of indices) this.#move(channel.id, `inserts/${index}/compare`, 1);
    this.#model.touch("state");
  }

  end(): void {
    const channel = this.#channel;
    const indices = this.#compared?.indices ?? [];
    this.#compared = undefined;
    if (!channel) return;
    for (const index of indices) this.#move(channel.id, `inserts/${index}/compare`, 0);
    this.#model.touch("state");
  }

  /** The document has changed. */
  follow(): void {
    const channel = this.#channel;
    if (this.#compared && (!channel || typesOf(channel) !== this.#compared.types)) this.end();
  }

  get #channel(): Channel | undefined {
    const { mix } = this.#model;
    const key = this.#compared?.key;
    return mix && key !== undefined
      ? [...channelsOf(mix), masterOf(mix)].find((each) => each.key === key)
      : undefined;
  }
}

const typesOf = (channel: Channel): string =>
  channel.kind === "group" ? "" : channel.content.inserts.map(({ type }) => type).join();
