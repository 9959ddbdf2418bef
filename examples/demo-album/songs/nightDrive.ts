/** "Night Drive": synth-wave in A minor. Drums, bass and an arpeggio carry a lead that returns an octave higher. */
import { cymbal, skin, snare as snareDrum } from "../instruments/drums.js";
import { hit, play } from "../instruments/play.js";
import { subtractive } from "../instruments/subtractive.js";
import { arpeggio, chords, humanize, melody, pattern, roots, strum } from "../score.js";
import { mono, stereo, type Song } from "../song.js";
import { chorus, drive, echo, reverb } from "../synth/effects.js";

/** Beats per minute. */
const TEMPO = 96;
const BEAT_SECONDS = 60 / TEMPO;

/** One chord a bar: intro (0-1), theme (2-5), its answer (6-9), variation (10-13), ending (14-15). */
const HARMONY = `Am7 | Fmaj7 |
  Am7 | Fmaj7 | C | G | Am7 | Fmaj7 | Dm7 | E7 |
  Fmaj7 | G | Em7 | Am7 | Fmaj7 | Am`.replace(/\|\s*\n/g, "|");
/** Bars in which the drums and the bass play. */
const GROOVE = [2, 14] as const;
const LAST_BAR = 15;

const THEME = melody(
  GROOVE[0],
  `A4:1.5! C5:.5 E5:1.5 D5:.5 | C5:2 r:.5 A4:.5 C5:.5 D5:.5       | E5:1.5! G5:.5 E5:1 D5:.5 C5:.5 | D5:2.5 B4:.5 C5:.5 D5:.5
   E5:1.5! C5:.5 A5:1.5 G5:.5 | E5:1 C5:1 r:.5 C5:.5 D5:.5 E5:.5  | F5:1.5! E5:.5 D5:1 F5:1        | E5:2 D5:.5 C5:.5 B4:.5 G#4:.5
   A5:1.5! G5:.5 E5:1 C5:1    | B5:1.5! A5:.5 G5:1 D5:1           | G5:1! E5:.5 D5:.5 B4:1 D5:1    | C5:.5 D5:.5 E5:3
   A4:1.5 C5:.5 E5:2          | A4:4`,
);

/** Bars of the groove, each with its pattern; every fourth one fills. */
function groove(pulse: string, fill: string) {
  const [first, end] = GROOVE;
  return Array.from({ length: end - first }, (_, i) => pattern(first + i, i % 4 === 3 ? fill : pulse)).flat();
}

const kick = mono((stem) => {
  const hits = [
    ...groove("X... ..x. X... ....", "X... ..x. X..x ..x."),
    ...pattern(LAST_BAR - 1, "X... .... X"),
    ...pattern(LAST_BAR, "X"),
  ];
  hit(
    stem,
    TEMPO,
    hits,
    skin({ hertz: 47, sweep: 190, sweepSeconds: 0.02, decay: 0.5, click: 0.25, drive: 1.6 }),
  );
});

const snare = stereo((stem) => {
  const hits = [
    ...pattern(1, ".... .... .... x.xX"),
    ...groove(".... X... .... X...", ".... X... .... X.xX"),
    ...pattern(LAST_BAR - 1, ".... X... .... ...."),
  ];
  hit(
    stem,
    TEMPO,
    humanize(hits, 21, 0.01),
    snareDrum({ hertz: 190, skinDecay: 0.22, wireDecay: 0.32, wireHertz: 2600, drive: 1.4 }),
  );
  reverb(stem, { decay: 1.1, damping: 6000, mix: 0.16 });
});

const hats = stereo((stem) => {
  const [first, end] = GROOVE;
  const closed = humanize(groove("x.o. x.o. x.o. x.o.", "x.oo x.o. x.oo x..."), 22, 0.012);
  const open = Array.from({ length: end - first }, (_, i) =>
    pattern(first + i, ".... .... .... ..x."),
  ).flat();
  const crashes = [first, first + 4, first + 8, LAST_BAR].flatMap((bar) => pattern(bar, "X"));
  hit(
    stem,
    TEMPO,
    [...pattern(0, "x.o. x.o. x.o. x.o. x.o. x.o. x.o."), ...closed],
    cymbal(0.09, 7500, 0.25),
  );
  hit(stem, TEMPO, open, cymbal(0.4, 7000, 0.25));
  hit(stem, TEMPO, crashes, cymbal(2.6, 4500, -0.35));
});

const bass = mono((stem) => {
  const bars = chords(HARMONY, "A2");
  const [first, end] = GROOVE;
  const notes = [
    ...roots(first, bars.slice(first, end), "X.x. x.x. X.x. x.xx", 0.42),
    ...roots(end, bars.slice(end, LAST_BAR), "X... ..x. X... ....", 1),
    ...roots(LAST_BAR, bars.slice(LAST_BAR), "X", 4),
  ];
  const voice = subtractive({
    amplitude: { attack: 0.004, decay: 0.5, sustain: 0.6, release: 0.09 },
    wave: "saw",
    cents: [-4, 4],
    cutoff: 180,
    opening: 3.2,
    q: 1.1,
    filter: { attack: 0.003, decay: 0.28, sustain: 0.15, release: 0.09 },
  });
  play(stem, TEMPO, humanize(notes, 23, 0.008), voice);
  drive(stem, 0.9);
});

const chordStabs = stereo((stem) => {
  const bars = chords(HARMONY, "E3");
  const [first, end] = GROOVE;
  const notes = [
    ...strum(first, bars.slice(first, end), "x..x ..x. ..x. ....", 0.6),
    ...strum(end, bars.slice(end), "x", 4),
  ];
  const voice = subtractive({
    amplitude: { attack: 0.008, decay: 0.7, sustain: 0.45, release: 0.5 },
    wave: "pulse",
    cents: [-6, 5],
    cutoff: 500,
    opening: 2.6,
    q: 0.8,
    pans: [-0.7, 0.7],
  });
  play(stem, TEMPO, humanize(notes, 24), voice);
  chorus(stem, 0.6, 0.6);
  reverb(stem, { decay: 1.6, damping: 5000, mix: 0.15 });
});

const arp = stereo((stem) => {
  const bars = chords(HARMONY, "A4");
  const notes = arpeggio(0, bars.slice(0, LAST_BAR), "0123 2123 0123 4321", 0.2);
  const voice = subtractive({
    amplitude: { attack: 0.003, decay: 0.25, sustain: 0.1, release: 0.12 },
    wave: "saw",
    cents: [0, 9],
    cutoff: 500,
    opening: 3,
    q: 1.4,
  });
  play(stem, TEMPO, notes, voice);
  echo(stem, 0.75 * BEAT_SECONDS, 0.45, 0.4);
});

const lead = mono((stem) => {
  const raised = THEME.map((note) =>
    note.beat >= 40 && note.beat < 56 ? { ...note, pitch: note.pitch + 12 } : note,
  );
  const voice = subtractive({
    amplitude: { attack: 0.012, decay: 0.4, sustain: 0.75, release: 0.18 },
    wave: "saw",
    cents: [-8, 0, 7],
    cutoff: 900,
    opening: 2,
    q: 1,
    vibrato: 22,
  });
  play(stem, TEMPO, humanize(raised, 25, 0.012), voice);
  echo(stem, 0.5 * BEAT_SECONDS, 0.35, 0.25);
  reverb(stem, { decay: 1.8, damping: 5000, mix: 0.14 });
});

const pad = stereo((stem) => {
  const bars = chords(HARMONY, "C4");
  const voice = subtractive({
    amplitude: { attack: 0.6, decay: 1, sustain: 0.85, release: 1.6 },
    wave: "saw",
    cents: [-4],
    cutoff: 700,
    opening: 1,
    q: 0.6,
    pans: [-1, 1],
  });
  play(stem, TEMPO, strum(0, bars, "x", 4), voice);
  chorus(stem, 0.3, 0.5);
  reverb(stem, { decay: 3, damping: 4500, mix: 0.25 });
});

export const nightDrive: Song = {
  folder: "02-night-drive",
  title: "Night Drive",
  sampleRate: 48000,
  seconds: 46,
  parts: { kick, snare, hats, bass, chords: chordStabs, arp, lead, pad },
};
