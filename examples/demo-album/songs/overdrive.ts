/** "Overdrive": loud, fast, E minor. Distorted bass and guitars drive a riff; a saw lead tears over the chorus. */
import { cymbal, skin, snare as snareDrum } from "../instruments/drums.js";
import { hit, play } from "../instruments/play.js";
import { subtractive } from "../instruments/subtractive.js";
import { chords, humanize, melody, pattern, powerChords, strum, type Note } from "../score.js";
import { mono, stereo, type Song } from "../song.js";
import { bandLimit, chorus, drive, echo, reverb } from "../synth/effects.js";

/** Beats per minute. */
const TEMPO = 140;
const BEAT_SECONDS = 60 / TEMPO;

/** First bars of the form; the last chord rings from `LAST_BAR` on. */
const RIFF_BARS = [0, 2, 4] as const;
const CHORUS_BARS = [6, 12] as const;
const BREAK_BAR = 10;
const RETURN_BAR = 16;
const LAST_BAR = 18;

/** Two bars, the second turning around. */
const RIFF = `E2:.5! E2:.5 G2:.5 E2:.5 A2:.5! E2:.5 Bb2:.5 A2:.5 | E2:.5! E2:.5 G2:.5 E2:.5 D3:1! B2:1!`;
const CHORUS = `C3:1.5! C3:.5 C3:1 C3:1 | D3:1.5! D3:.5 D3:1 D3:1 | E3:1.5! E3:.5 E3:1 D3:1 | B2:1.5! B2:.5 D3:1! D3:1`;
const BREAK = `E2:4! | C3:2! D3:2!`;

const LINE: readonly Note[] = [
  ...[...RIFF_BARS, RETURN_BAR].flatMap((bar) => melody(bar, RIFF)),
  ...CHORUS_BARS.flatMap((bar) => melody(bar, CHORUS)),
  ...melody(BREAK_BAR, BREAK),
  ...melody(LAST_BAR, "E2:6!"),
];

const SOLO: readonly Note[] = [
  ...melody(RIFF_BARS[1], "r:4 | r:2 E5:.25 G5:.25 A5:.25 B5:.25 D6:1!"),
  ...melody(RIFF_BARS[2], "r:4 | r:1 B5:.5 A5:.25 G5:.25 E5:.25 G5:.25 A5:.5 B5:1!"),
  ...melody(
    CHORUS_BARS[0],
    "E5:1.5! D5:.5 C5:.5 B4:.5 G4:1 | A4:1 D5:1 F#5:1.5! E5:.5 | B5:1.5! G5:.5 E5:1 F#5:1 | F#5:1 D5:1 A5:1! F#5:1",
  ),
  ...melody(
    CHORUS_BARS[1],
    `E5:.5 G5:.5 C6:.5! B5:.5 G5:.5 E5:.5 G5:1 | F#5:.5 A5:.5 D6:.5! C6:.5 A5:.5 F#5:.5 A5:1
     B5:.25 A5:.25 G5:.25 F#5:.25 E5:.5 B5:.5 E6:1.5! D6:.5 | D6:1! B5:.5 F#5:.5 A5:1 D6:1!`,
  ),
  ...melody(LAST_BAR, "E6:3!"),
];

/** The same pattern in `count` bars. */
function bars(first: number, count: number, text: string) {
  return Array.from({ length: count }, (_, i) => pattern(first + i, text)).flat();
}

const kick = mono((stem) => {
  const hits = [
    ...bars(1, 1, ".... .... X.X. X.X."),
    ...bars(RIFF_BARS[1], 4, "X.X. ..X. X.X. ..XX"),
    ...CHORUS_BARS.flatMap((bar) => bars(bar, 4, "X..X ..X. X.X. ..X.")),
    ...bars(BREAK_BAR, 1, "X... .... ..X. ...."),
    ...bars(BREAK_BAR + 1, 1, "X... ..X. XXXX XXXX"),
    ...bars(RETURN_BAR, 2, "XX.X X.X. XX.X X.XX"),
    ...bars(LAST_BAR, 1, "X"),
  ];
  hit(
    stem,
    TEMPO,
    hits,
    skin({ hertz: 52, sweep: 260, sweepSeconds: 0.012, decay: 0.32, click: 0.5, drive: 3 }),
  );
});

const snare = stereo((stem) => {
  const hits = [
    ...bars(1, 1, ".... .... ..x. xxXX"),
    ...bars(RIFF_BARS[1], 8, ".... X... .... X..."),
    ...bars(BREAK_BAR, 1, ".... .... X... ...."),
    ...bars(BREAK_BAR + 1, 1, ".... .... X.x. xxXX"),
    ...bars(CHORUS_BARS[1], 6, ".... X... .... X..o"),
    ...bars(LAST_BAR, 1, "X"),
  ];
  hit(
    stem,
    TEMPO,
    hits,
    snareDrum({ hertz: 205, skinDecay: 0.2, wireDecay: 0.26, wireHertz: 2300, drive: 3 }),
  );
  reverb(stem, { decay: 0.7, damping: 7000, mix: 0.12 });
});

const cymbals = stereo((stem) => {
  const ride = [
    ...bars(RIFF_BARS[1], 8, "x.x. x.x. x.x. x.x."),
    ...bars(CHORUS_BARS[1], 6, "X.x. X.x. X.x. X.x."),
  ];
  const crashes = [
    RIFF_BARS[1],
    ...CHORUS_BARS,
    BREAK_BAR,
    CHORUS_BARS[0] + 2,
    CHORUS_BARS[1] + 2,
    RETURN_BAR,
    LAST_BAR,
  ];
  hit(stem, TEMPO, bars(0, 2, "X... X... X... X..."), cymbal(0.08, 7000, 0.2));
  hit(stem, TEMPO, humanize(ride, 32, 0.01), cymbal(0.5, 5500, 0.3));
  hit(
    stem,
    TEMPO,
    crashes.flatMap((bar) => pattern(bar, "X")),
    cymbal(2.8, 3500, -0.4),
  );
});

const bass = mono((stem) => {
  const voice = subtractive({
    amplitude: { attack: 0.003, decay: 0.4, sustain: 0.8, release: 0.06 },
    wave: "saw",
    cents: [-3, 3],
    cutoff: 500,
    opening: 2,
    q: 0.9,
  });
  play(
    stem,
    TEMPO,
    LINE.map((note) => ({ ...note, length: 0.92 * note.length })),
    voice,
  );
  drive(stem, 5);
  bandLimit(stem, 35, 3500);
});

const guitars = stereo((stem) => {
  const voice = subtractive({
    amplitude: { attack: 0.002, decay: 1.2, sustain: 0.7, release: 0.07 },
    wave: "saw",
    cents: [-5, 6],
    cutoff: 2500,
    opening: 1,
    q: 0.7,
    pans: [-1, 1],
  });
  const notes = powerChords(
    LINE.filter(({ beat }) => beat >= 4).map((note) => ({ ...note, length: 0.88 * note.length })),
  );
  play(stem, TEMPO, notes, voice);
  bandLimit(stem, 120, 9000);
  drive(stem, 6);
  bandLimit(stem, 90, 4800);
});

const lead = mono((stem) => {
  const voice = subtractive({
    amplitude: { attack: 0.006, decay: 0.5, sustain: 0.85, release: 0.15 },
    wave: "saw",
    cents: [-11, 0, 10],
    cutoff: 1800,
    opening: 1.6,
    q: 1,
    vibrato: 30,
  });
  play(stem, TEMPO, SOLO, voice);
  drive(stem, 1.4);
  echo(stem, 0.75 * BEAT_SECONDS, 0.3, 0.22);
});

const organ = stereo((stem) => {
  const voice = subtractive({
    amplitude: { attack: 0.02, decay: 0.5, sustain: 0.9, release: 0.3 },
    wave: "pulse",
    cents: [-10, 9],
    cutoff: 1400,
    opening: 0.8,
    q: 0.7,
    pans: [-0.8, 0.8],
  });
  const chorusChords = chords("C | D | Em | Bm", "E4");
  const notes = [
    ...CHORUS_BARS.flatMap((bar) => strum(bar, chorusChords, "x", 3.9)),
    ...strum(BREAK_BAR, chords("Em | Cadd9", "E4"), "x", 3.9),
    ...strum(LAST_BAR, chords("Em", "E4"), "x", 5),
  ];
  play(stem, TEMPO, notes, voice);
  chorus(stem, 0.8, 0.6);
  reverb(stem, { decay: 2, damping: 5000, mix: 0.15 });
});

export const overdrive: Song = {
  folder: "03-overdrive",
  title: "Overdrive",
  sampleRate: 44100,
  seconds: 36,
  parts: { kick, snare, cymbals, bass, guitars, lead, organ },
};
