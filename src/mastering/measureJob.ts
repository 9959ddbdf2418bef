/** Jobs that only measure. */
import { openAudioFile } from "../audio/openAudioFile.js";
import { sourceWarnings } from "../engine/blockDecoder.js";
import { Dsp } from "../engine/dsp.js";
import { Meter, type LoudnessMeasurement } from "../engine/meter.js";
import type { Song } from "../engine/song.js";
import { measureFile, type FileMeasurement } from "../engine/measureFile.js";
import type { SongInput } from "./openSong.js";
import { overviewOf } from "./overview.js";
import type { SongOverview } from "./results.js";
import { withPcm } from "./withPcm.js";

type Report = (fraction: number) => void;

export interface MeasureInput {
  readonly path: string;
  /** A mono file counts as two equal channels (+3.01 LU) instead of one. */
  readonly dualMono: boolean;
}

export interface MeasuredFile {
  readonly measurement: FileMeasurement;
  readonly warnings: readonly string[];
}

/** @param report takes the share done, 0 to 1 */
export function measureJob(input: MeasureInput, report?: Report): Promise<MeasuredFile> {
  return withPcm(input.path, report, (path, warnings, reportRest) => {
    const measured = measurePcm({ ...input, path }, reportRest);
    return { ...measured, warnings: [...warnings, ...measured.warnings] };
  });
}

/** Measures a file that can be read at any frame. */
export function measurePcm({ path, dualMono }: MeasureInput, report?: Report): MeasuredFile {
  const file = openAudioFile(path);
  try {
    const measurement = measureFile(new Dsp(), file, { dualMono }, report);
    return { measurement, warnings: sourceWarnings(file.info, measurement.nonFinite) };
  } finally {
    file.close();
  }
}

/** Plays a song to its end and measures it, a mono one as two equal channels. @param report takes the share done */
export function meterSong(dsp: Dsp, song: Song, report?: Report): LoudnessMeasurement {
  const meter = new Meter(dsp, { sampleRate: song.sampleRate, channels: 2, truePeak: true });
  for (let block = song.next(); block; block = song.next()) {
    meter.process(block);
    report?.(song.progress);
  }
  return meter.finish();
}

/** Measures what an album would take: stereo, a mono file as two equal channels. */
export async function overviewJob(input: SongInput): Promise<SongOverview> {
  const { withSong } = await import("./openSong.js");
  const dsp = new Dsp();
  return withSong(
    dsp,
    input,
    () => undefined,
    (song) => overviewOf(input.path, meterSong(dsp, song)),
  );
}
