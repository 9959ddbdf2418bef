/** Impulse responses of the chain's convolutions, fetched from the host for the preview. */
import type { ImpulseSound } from "../shared/player/playerMessages.js";
import type { ChainInsert } from "../shared/insertChain.js";
import type { WavModel } from "./wavModel.js";

/** @returns path of the insert's impulse response; `undefined` if it takes none, or none is chosen yet */
export function impulsePath({ row, values }: ChainInsert): string | undefined {
  return row.takesImpulse && typeof values["file"] === "string" ? values["file"] : undefined;
}

export const lacksImpulse = (insert: ChainInsert): boolean =>
  insert.row.takesImpulse && impulsePath(insert) === undefined;

export class Impulses {
  readonly #model: WavModel;
  readonly #onArrival: (problem: string | null) => void;
  readonly #sounds = new Map<string, ImpulseSound>();
  readonly #asked = new Set<string>();

  /** @param onArrival told when one has come, or why it has not */
  constructor(model: WavModel, onArrival: (problem: string | null) => void) {
    this.#model = model;
    this.#onArrival = onArrival;
  }

  /** @returns those of `chain` that are there, by their paths; the others are asked for, and what is not used forgotten */
  of(chain: readonly ChainInsert[]): ReadonlyMap<string, ImpulseSound> {
    const { sampleRate } = this.#model.audio;
    const paths = new Set(chain.flatMap((insert) => impulsePath(insert) ?? []));
    const ids = new Map([...paths].map((path) => [`${sampleRate} ${path}`, path]));
    for (const id of this.#sounds.keys()) if (!ids.has(id)) this.#sounds.delete(id);
    for (const [id, path] of ids) if (!this.#sounds.has(id)) void this.#fetch(id, path);
    return new Map(
      [...ids].flatMap(([id, path]): (readonly [string, ImpulseSound])[] => {
        const sound = this.#sounds.get(id);
        return sound ? [[path, sound]] : [];
      }),
    );
  }

  async #fetch(id: string, path: string): Promise<void> {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    try {
      const { sampleRate, channels } = await this.#model.ask("impulse", path);
      const found = `${sampleRate} ${path}`;
      this.#sounds.set(found, { id: found, channels });
      this.#asked.delete(id);
      this.#onArrival(null);
    } catch (error) {
      // It stays asked for: what cannot be read is not tried at each turn of a knob.
      this.#onArrival(error instanceof Error ? error.message : String(error));
    }
  }

  /** Lets the user choose one. @returns its path, `null` for none */
  async choose(): Promise<string | null> {
    const path = await this.#model.ask("chooseImpulse", null);
    // Chosen once more, it is tried once more.
    if (path !== null) this.#asked.delete(`${this.#model.audio.sampleRate} ${path}`);
    return path;
  }
}
