/** "First Light": quiet, slow, D major. A pad breathes, a felt piano walks, a bell sings. */
import { play } from "../instruments/play.js";
import { bell, feltPiano } from "../instruments/struck.js";
import { subBass, subtractive } from "../instruments/subtractive.js";
import { wind } from "../instruments/wind.js";
import { arpeggio, chords, humanize, melody, pattern, roots, strum } from "../score.js";
import { mono, stereo, type Song } from "../song.js";
import { bandLimit, chorus, reverb } from "../synth/effects.js";

/** Beats per minute. */
const TEMPO = 66;
const HALL = { decay: 4.5, damping: 4000, mix: 0.3 };

/** One chord a bar: intro, theme (bars 1-4), variation (bars 5-8), ending. */
const HARMONY = "Dadd9 | Dmaj9 | Bm9 | Gmaj9 | A7sus4 | Bm7 | Gmaj9 | Em9 | A7sus4 | Dadd9";
const THEME_BARS = [1, 5] as const;
const LAST_BAR = 9;

const SONG = melody(
  THEME_BARS[0],
  `F#5:1.5! E5:.5  A5:2    | r:1 F#5:1 E5:.5 D5:.5 C#5:1 | D5:1.5 B4:.5 A4:2        | r:1 A4:.5 B4:.5 D5:1 E5:1
   F#5:1.5! E5:.5  B5:2!   | A5:1 F#5:.5 E5:.5 D5:2      | r:.5 E5:.5 F#5:1 G5:.5 F#5:.5 D5:1 | E5:3 r:1
   F#5:1    A5:1   D6:2`,
);

const softPad = subtractive({
  amplitude: { attack: 1.6, decay: 2, sustain: 0.8, release: 3.2 },
  wave: "saw",
  cents: [-4],
  cutoff: 420,
  opening: 1.4,
  q: 0.6,
  pans: [-0.8, 0.8],
});

const pad = stereo((stem) => {
  const bars = chords(HARMONY, "A3");
  play(stem, TEMPO, strum(0, bars, "x", 4), softPad);
  chorus(stem, 0.25, 0.5);
  reverb(stem, HALL);
});

const keys = stereo((stem) => {
  const bars = chords(HARMONY, "D4");
  const [theme, variation] = THEME_BARS;
  const walking = [
    ...arpeggio(theme, bars.slice(theme, variation), "0... 2... 1... 3...", 1.5),
    ...arpeggio(variation, bars.slice(variation, LAST_BAR), "0.2. 4.1. 3... 2...", 1.5),
    ...arpeggio(LAST_BAR, bars.slice(LAST_BAR), "0... 1... 2... 4...", 5),
  ];
  play(stem, TEMPO, humanize(walking, 11, 0.04), feltPiano);
  reverb(stem, { ...HALL, mix: 0.2 });
});

const bells = stereo((stem) => {
  play(stem, TEMPO, humanize(SONG, 12, 0.03), bell);
  reverb(stem, { ...HALL, mix: 0.35 });
});

const sub = mono((stem) => {
  const bars = chords(HARMONY, "D3");
  const notes = roots(1, bars.slice(1), "x", 3.6).map((note) => ({ ...note, velocity: 0.8 }));
  play(stem, TEMPO, notes, subBass({ attack: 0.25, decay: 2, sustain: 0.7, release: 1.6 }));
});

const air = stereo((stem) => {
  wind(stem, 10.5);
  bandLimit(stem, 250, 6000);
});

const chime = stereo((stem) => {
  const strokes = [0, 3, 5, 8].flatMap((bar) => pattern(bar, "X.......o......."));
  const notes = strokes.map((stroke, i) => ({
    ...stroke,
    pitch: [90, 93, 97, 93][i % 4]!,
    velocity: 0.5 * stroke.velocity,
  }));
  play(stem, TEMPO, notes, bell);
  reverb(stem, { ...HALL, mix: 0.6 });
});

export const firstLight: Song = {
  folder: "01-first-light",
  title: "First Light",
  sampleRate: 48000,
  seconds: 42,
  parts: { pad, keys, bells, chime, sub, air },
};
