/** Jobs that render tracks up to their faders, each to a file that a mixdown then takes in its place. */
import { WavWriter } from "../../audio/wavWriter.js";
import { Dsp } from "../../engine/dsp.js";
import type { MixPlan } from "../../engine/mixPlan.js";
import { PcmEncoder } from "../../engine/pcmEncoder.js";
import { BLOCK_FRAMES } from "../../engine/song.js";
import { TrackSignal } from "../../engine/trackSignal.js";
import { withMixPlan, type SongInput } from "../openSong.js";
import type { CachedTrack } from "./renderCache.js";
import { isWorthKeeping, trackKey } from "./trackKey.js";

/** Two channels of 32-bit floats. */
const MOST_BYTES_PER_FRAME = 8;

/** A track that is worth keeping, and its key of the render cache. */
export interface TrackToFreeze {
  readonly id: string;
  readonly key: string;
  /** What its file takes at most, the tails of its effects not counted. */
  readonly bytes: number;
}

/** @returns the tracks of a session that take more than reading their files, in its order */
export function findTracksJob(input: SongInput): Promise<TrackToFreeze[]> {
  return withMixPlan(input, ignore, (plan) =>
    plan.channels.filter(isWorthKeeping).map(({ id }) => ({
      id,
      key: trackKey(plan, id),
      bytes: plan.frames * MOST_BYTES_PER_FRAME,
    })),
  );
}

export interface FreezeInput extends SongInput {
  /** Id of the track. */
  readonly track: string;
  /** The file that is written, whole or not at all. */
  readonly target: string;
}

/** @param report takes the share done, 0 to 1 */
export function freezeTrackJob(
  { track, target, ...input }: FreezeInput,
  report: (fraction: number) => void,
): Promise<CachedTrack> {
  return withMixPlan(input, ignore, (plan, open) => {
    const dsp = new Dsp();
    const signal = new TrackSignal(dsp, plan, track, open);
    try {
      return writeSignal(dsp, plan, signal, target, report);
    } finally {
      signal.close();
    }
  });
}

function writeSignal(
  dsp: Dsp,
  { sampleRate, frames: songFrames }: MixPlan,
  signal: TrackSignal,
  target: string,
  report: (fraction: number) => void,
): CachedTrack {
  const channels = signal.isMono ? 1 : 2;
  const encoder = new PcmEncoder(dsp, "f32", "none", sampleRate, BLOCK_FRAMES, channels);
  const writer = WavWriter.create(target, { sampleRate, channels, layout: "f32" });
  let frames = 0;
  let peak = 0;
  try {
    for (let block = signal.next(); block; block = signal.next()) {
      const sides = [block.left, block.right].slice(0, channels);
      for (const side of sides) peak = Math.max(peak, dsp.exports.largest(side, block.frames));
      writer.write(encoder.encodeChannels(sides, block.frames));
      frames += block.frames;
      report(Math.min(1, frames / Math.max(1, songFrames)));
    }
    writer.finish();
  } catch (error) {
    writer.abort();
    throw error;
  }
  return {
    path: target,
    channels,
    frames,
    latency: signal.latency,
    hold: signal.hold,
    peak,
    warnings: signal.warnings(),
  };
}

const ignore = (): void => undefined;
