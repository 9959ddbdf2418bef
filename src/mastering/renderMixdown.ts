/** Renders a session to one stereo WAV file, nothing mastered. */
import { resolve } from "node:path";
import type { SampleLayout } from "../audio/audioFile.js";
import { WavWriter } from "../audio/wavWriter.js";
import { Dsp } from "../engine/dsp.js";
import { Meter } from "../engine/meter.js";
import { PcmEncoder } from "../engine/pcmEncoder.js";
import { Resampler } from "../engine/resampler.js";
import type { Block, Song } from "../engine/song.js";
import type { Dither } from "../session/delivery.js";
import { withSong, type SongInput } from "./openSong.js";
import { overviewOf } from "./overview.js";
import type { SongOverview } from "./results.js";
import { RangeCut } from "./rangeCut.js";
import type { TimeRange } from "./timeRange.js";
import { StemWriters, type StemName } from "./stems/stemWriters.js";

/** Its path is that of the session. */
export interface MixdownInput extends SongInput {
  /** The file that the mixdown is for. */
  readonly output: string;
  readonly layout: SampleLayout;
  readonly dither: Dither;
  /** Hz; the session's own if absent. */
  readonly sampleRate?: number | undefined;
  /** Only this part of the mixdown; its samples are those of the whole. */
  readonly range?: TimeRange | undefined;
}

export interface MixdownResult {
  readonly overview: SongOverview;
  /** Samples over full scale that an integer format had to clip. */
  readonly clipped: number;
  readonly warnings: readonly string[];
}

export interface RenderMixdownInput extends MixdownInput {
  /** Where the rendering goes until it is whole. */
  readonly temporary: string;
  /** Stems that are written on the way. */
  readonly stems?: { readonly folder: string; readonly names: readonly StemName[] } | undefined;
}

/**
 * @param report takes the share done, 0 to 1
 * @throws Error if the session plays the very file that is to be written, or the range is beyond the mixdown's end
 */
export function renderMixdown(
  input: RenderMixdownInput,
  report: (fraction: number) => void,
): Promise<MixdownResult> {
  const dsp = new Dsp();
  return withSong(dsp, input, report, (song, reportRest) => renderSong(dsp, song, input, reportRest));
}

function renderSong(
  dsp: Dsp,
  song: Song,
  input: RenderMixdownInput,
  report: (fraction: number) => void,
): MixdownResult {
  if (song.sources.includes(resolve(input.output))) {
    throw new Error(`${input.output}: the session plays this file; choose another name for the mixdown`);
  }
  const sampleRate = input.sampleRate ?? song.sampleRate;
  const cut = new RangeCut(input.range ?? { from: 0 }, sampleRate);
  const resampler = new Resampler(dsp, song.sampleRate, sampleRate);
  const encoder = new PcmEncoder(dsp, input.layout, input.dither, sampleRate, resampler.maxOutput);
  const meter = new Meter(dsp, { sampleRate, channels: 2, truePeak: true });
  const writer = WavWriter.create(input.temporary, { sampleRate, channels: 2, layout: input.layout });
  const stems = openStems(dsp, song, sampleRate, input);
  let clippedBefore = 0;
  const take = (block: Block): void => {
    const { before, inside } = cut.split(block);
    // Dither runs from the start of the song.
    if (before.frames > 0) {
      encoder.encode(before);
      clippedBefore = encoder.clipped;
    }
    if (inside.frames === 0) return;
    meter.process(inside);
    writer.write(encoder.encode(inside));
  };
  try {
    let block = song.next();
    for (; block && !cut.isComplete; block = song.next()) {
      take(resampler.process(block));
      stems?.write(block.taps ?? [], block.frames);
      report(song.progress);
    }
    take(resampler.finish());
    // A track alone may end before the others do.
    if (input.range && input.solo === undefined) cut.assertReached(sampleRate);
    writer.finish();
    stems?.finish();
    // What is kept of a song is kept of all of it.
    if (!block) song.finish();
  } catch (error) {
    writer.abort();
    stems?.abort();
    throw error;
  }
  return {
    overview: overviewOf(input.output, meter.finish()),
    clipped: encoder.clipped - clippedBefore + (stems?.clipped ?? 0),
    warnings: song.warnings(),
  };
}

function openStems(
  dsp: Dsp,
  song: Song,
  sampleRate: number,
  { stems, layout, dither, range }: RenderMixdownInput,
): StemWriters | undefined {
  if (!stems) return undefined;
  const format = { layout, dither, sessionRate: song.sampleRate, sampleRate, range };
  return new StemWriters(dsp, stems.folder, stems.names, format);
}
