/** What checks ask for, measured of a file or a rendered session. */
import { Dsp } from "../engine/dsp.js";
import { Meter } from "../engine/meter.js";
import type { Figures, SongFigure } from "../session/checks.js";
import { withSong, type SongInput } from "./openSong.js";

/** @throws as `withSong` of openSong.ts */
export function figuresJob(input: SongInput, report: (fraction: number) => void): Promise<Figures> {
  const dsp = new Dsp();
  return withSong(dsp, input, report, (song, reportRest): Record<SongFigure, number | null> => {
    const meter = new Meter(dsp, { sampleRate: song.sampleRate, channels: 2, truePeak: true });
    for (let block = song.next(); block; block = song.next()) {
      meter.process(block);
      reportRest(song.progress);
    }
    const { integrated, momentaryMax, shortTermMax, lra, truePeak, samplePeak, plr, correlation, duration } =
      meter.finish();
    return { integrated, momentaryMax, shortTermMax, lra, truePeak, samplePeak, plr, correlation, duration };
  });
}
