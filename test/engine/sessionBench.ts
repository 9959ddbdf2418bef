/** Sessions given as objects, on files made by code, for the tests of the engine. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { WavWriter } from "../../src/audio/wavWriter.js";
import { Dsp } from "../../src/engine/dsp.js";
import { compileMix, type FrozenTrack, type MixPlan } from "../../src/engine/mixPlan.js";
import { MixSong } from "../../src/engine/mixSong.js";
import type { Block } from "../../src/engine/song.js";
import { TrackSignal } from "../../src/engine/trackSignal.js";
import { parseMix, type MixDocument } from "../../src/session/mixDocument.js";

export const RATE = 48_000;

/** Left and right, f32. */
export interface StereoSound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export class SessionBench {
  readonly folder = mkdtempSync(join(tmpdir(), "headroom-session-"));

  /** Writes a float file of one or two channels. */
  write(name: string, channels: readonly Float32Array[], sampleRate = RATE): string {
    const path = join(this.folder, name);
    const frames = channels[0]!.length;
    const samples = new Float32Array(frames * channels.length);
    channels.forEach((channel, c) =>
      channel.forEach((sample, i) => (samples[i * channels.length + c] = sample)),
    );
    const writer = WavWriter.create(path, { sampleRate, channels: channels.length, layout: "f32" });
    writer.write(new Uint8Array(samples.buffer));
    writer.finish();
    return path;
  }

  /** @throws Error if the session has errors */
  document(session: object): MixDocument {
    const { value, diagnostics } = parseMix(JSON.stringify({ headroom: 1, sampleRate: RATE, ...session }));
    if (!value) throw new Error(JSON.stringify(diagnostics, undefined, 2));
    return value;
  }

  /** With all connections, for live playback. */
  livePlan(session: object): MixPlan {
    return this.plan(session, undefined, true);
  }

  plan(session: object, frozen?: ReadonlyMap<string, FrozenTrack>, isLive = false): MixPlan {
    const sourceOf = (file: string) => {
      const source = openAudioFile(join(this.folder, file));
      source.close();
      return source.info;
    };
    return compileMix(this.document(session), sourceOf, frozen, isLive);
  }

  /** Renders `frames` frames from the song's first one on, latency dropped, in blocks of `blockFrames`. */
  render(session: object, frames: number, blockFrames = 4096): StereoSound {
    return this.play(this.plan(session), frames, blockFrames).sound;
  }

  /** The same with the sound of the tapped channels. */
  play(plan: MixPlan, frames: number, blockFrames = 4096, taps: readonly string[] = []) {
    const dsp = new Dsp();
    const song = new MixSong(dsp, plan, openAudioFile, taps);
    const total = song.latency + frames;
    const sounds = ["", ...taps].map(() => emptySound(total));
    for (let at = 0; at < total; at += blockFrames) {
      const count = Math.min(blockFrames, total - at);
      const block = song.render(count);
      [block, ...(block.taps ?? [])].forEach((each, i) =>
        copy(dsp, { ...each, frames: count }, sounds[i]!, at),
      );
    }
    song.close();
    const [sound, ...tapped] = sounds.map(({ left, right }) => ({
      left: left.subarray(song.latency),
      right: right.subarray(song.latency),
    }));
    return { sound: sound!, taps: tapped, latency: song.latency };
  }

  /** Renders the signal of a track up to its fader to a file. */
  freeze(plan: MixPlan, id: string): FrozenTrack {
    const dsp = new Dsp();
    const signal = new TrackSignal(dsp, plan, id, openAudioFile);
    const [left, right]: [number[], number[]] = [[], []];
    for (let block = signal.next(); block; block = signal.next()) {
      left.push(...dsp.float32(block.left, block.frames));
      right.push(...dsp.float32(block.right, block.frames));
    }
    signal.close();
    const channels = [left, ...(signal.isMono ? [] : [right])].map((each) => Float32Array.from(each));
    const path = this.write(`frozen-${id}.wav`, channels);
    return {
      path,
      channels: channels.length,
      frames: left.length,
      latency: signal.latency,
      hold: signal.hold,
      peak: Infinity,
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function emptySound(frames: number): StereoSound {
  return { left: new Float32Array(frames), right: new Float32Array(frames) };
}

function copy(dsp: Dsp, { left, right, frames }: Block, sound: StereoSound, at: number): void {
  sound.left.set(dsp.float32(left, frames), at);
  sound.right.set(dsp.float32(right, frames), at);
}
