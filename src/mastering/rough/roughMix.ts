/**
 * Rough mix: from a folder of stems to an ordinary session. Workers measure the stems and what each strip makes of
 * them; this file only decides.
 */
import { existsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { createTemporaryFolder, removeTemporaryFolder, writeFileAtomically } from "../../audio/atomicFile.js";
import type { PairCorrelation } from "../../engine/pairCorrelation.js";
import type { WorkerPool } from "../../engine/workerPool.js";
import { audioFilesOf, relativeName } from "../audioFilesOf.js";
import { commonRate } from "../commonRate.js";
import type { MeasureInput, MeasuredFile } from "../measureJob.js";
import type { SongInput } from "../openSong.js";
import type { SongOverview } from "../results.js";
import type { PairInput } from "./pairJob.js";
import {
  ACTIVE_LOUDNESS,
  backingAbove,
  backingTrim,
  planTracks,
  tenths,
  type ComparedPair,
  type PlannedTrack,
  type Stem,
} from "./roughPlan.js";
import {
  isWet,
  PEAK_CEILING,
  roughDocument,
  roughText,
  type Part,
  type RoughHead,
  type RoughLevels,
} from "./roughSession.js";
import { classifyStem } from "./stemClass.js";

export interface RoughMixInput {
  /** Folder of the stems. */
  readonly folder: string;
  /** The session to be written; its stems are named relative to it. */
  readonly output: string;
  /** Where compressed stems are kept decoded; without it they are decoded for this once. */
  readonly decodedFolder?: string | undefined;
}

export interface RoughMixResult {
  /** The session, absolute. */
  readonly path: string;
  readonly tracks: readonly {
    readonly file: string;
    readonly className: string;
    readonly isSilent: boolean;
    readonly fader: number;
  }[];
  /** What it sounds like. */
  readonly overview: SongOverview;
  readonly warnings: readonly string[];
}

export interface RoughMixOptions {
  readonly signal?: AbortSignal | undefined;
  /** Takes the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

const MOST_STEMS = 256;
/** Loudness of the mix bus, LUFS; half a unit is left for what a limiter takes. */
const LOUDEST = -18;
const QUIETEST = -22.5;
/** The reverb's return under its sources, LU. */
const REVERB_UNDER = 9;
/** Everything but the lead is moved at most this far, dB. */
const MOST_MOVE = 6;
/** Faders move this far, dB. */
const HIGHEST_FADER = 12;
const LOWEST_FADER = -24;
/** Correlation of both channels of a file that carry the same. */
const SAME = 0.99999;

/** @throws Error if the folder has no stems, or the session is there already; the signal's reason if cancelled */
export async function roughMix(
  pool: WorkerPool,
  { folder, output, decodedFolder }: RoughMixInput,
  options: RoughMixOptions,
): Promise<RoughMixResult> {
  const path = resolve(output);
  if (existsSync(path))
    throw new Error(`${output} is there already. Choose another name, or delete it first.`);
  const files = audioFilesOf(resolve(folder));
  if (files.length === 0)
    throw new Error(`${folder} holds no audio files. Put WAV, FLAC, MP3, Ogg or AIFF files there.`);
  if (files.length > MOST_STEMS)
    throw new Error(
      `${folder} holds ${files.length} audio files; a rough mix takes at most ${MOST_STEMS} stems.`,
    );
  const temporary = createTemporaryFolder(tmpdir());
  try {
    return await new RoughMix(pool, path, temporary, decodedFolder ?? temporary, options).make(files);
  } finally {
    removeTemporaryFolder(temporary);
  }
}

class RoughMix {
  #rendered = 0;
  #done = 0;
  /** How far everything but the lead was moved to be as loud as the lead, dB. */
  #moved = 0;
  /** Jobs until the end, about. */
  #steps = 1;
  readonly #warnings: string[] = [];

  constructor(
    private readonly pool: WorkerPool,
    private readonly path: string,
    private readonly temporary: string,
    private readonly decodedFolder: string,
    private readonly options: RoughMixOptions,
  ) {}

  async make(files: readonly string[]): Promise<RoughMixResult> {
    this.#steps = 2 * files.length + 6;
    const stems = await Promise.all(files.map((file) => this.#measure(file)));
    const tracks = planTracks(stems, await this.#compare(files, stems));
    const head: RoughHead = {
      title: titleOf(this.path),
      sampleRate: commonRate(stems.map((stem) => stem.sampleRate))!,
    };
    const dry = await this.#balance(head, tracks, await this.#setFaders(head, tracks));
    const wet = await this.#setReverb(head, tracks, dry);
    const { levels, overview } = await this.#setMaster(head, tracks, wet);
    const document = roughDocument(head, tracks, levels, (file) => file);
    writeFileAtomically(this.path, roughText(document, tracks, this.#notes(tracks, overview)));
    return {
      path: this.path,
      overview,
      tracks: tracks.map(({ stem }, i) => ({
        file: stem.file,
        className: stem.className,
        isSilent: stem.integrated === null,
        fader: levels.faders[i]!,
      })),
      warnings: [...new Set(this.#warnings)],
    };
  }

  async #measure(file: string): Promise<Stem> {
    const input: MeasureInput = { path: file, dualMono: true };
    const { measurement, warnings } = await this.#run<MeasuredFile>("measure", input);
    const { sampleRate, channels, integrated, correlation, shortTerm } = measurement;
    const name = relativeName(file, this.path);
    this.#warnings.push(...warnings.map((warning) => `${name}: ${warning}`));
    if (integrated === null) this.#warnings.push(`${name} is silent; its track is muted.`);
    return {
      file: name,
      className: classifyStem(name),
      sampleRate,
      channels,
      isDualMono: channels > 1 && correlation !== null && correlation > SAME,
      integrated,
      loudestAt: loudestTime(shortTerm),
    };
  }

  /** Every stem with those of its class: close microphones, and takes of one part. */
  async #compare(files: readonly string[], stems: readonly Stem[]): Promise<ComparedPair[]> {
    const pairs = stems.flatMap((stem, second) =>
      stems.slice(0, second).flatMap((other, first) => {
        const isPair = other.className === stem.className && stem.className !== "unknown";
        return isPair && other.integrated !== null && stem.integrated !== null ? [{ first, second }] : [];
      }),
    );
    return Promise.all(
      pairs.map(async ({ first, second }) => {
        const input: PairInput = { paths: [files[first]!, files[second]!], start: stems[first]!.loudestAt };
        const correlation = await this.pool.run<PairCorrelation | undefined>(
          "comparePair",
          input,
          this.#signal(),
        );
        return { first, second, correlation: correlation ?? { peak: 0, lag: 0 } };
      }),
    );
  }

  /** Every strip is rendered by itself, and its fader makes up for what its inserts and its pan took. */
  async #setFaders(head: RoughHead, tracks: readonly PlannedTrack[]): Promise<RoughLevels> {
    const trim = backingTrim(tracks);
    const flat: RoughLevels = { faders: tracks.map(() => 0), reverb: 0, master: 0, isLimited: false };
    const faders = await Promise.all(
      tracks.map(async (track, index) => {
        if (track.stem.integrated === null) return 0;
        const { loudness } = await this.#render(head, tracks, flat, { tracks: [index], sounds: "dry" });
        if (loudness.integrated === null) return 0;
        const wanted = ACTIVE_LOUDNESS + track.level + (track.isLead ? 0 : trim);
        return tenths(clampFader(wanted - loudness.integrated));
      }),
    );
    return { ...flat, faders };
  }

  /** Stems that sound at different times add up to less than their classes say: what is heard of them decides. */
  async #balance(
    head: RoughHead,
    tracks: readonly PlannedTrack[],
    levels: RoughLevels,
  ): Promise<RoughLevels> {
    const placesOf = (isLead: boolean): number[] =>
      tracks.flatMap((track, index) =>
        track.isLead === isLead && track.stem.integrated !== null ? [index] : [],
      );
    const [lead, rest] = [placesOf(true), placesOf(false)];
    if (lead.length === 0 || rest.length === 0) return levels;
    const [leading, backing] = await Promise.all([
      this.#render(head, tracks, levels, { tracks: lead, sounds: "dry" }),
      this.#render(head, tracks, levels, { tracks: rest, sounds: "dry" }),
    ]);
    if (leading.loudness.integrated === null || backing.loudness.integrated === null) return levels;
    const wanted = leading.loudness.integrated + backingAbove(tracks) - backing.loudness.integrated;
    this.#moved = tenths(Math.max(-MOST_MOVE, Math.min(MOST_MOVE, wanted)));
    const faders = levels.faders.map((fader, index) =>
      rest.includes(index) ? tenths(clampFader(fader + this.#moved)) : fader,
    );
    return { ...levels, faders };
  }

  async #setReverb(
    head: RoughHead,
    tracks: readonly PlannedTrack[],
    levels: RoughLevels,
  ): Promise<RoughLevels> {
    const wet = tracks.flatMap((track, index) =>
      isWet(track) && track.stem.integrated !== null ? [index] : [],
    );
    if (wet.length === 0) return levels;
    const [dry, reverb] = await Promise.all([
      this.#render(head, tracks, levels, { tracks: wet, sounds: "dry" }),
      this.#render(head, tracks, levels, { tracks: wet, sounds: "reverb" }),
    ]);
    if (dry.loudness.integrated === null || reverb.loudness.integrated === null) return levels;
    return {
      ...levels,
      reverb: tenths(clampFader(dry.loudness.integrated - REVERB_UNDER - reverb.loudness.integrated)),
    };
  }

  /** Brings the mix between -23 and -18 LUFS with its peaks under -6 dBFS; a limiter helps only where no gain can. */
  async #setMaster(
    head: RoughHead,
    tracks: readonly PlannedTrack[],
    levels: RoughLevels,
  ): Promise<{ levels: RoughLevels; overview: SongOverview }> {
    const first = await this.#render(head, tracks, levels, {});
    const { integrated, samplePeak } = first.loudness;
    if (integrated === null || samplePeak === null) return { levels, overview: first };
    const forPeaks = PEAK_CEILING - 0.1 - samplePeak;
    const wanted = Math.min(forPeaks, Math.max(LOUDEST - 2 - integrated, 0), LOUDEST - integrated);
    const master = Math.max(wanted, QUIETEST - integrated);
    const set = { ...levels, master: tenths(master), isLimited: master > forPeaks };
    if (set.master === 0 && !set.isLimited) return { levels, overview: first };
    return { levels: set, overview: await this.#render(head, tracks, set, {}) };
  }

  #render(
    head: RoughHead,
    tracks: readonly PlannedTrack[],
    levels: RoughLevels,
    part: Part,
  ): Promise<SongOverview> {
    const fileOf = (file: string): string => resolve(dirname(this.path), file);
    const path = join(this.temporary, `${++this.#rendered}.mix.json`);
    writeFileSync(path, JSON.stringify(roughDocument(head, tracks, levels, fileOf, part)));
    return this.#run<SongOverview>("overview", {
      path,
      decodedFolder: this.decodedFolder,
    } satisfies SongInput);
  }

  async #run<Result>(job: string, input: unknown): Promise<Result> {
    const result = await this.pool.run<Result>(job, input, this.#signal());
    this.#done++;
    this.options.onProgress?.(Math.min(1, this.#done / this.#steps));
    return result;
  }

  #signal(): { readonly signal: AbortSignal | undefined } {
    return { signal: this.options.signal };
  }

  #notes(tracks: readonly PlannedTrack[], { loudness }: SongOverview): string[] {
    const lead = tracks.filter(({ isLead }) => isLead).map(({ name }) => name);
    const level = (value: number | null, unit: string): string =>
      value === null ? "silence" : `${value.toFixed(1)} ${unit}`;
    return [
      "Rough mix by Headroom: a place to start from. Every number may be changed, here or in the mixer.",
      `Mix bus: ${level(loudness.integrated, "LUFS")}, peak ${level(loudness.samplePeak, "dBFS")}.`,
      ...(lead.length === 0 ? [] : [`Lead: ${lead.join(", ")}. The rest together is as loud as the lead.`]),
      ...(this.#moved === 0
        ? []
        : [`For that, everything but the lead was moved by ${this.#moved.toFixed(1)} dB.`]),
    ];
  }
}

const clampFader = (fader: number): number => Math.max(LOWEST_FADER, Math.min(HIGHEST_FADER, fader));
const titleOf = (path: string): string => basename(path).replace(/(\.mix)?\.json$/, "");

/** @param shortTerm LUFS over 3 s, ten values a second @returns where the loudest 3 s begin, seconds */
function loudestTime(shortTerm: Float32Array): number {
  let loudest = 0;
  shortTerm.forEach((value, i) => (loudest = value > shortTerm[loudest]! ? i : loudest));
  return Math.max(0, (loudest + 1) / 10 - 3);
}
