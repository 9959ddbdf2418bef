/**
 * A full-HD view of the spectrogram of a long stereo file, tile by tile as the view asks for it: `spectrogram INPUT`.
 * Prints the milliseconds of each of five views on standard error, process start not counted.
 */
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { spectrogramJob } from "../../src/mastering/overviewJobs.js";
import { TILE_COLUMNS } from "../../src/protocol/wavProtocol.js";
import type { EditedAudio } from "../../src/session/audioEdits.js";

const COLUMNS = 1920;
const path = process.argv[2]!;
const file = openAudioFile(path);
const { frames, channels, channelMask, sampleRate } = file.info;
file.close();
const audio: EditedAudio = {
  ...{ sampleRate, channels, channelMask, markers: [], tags: { info: {}, bext: null } },
  sources: [{ path, frames }],
  pieces: [{ frames, layers: [{ source: 0, start: 0, isReversed: false, treatments: [] }] }],
  format: { bitDepth: 24, dither: "none" },
};
/** The widest zoom at which the file fills the view. */
const level = Math.floor(Math.log2(frames / COLUMNS));

function drawView(): void {
  for (let first = 0; first < COLUMNS; first += TILE_COLUMNS) {
    const count = Math.min(TILE_COLUMNS, COLUMNS - first);
    const shape = { size: 2048, window: "hann", scale: "linear", rows: 1000 } as const;
    spectrogramJob({ audio, level, first, count, ...shape });
  }
}

for (let view = 0; view < (process.env.HEADROOM_VIEWS ? 5 : 1); view++) {
  const start = performance.now();
  drawView();
  console.error(`${(performance.now() - start).toFixed(0)} ms`);
}
