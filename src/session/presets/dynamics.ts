/** Presets of the processors that follow the level. Thresholds suit tracks that peak around -10 dBFS. */
import type { Preset } from "./preset.js";

export const DYNAMICS_PRESETS: readonly Preset[] = [
  {
    name: "Vocal, gentle",
    purpose: "Evens out a sung line by 3 to 6 dB without being heard.",
    insert: {
      type: "compressor",
      ...{ threshold: -22, ratio: 2.5, attack: 10, release: 120, knee: 10, makeup: 2, detector: "rms" },
    },
  },
  {
    name: "Vocal, close",
    purpose: "Holds a voice in front of a dense mix; breaths come forward, too.",
    insert: {
      type: "compressor",
      ...{ threshold: -26, ratio: 4, attack: 3, release: 80, knee: 6, makeup: 5, detector: "peak" },
    },
  },
  {
    name: "Bass, even",
    purpose: "Makes every note of a bass about equally loud and lets the pluck through.",
    insert: {
      type: "compressor",
      ...{ threshold: -24, ratio: 4, attack: 25, release: 180, knee: 6, makeup: 4, detector: "rms" },
    },
  },
  {
    name: "Snare, crack",
    purpose: "Lets the stick through and holds the ring back.",
    insert: {
      type: "compressor",
      ...{ threshold: -20, ratio: 4, attack: 15, release: 90, knee: 3, makeup: 3, detector: "peak" },
    },
  },
  {
    name: "Drum bus, punch",
    purpose: "Slow attack: hits stay sharp, what rings between them comes up. The kick does not pump.",
    insert: {
      type: "compressor",
      ...{ threshold: -18, ratio: 4, attack: 30, release: 100, knee: 4, makeup: 3, detector: "peak" },
      sidechainHighpass: 90,
    },
  },
  {
    name: "Parallel, dense",
    purpose: "Heavy compression mixed under the original: body without the loss of peaks.",
    insert: {
      type: "compressor",
      ...{ threshold: -36, ratio: 10, attack: 1, release: 70, knee: 6, makeup: 10, detector: "peak" },
      mix: 30,
    },
  },
  {
    name: "Mix bus, glue",
    purpose: "1 to 2 dB of reduction that holds a mix together; the bass does not steer it.",
    insert: {
      type: "compressor",
      ...{ threshold: -16, ratio: 2, attack: 30, release: 150, knee: 8, makeup: 1, detector: "rms" },
      ...{ sidechainHighpass: 100, autoRelease: true },
    },
  },
  {
    name: "Duck under a voice",
    purpose: 'Turns music down by some 6 dB while somebody speaks: add "sidechain" with the id of the voice.',
    insert: {
      type: "compressor",
      ...{ threshold: -34, ratio: 3, attack: 20, release: 400, knee: 12, detector: "rms" },
    },
  },
  {
    name: "Drums, less spill",
    purpose: "Turns down what a drum's microphone hears of the others; soft strokes still open it.",
    insert: {
      type: "gate",
      ...{ threshold: -32, hysteresis: 6, range: -18, attack: 0.3, hold: 60, release: 120, lookahead: 1.5 },
      sidechainHighpass: 60,
    },
  },
  {
    name: "Toms, closed",
    purpose: "Silent between the fills. The look-ahead keeps the stroke whole.",
    insert: {
      type: "gate",
      ...{ threshold: -30, hysteresis: 8, range: -60, attack: 0.5, hold: 180, release: 300, lookahead: 3 },
      sidechainLowpass: 4000,
    },
  },
  {
    name: "Guitar amplifier, quiet pauses",
    purpose: "Closes slowly on hum and hiss, so that notes may fade.",
    insert: {
      type: "gate",
      ...{ threshold: -55, hysteresis: 6, range: -40, attack: 2, hold: 150, release: 400 },
    },
  },
  {
    name: "Voice, soft expander",
    purpose: "Less room and breath between phrases, without a gate that is heard.",
    insert: {
      type: "gate",
      ...{ mode: "expander", threshold: -42, ratio: 2, range: -12, attack: 3, hold: 100, release: 250 },
    },
  },
  {
    name: "Voice",
    purpose: "Takes the sharpness out of s and t, at soft and loud places alike.",
    insert: { type: "deesser", frequency: 6000, threshold: -14, range: -8 },
  },
  {
    name: "Deep voice, bell",
    purpose: "For a voice that hisses in one place: set the frequency while listening to the detector.",
    insert: { type: "deesser", shape: "bell", frequency: 4500, q: 1.2, threshold: -12, range: -7 },
  },
  {
    name: "Cymbals, softer",
    purpose: "Holds harsh cymbals of overheads or of a finished mix back, and lets quiet ones ring.",
    insert: {
      type: "deesser",
      ...{ detection: "absolute", frequency: 8000, threshold: -32, ratio: 2.5, range: -5, release: 90 },
    },
  },
  {
    name: "Drums, more attack",
    purpose: "Hits come forward without an equalizer and without more level in between.",
    insert: { type: "transient", attack: 5, sustain: -2 },
  },
  {
    name: "Room, shorter",
    purpose: "Dries a recording that has too much room.",
    insert: { type: "transient", sustain: -8, sustainTime: 500 },
  },
  {
    name: "Drums, bigger room",
    purpose: "Lets drums ring longer; good on a pair of room microphones.",
    insert: { type: "transient", attack: -2, sustain: 6, sustainTime: 400 },
  },
  {
    name: "Soft picking",
    purpose: "Rounds the strings' attack of an acoustic guitar that is too percussive.",
    insert: { type: "transient", attack: -6, attackTime: 12 },
  },
  {
    name: "Mix, three bands",
    purpose: "Gentle and even: 1 to 2 dB in each of bass, middle and treble.",
    insert: {
      type: "multiband",
      bands: [
        { frequency: 150, threshold: -24, ratio: 1.8, attack: 40, release: 250 },
        { frequency: 4000, threshold: -26, ratio: 1.6, attack: 20, release: 150 },
        { threshold: -34, ratio: 1.6, attack: 10, release: 100 },
      ],
    },
  },
  {
    name: "Bass, firm bottom",
    purpose: "Holds only what is below 120 Hz; fingers and strings stay alive.",
    insert: {
      type: "multiband",
      bands: [
        { frequency: 120, threshold: -28, ratio: 4, attack: 20, release: 150, makeup: 2 },
        { threshold: 0, ratio: 1 },
      ],
    },
  },
  {
    name: "Voice, boom and edge",
    purpose: "Holds back the boom of a close microphone and the edge of loud notes, and leaves the rest.",
    insert: {
      type: "multiband",
      bands: [
        { frequency: 220, threshold: -30, ratio: 2.5, attack: 15, release: 150 },
        { frequency: 2000, threshold: 0, ratio: 1 },
        { frequency: 5500, threshold: -30, ratio: 2.5, attack: 5, release: 90 },
        { threshold: 0, ratio: 1 },
      ],
    },
  },
  {
    name: "Ceiling, -1 dBTP",
    purpose: "Catches the peaks of a mix, also those between the samples, and otherwise leaves it alone.",
    insert: { type: "limiter", ceiling: -1, lookahead: 8, release: 150, truePeak: true },
  },
  {
    name: "Loud, +4 dB",
    purpose: "A rough idea of how a mix takes loudness. Remove it before the mix goes to mastering.",
    insert: { type: "limiter", gain: 4, ceiling: -1, lookahead: 5, release: 120, truePeak: true },
  },
  {
    name: "Drums, shave peaks",
    purpose: "Takes the tips off hits, fast and unobtrusive, to win level for the rest.",
    insert: {
      type: "limiter",
      ...{ ceiling: -8, lookahead: 1, release: 30, autoRelease: false, truePeak: false },
    },
  },
];
