/** Live playback without a browser: files answered from disk, at once or later. */
import type { AudioFile } from "../../../src/audio/audioFile.js";
import { openAudioFile } from "../../../src/audio/openAudioFile.js";
import { LIVE_BLOCK } from "../../../src/engine/live/graphRun.js";
import { LiveMix } from "../../../src/engine/live/liveMix.js";
import type { PagedFormat, SoundRequest } from "../../../src/engine/live/soundPages.js";
import type { MixPlan } from "../../../src/engine/mixPlan.js";
import type { StereoSound } from "../sessionBench.js";

export class LiveBench {
  readonly live: LiveMix;
  /** All that were asked for. */
  readonly requests: SoundRequest[] = [];
  /** Requests that have not been answered. */
  waiting: SoundRequest[] = [];
  /** Whether requests are answered by {@link answer} only. */
  isSlow = false;
  /** Most bytes held at any time. */
  mostBytes = 0;

  constructor(plan: MixPlan, mostBytes?: number) {
    this.live = new LiveMix({
      ask: (request) => {
        this.requests.push(request);
        this.waiting.push(request);
      },
      ...(mostBytes === undefined ? {} : { mostBytes }),
    });
    this.setPlan(plan);
  }

  setPlan(plan: MixPlan): void {
    this.live.setPlayable({ plan, files: filesOf(plan) });
  }

  answer(): void {
    while (this.waiting.length > 0) {
      const request = this.waiting.shift()!;
      const file = openAudioFile(request.path);
      const bytes = new Uint8Array(request.count * file.pcm.frameBytes);
      const frames = file.readFrames(request.start, request.count, bytes);
      file.close();
      this.live.pages.take(request, bytes.subarray(0, frames * file.pcm.frameBytes));
      this.mostBytes = Math.max(this.mostBytes, this.live.pages.bytes);
    }
  }

  /** Makes the next frame ready to be given. */
  prepare(frames = LIVE_BLOCK): void {
    for (let tries = 0; !this.live.prepare(frames); tries++) {
      this.answer();
      if (tries > 200) throw new Error("LiveBench: the sound never comes");
    }
  }

  /** Starts at `frame` and gives `frames` frames. */
  play(frame: number, frames: number): StereoSound {
    this.live.start(frame);
    this.prepare();
    return this.goOn(frames);
  }

  /** Gives the next `frames` frames; silence where the sound is late. */
  goOn(frames: number): StereoSound {
    const left = new Float32Array(frames);
    const right = new Float32Array(frames);
    const block = [new Float32Array(LIVE_BLOCK), new Float32Array(LIVE_BLOCK)] as const;
    for (let done = 0; done < frames; done += LIVE_BLOCK) {
      if (!this.isSlow) this.answer();
      const wanted = Math.min(LIVE_BLOCK, frames - done);
      const given = this.live.pull(...block, wanted);
      left.set(block[0].subarray(0, given), done);
      right.set(block[1].subarray(0, given), done);
      if (given < wanted && !this.live.hasEnded) this.live.prepare(LIVE_BLOCK);
    }
    return { left, right };
  }
}

/** How the samples of the files of a plan lie. */
export function filesOf(plan: MixPlan): Record<string, PagedFormat> {
  const clips = plan.channels.flatMap((channel) => channel.clips.map(({ source }) => source.path));
  const inserts = [...plan.channels.flatMap((channel) => channel.inserts), ...plan.masterInserts];
  const impulses = inserts.flatMap(({ impulse, live }) =>
    impulse === undefined || live?.isBypassed ? [] : [impulse],
  );
  return Object.fromEntries(
    [...clips, ...impulses].map((path) => {
      const { info, pcm } = opened(path);
      return [path, { sampleRate: info.sampleRate, frames: info.frames, ...pcm }];
    }),
  );
}

function opened(path: string): AudioFile {
  const file = openAudioFile(path);
  file.close();
  return file;
}
