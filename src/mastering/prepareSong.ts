/**
 * First pass over a song: measures it as it is, runs it through its chain, measures that, and
 * keeps the result in temporary files, one for each sample rate that will be delivered.
 */
import { rmSync } from "node:fs";
import { Dsp } from "../engine/dsp.js";
import type { OpenImpulse } from "../engine/impulse.js";
import { InsertChain } from "../engine/inserts.js";
import { Meter, type LoudnessMeasurement } from "../engine/meter.js";
import { Resampler } from "../engine/resampler.js";
import { ThirdOctaveMeter } from "../engine/thirdOctaves.js";
import type { Block, Song } from "../engine/song.js";
import { insertDefaults, type Insert } from "../session/insertTable.js";
import { IntermediateReader, IntermediateWriter, type Intermediate } from "./intermediate.js";
import { loudPartLoudness } from "./loudPart.js";
import { withSong, type SongInput } from "./openSong.js";
import { overviewOf } from "./overview.js";
import { checkQuality, type QualityFinding } from "./quality/checkQuality.js";
import type { SongOverview, StageReduction } from "./results.js";
import { toneOf, type Tone } from "./tone/tone.js";
import { LARGEST_GAIN } from "./solveGain.js";
import { RangeCut } from "./rangeCut.js";
import { stageReductions } from "./stageReductions.js";
import type { TimeRange } from "./timeRange.js";

export interface PrepareInput {
  readonly source: SongInput;
  /** The part of it that the album takes. */
  readonly part: TimeRange;
  readonly chain: readonly Insert[];
  /** LUFS that the loud part is brought to before the chain; `null`: as it is. */
  readonly chainLevel: number | null;
  /** Hz; `null` stands for the song's own rate. */
  readonly sampleRates: readonly (number | null)[];
  /** Start of the temporary files' paths. */
  readonly temporary: string;
}

export interface PreparedSong {
  readonly before: SongOverview;
  /** Gated-block energies of the source, for the album's loudness. */
  readonly beforeEnergies: Float64Array;
  /** After the chain: LUFS, `null` if there is none. */
  readonly integrated: number | null;
  readonly loudPart: number | null;
  /** After the chain: dBFS of the highest sample; `null` for silence. */
  readonly peak: number | null;
  /** After the chain; `null` for silence. */
  readonly tone: Tone | null;
  /** Gain before the chain, dB. */
  readonly chainGain: number;
  /** What the chain's dynamics did, in its order. */
  readonly stages: readonly StageReduction[];
  /** One per wanted sample rate, in the order of the input; the same rate shares one file. */
  readonly intermediates: readonly Intermediate[];
  /** Of the source. */
  readonly quality: readonly QualityFinding[];
  /** Absolute paths of the files that were read. */
  readonly sources: readonly string[];
  readonly warnings: readonly string[];
}

/** @param report takes the share done, 0 to 1 */
export function prepareSong(input: PrepareInput, report: (fraction: number) => void): Promise<PreparedSong> {
  const dsp = new Dsp();
  const impulses = input.chain.flatMap((insert) => (insert.type === "convolution" ? [insert.file] : []));
  return withSong(dsp, { ...input.source, others: impulses }, report, (song, reportRest, open) =>
    new FirstPass(dsp, song, input, open).run(reportRest),
  );
}

class FirstPass {
  readonly #song: Song;
  readonly #part: RangeCut;
  readonly #input: PrepareInput;
  readonly #source: Meter;
  readonly #processed: Meter;
  readonly #open: OpenImpulse;
  readonly #dsp: Dsp;
  readonly #tone: ThirdOctaveMeter;
  readonly #outputs: readonly Output[];

  constructor(dsp: Dsp, song: Song, input: PrepareInput, open: OpenImpulse) {
    const { sampleRate } = song;
    this.#song = song;
    this.#part = new RangeCut(input.part, sampleRate);
    this.#input = input;
    this.#source = new Meter(dsp, { sampleRate, channels: 2, truePeak: true });
    this.#processed = new Meter(dsp, { sampleRate, channels: 2, truePeak: false });
    this.#dsp = dsp;
    this.#open = open;
    this.#tone = new ThirdOctaveMeter(dsp, sampleRate);
    const rates = [...new Set(input.sampleRates.map((rate) => rate ?? sampleRate))];
    this.#outputs = rates.map((rate) => new Output(dsp, sampleRate, rate, `${input.temporary}-${rate}.raw`));
  }

  run(report: (fraction: number) => void): PreparedSong {
    return this.#input.chainLevel === null
      ? this.#runAtOnce(report)
      : this.#runLevelled(this.#input.chainLevel, report);
  }

  #runAtOnce(report: (fraction: number) => void): PreparedSong {
    const chain = this.#chain(0);
    for (let block = this.#next(); block; block = this.#next()) {
      this.#source.process(block);
      this.#take(chain.process(block));
      report(this.#song.progress);
    }
    for (const block of chain.flush()) this.#take(block);
    return this.#result(this.#source.finish(), chain, 0);
  }

  /** How loud the song is must be known before it goes into the chain: it is kept meanwhile, and not rendered twice. */
  #runLevelled(level: number, report: (fraction: number) => void): PreparedSong {
    const writer = new IntermediateWriter(
      this.#dsp,
      `${this.#input.temporary}-source.raw`,
      this.#song.sampleRate,
    );
    for (let block = this.#next(); block; block = this.#next()) {
      this.#source.process(block);
      writer.write(block);
      report(0.6 * this.#song.progress);
    }
    const kept = writer.finish();
    const source = this.#source.finish();
    const loudPart = loudPartLoudness(source.shortTermEnergies);
    const gain = loudPart === null ? 0 : Math.min(level - loudPart, LARGEST_GAIN);
    const chain = this.#chain(gain);
    const reader = new IntermediateReader(this.#dsp, kept);
    try {
      for (let block = reader.next(), done = 0; block; block = reader.next()) {
        done += block.frames;
        this.#take(chain.process(block));
        report(0.6 + 0.4 * (done / kept.frames));
      }
    } finally {
      reader.close();
      rmSync(kept.path, { force: true });
    }
    for (const block of chain.flush()) this.#take(block);
    return this.#result(source, chain, gain);
  }

  /** The next block of the part. @throws Error if that reaches beyond the song's end */
  #next(): Block | undefined {
    for (let block: Block | undefined; !this.#part.isComplete && (block = this.#song.next());) {
      const { inside } = this.#part.split(block);
      if (inside.frames > 0) return inside;
    }
    const { from, to } = this.#input.part;
    if (from > 0 || to !== undefined) this.#part.assertReached(this.#song.sampleRate, "song");
    return undefined;
  }

  /** @param gain before it, dB */
  #chain(gain: number): InsertChain {
    const level: Insert[] = gain === 0 ? [] : [{ ...insertDefaults("gain"), gain }];
    return new InsertChain(this.#dsp, [...level, ...this.#input.chain], this.#song.sampleRate, this.#open);
  }

  #take(block: Block): void {
    this.#processed.process(block);
    this.#tone.process(block);
    for (const output of this.#outputs) output.write(block);
  }

  #result(source: LoudnessMeasurement, chain: InsertChain, chainGain: number): PreparedSong {
    const finished = this.#outputs.map((output) => output.finish());
    const processed = this.#processed.finish();
    return {
      before: overviewOf(this.#input.source.path, source),
      beforeEnergies: source.blockEnergies,
      integrated: processed.integrated,
      loudPart: loudPartLoudness(processed.shortTermEnergies),
      peak: processed.samplePeak,
      tone: toneOf(this.#tone.finish()),
      chainGain,
      stages: stageReductions(this.#dsp, this.#input.chain, chain.processors.slice(chainGain === 0 ? 0 : 1)),
      intermediates: this.#input.sampleRates.map((rate) =>
        finished.find(({ sampleRate }) => sampleRate === (rate ?? this.#song.sampleRate))!,
      ),
      quality: checkQuality(source, null).map((finding) => inSource(finding, this.#input.part)),
      sources: this.#song.sources,
      warnings: this.#song.warnings(),
    };
  }
}

/** Its time is that of the source, of which a part is taken. */
const inSource = (finding: QualityFinding, { from }: TimeRange): QualityFinding =>
  finding.time === null ? finding : { ...finding, time: finding.time + from };

/** The processed song at one sample rate, on its way into a temporary file. */
class Output {
  readonly #resampler: Resampler;
  readonly #writer: IntermediateWriter;

  constructor(dsp: Dsp, inputRate: number, outputRate: number, path: string) {
    this.#resampler = new Resampler(dsp, inputRate, outputRate);
    this.#writer = new IntermediateWriter(dsp, path, outputRate);
  }

  write(block: Block): void {
    this.#writer.write(this.#resampler.process(block));
  }

  finish(): Intermediate {
    this.#writer.write(this.#resampler.finish());
    return this.#writer.finish();
  }
}
