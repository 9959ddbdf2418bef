/** The audio of one part of a song while it is composed. */
import { dbToGain, dB } from "../../src/units/decibels.js";
import { DcBlocker } from "./synth/filters.js";

/** Peak of a finished stem; the sessions' faders decide how loud it is in the mix. */
const STEM_PEAK = dB(-3);
/** Length of the fade that makes sure of silence at the end of a file. */
const LAST_FADE_SECONDS = 0.25;

export class Stem {
  /** One array a channel: one for mono, left and right for stereo. */
  readonly channels: readonly Float64Array[];

  constructor(
    readonly sampleRate: number,
    readonly frames: number,
    channels: 1 | 2,
  ) {
    this.channels = Array.from({ length: channels }, () => new Float64Array(frames));
  }

  /**
   * Adds a sound of `count` frames from frame `start` on; what lies beyond the end is left out.
   * @param pan -1 left, 1 right, constant power; a mono stem ignores it
   * @param render fills the whole of its target with the sound
   */
  add(start: number, count: number, pan: number, render: (target: Float64Array) => void): void {
    const sound = new Float64Array(Math.max(0, Math.min(count, this.frames - start)));
    render(sound);
    const angle = ((pan + 1) * Math.PI) / 4;
    const gains = this.channels.length === 1 ? [1] : [Math.cos(angle), Math.sin(angle)];
    this.channels.forEach((channel, side) => {
      const gain = gains[side]!;
      for (let i = 0; i < sound.length; i++) channel[start + i]! += gain * sound[i]!;
    });
  }

  /** Makes it fit for a file: no DC, a peak of {@link STEM_PEAK}, silence at the very end. */
  finish(): void {
    let peak = 0;
    for (const channel of this.channels) {
      const blocker = new DcBlocker(this.sampleRate);
      for (let i = 0; i < channel.length; i++) {
        const sample = blocker.process(channel[i]!);
        channel[i] = sample;
        if (sample > peak || -sample > peak) peak = Math.abs(sample);
      }
    }
    if (peak === 0) return;
    const factor = dbToGain(STEM_PEAK) / peak;
    const fade = Math.min(this.frames, Math.round(LAST_FADE_SECONDS * this.sampleRate));
    for (const channel of this.channels) {
      for (let i = 0; i < channel.length; i++) channel[i]! *= factor;
      for (let left = 0; left < fade; left++) channel[channel.length - 1 - left]! *= left / fade;
    }
  }

  /** Interleaved little-endian samples of 24 bits, rounded. A finished stem needs no limit. */
  to24Bit(): Uint8Array {
    const count = this.channels.length;
    const bytes = new Uint8Array(3 * count * this.frames);
    this.channels.forEach((channel, side) => {
      for (let frame = 0, at = 3 * side; frame < channel.length; frame++, at += 3 * count) {
        const sample = Math.round(channel[frame]! * 2 ** 23) | 0;
        bytes[at] = sample;
        bytes[at + 1] = sample >> 8;
        bytes[at + 2] = sample >> 16;
      }
    });
    return bytes;
  }
}
