/** Sums of frozen tracks in the render cache: one file of samples for each side of a bus, and one that says of what. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { version } from "../../../package.json";
import { AtomicFile, writeFileAtomically } from "../../audio/atomicFile.js";
import {
  changesBetween,
  type KeptSums,
  type MixedTrack,
  type SumsStore,
  type SumsWriter,
} from "../../engine/trackSums.js";
import { RenderCache } from "./renderCache.js";
import { RENDER_VERSION } from "./trackKey.js";

/** What the sums are made of, and how long each of their files is. */
interface SumsFacts {
  readonly tracks: readonly MixedTrack[];
  readonly bytes: number;
}

/** Sums are made anew when more than this part of the tracks has changed. */
const MOST_CHANGED = 0.25;

export class SumsCache implements SumsStore {
  readonly #folder: string;
  readonly #sampleRate: number;

  /** @param folder of the render cache */
  constructor(folder: string, sampleRate: number) {
    this.#folder = folder;
    this.#sampleRate = sampleRate;
  }

  find(buses: readonly string[], tracks: readonly MixedTrack[]): KeptSums | undefined {
    const paths = this.#paths(buses, tracks);
    const descriptors: number[] = [];
    try {
      const facts = deserialize(readFileSync(paths.facts)) as SumsFacts;
      const { removed, added } = changesBetween(facts.tracks, tracks);
      if (removed.length + added.length > 2 * Math.max(1, MOST_CHANGED * tracks.length)) return undefined;
      if (!paths.sides.every((path) => statSync(path).size === facts.bytes)) return undefined;
      const cache = new RenderCache(this.#folder);
      // A track that is to be taken out must be there still.
      if (!removed.every(({ frozen }) => cache.findAudio(frozen.path))) return undefined;
      const now = new Date();
      for (const path of [paths.facts, ...paths.sides]) utimesSync(path, now, now);
      for (const path of paths.sides) descriptors.push(openSync(path, "r"));
      return new SumsFiles(facts.tracks, descriptors);
    } catch {
      // Not there, or damaged: summed anew.
      for (const descriptor of descriptors) closeSync(descriptor);
      return undefined;
    }
  }

  create(buses: readonly string[], tracks: readonly MixedTrack[]): SumsWriter {
    const { facts, sides } = this.#paths(buses, tracks);
    const files: AtomicFile[] = [];
    const abort = (): void => files.forEach((file) => file.abort());
    try {
      for (const path of sides) files.push(AtomicFile.create(path));
    } catch (error) {
      abort();
      throw error;
    }
    return {
      append: (side, samples) => files[side]!.append(samples),
      finish: () => {
        for (const file of files) file.seal();
        // While the files take their places nothing says that they are whole.
        rmSync(facts, { force: true });
        for (const file of files) file.publish();
        writeFileAtomically(facts, serialize({ tracks, bytes: files[0]?.size ?? 0 } satisfies SumsFacts));
      },
      abort,
    };
  }

  /** The same for the same tracks and buses, in time with each other as they are, whatever they sound like. */
  #paths(
    buses: readonly string[],
    tracks: readonly MixedTrack[],
  ): { readonly facts: string; readonly sides: readonly string[] } {
    const ids = tracks.map(({ id, start }) => [id, start]);
    const hash = createHash("sha256");
    hash.update(JSON.stringify([version, RENDER_VERSION, this.#sampleRate, buses, ids]));
    const base = join(this.#folder, hash.digest("hex").slice(0, 40));
    return {
      facts: `${base}.sums`,
      sides: buses.flatMap((_, i) => [`${base}-${i}-left.f64`, `${base}-${i}-right.f64`]),
    };
  }
}

class SumsFiles implements KeptSums {
  readonly tracks: readonly MixedTrack[];
  readonly #descriptors: readonly number[];

  constructor(tracks: readonly MixedTrack[], descriptors: readonly number[]) {
    this.tracks = tracks;
    this.#descriptors = descriptors;
  }

  read(side: number, position: number, target: Uint8Array): void {
    let done = 0;
    while (done < target.length) {
      const at = position * 8 + done;
      const count = readSync(this.#descriptors[side]!, target, done, target.length - done, at);
      if (count === 0) break;
      done += count;
    }
    target.fill(0, done);
  }

  close(): void {
    for (const descriptor of this.#descriptors) closeSync(descriptor);
  }
}
