/** Measures a recording that songs are to approach. */
import { Dsp } from "../../engine/dsp.js";
import { Meter } from "../../engine/meter.js";
import { ThirdOctaveMeter } from "../../engine/thirdOctaves.js";
import { withSong, type SongInput } from "../openSong.js";
import { toneOf, type Tone } from "./tone.js";

export interface MeasuredReference {
  /** `null` for silence. */
  readonly tone: Tone | null;
  /** LUFS. */
  readonly integrated: number | null;
}

/** @throws AudioFileError if it cannot be read */
export function referenceJob(input: SongInput): Promise<MeasuredReference> {
  const dsp = new Dsp();
  return withSong(
    dsp,
    input,
    () => undefined,
    (song) => {
      const tone = new ThirdOctaveMeter(dsp, song.sampleRate);
      const meter = new Meter(dsp, { sampleRate: song.sampleRate, channels: 2, truePeak: false });
      for (let block = song.next(); block; block = song.next()) {
        meter.process(block);
        tone.process(block);
      }
      return { tone: toneOf(tone.finish()), integrated: meter.finish().integrated };
    },
  );
}
