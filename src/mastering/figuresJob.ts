/** What checks ask for, measured of a file or a rendered session. */
import { Dsp } from "../engine/dsp.js";
import type { Figures, SongFigure } from "../session/checks.js";
import { meterSong } from "./measureJob.js";
import { withSong, type SongInput } from "./openSong.js";
import { loudnessOf } from "./overview.js";

/** @throws as `withSong` of openSong.ts */
export function figuresJob(input: SongInput, report: (fraction: number) => void): Promise<Figures> {
  const dsp = new Dsp();
  return withSong(dsp, input, report, (song, reportRest): Record<SongFigure, number | null> => {
    const measured = meterSong(dsp, song, reportRest);
    return { ...loudnessOf(measured), correlation: measured.correlation, duration: measured.duration };
  });
}
