/** Presets of gain and equalizer. */
import type { Preset } from "./preset.js";

export const TONE_PRESETS: readonly Preset[] = [
  {
    name: "6 dB down",
    purpose: "Room for what follows in the chain.",
    insert: { type: "gain", gain: -6 },
  },
  {
    name: "Flip polarity",
    purpose: "For the second microphone of a pair, such as the one under a snare, if it thins the sound.",
    insert: { type: "gain", polarity: "inverted" },
  },
  {
    name: "Swap channels",
    purpose: "Left becomes right: for a stereo pair that is plugged in the wrong way round.",
    insert: { type: "gain", channels: "swapped" },
  },
  {
    name: "Mono sum",
    purpose: "Half of left plus right on both sides: to check a mix, or to fold a stereo file.",
    insert: { type: "gain", channels: "mono" },
  },
  {
    name: "Remove DC",
    purpose: "For a recording whose waveform does not lie around zero.",
    insert: { type: "gain", dcFilter: true },
  },
  {
    name: "Rumble filter",
    purpose: "Removes what lies below all music: steps, wind, DC.",
    insert: { type: "eq", bands: [{ type: "highpass", frequency: 30, slope: 24 }] },
  },
  {
    name: "Vocal, clear",
    purpose: "Less boom, more speech and a little air for a voice.",
    insert: {
      type: "eq",
      bands: [
        { type: "highpass", frequency: 85, slope: 18 },
        { type: "peak", frequency: 250, gain: -2.5, q: 1 },
        { type: "peak", frequency: 3500, gain: 2, q: 0.8 },
        { type: "highshelf", frequency: 10000, gain: 2 },
      ],
    },
  },
  {
    name: "Kick, round",
    purpose: "Weight and beater of a bass drum without the cardboard between them.",
    insert: {
      type: "eq",
      bands: [
        { type: "highpass", frequency: 28, slope: 24 },
        { type: "peak", frequency: 60, gain: 3, q: 1 },
        { type: "peak", frequency: 350, gain: -4, q: 1.2 },
        { type: "peak", frequency: 4000, gain: 3, q: 1 },
      ],
    },
  },
  {
    name: "Snare, body and crack",
    purpose: "Fuller below, crisper above, less box.",
    insert: {
      type: "eq",
      bands: [
        { type: "highpass", frequency: 90, slope: 18 },
        { type: "peak", frequency: 200, gain: 2, q: 1.2 },
        { type: "peak", frequency: 700, gain: -3, q: 1.4 },
        { type: "peak", frequency: 5000, gain: 3, q: 0.8 },
      ],
    },
  },
  {
    name: "Overheads, cymbals",
    purpose: "Leaves the drums to their own microphones and opens the cymbals.",
    insert: {
      type: "eq",
      bands: [
        { type: "highpass", frequency: 250, slope: 12 },
        { type: "peak", frequency: 500, gain: -2, q: 1 },
        { type: "highshelf", frequency: 10000, gain: 2 },
      ],
    },
  },
  {
    name: "Bass, readable",
    purpose: "A firm bottom, room for the guitars, and the strings heard on small loudspeakers.",
    insert: {
      type: "eq",
      bands: [
        { type: "highpass", frequency: 32, slope: 24 },
        { type: "peak", frequency: 80, gain: 2, q: 0.9 },
        { type: "peak", frequency: 250, gain: -3, q: 1 },
        { type: "peak", frequency: 1200, gain: 2, q: 0.9 },
      ],
    },
  },
  {
    name: "Acoustic guitar, less boom",
    purpose: "Takes the body's resonance back and lets the strings shine beside a voice.",
    insert: {
      type: "eq",
      bands: [
        { type: "highpass", frequency: 80, slope: 12 },
        { type: "peak", frequency: 180, gain: -3, q: 1.2 },
        { type: "highshelf", frequency: 9000, gain: 2 },
      ],
    },
  },
  {
    name: "Electric guitar, in its place",
    purpose: "Cuts what a loudspeaker cabinet does not give, and the mud that piles up with several guitars.",
    insert: {
      type: "eq",
      bands: [
        { type: "highpass", frequency: 90, slope: 12 },
        { type: "peak", frequency: 350, gain: -2, q: 1 },
        { type: "peak", frequency: 2500, gain: 2, q: 0.9 },
        { type: "lowpass", frequency: 9000, slope: 12 },
      ],
    },
  },
  {
    name: "Telephone",
    purpose: "300 to 3400 Hz: a voice through a small loudspeaker.",
    insert: {
      type: "eq",
      bands: [
        { type: "highpass", frequency: 300, slope: 24 },
        { type: "peak", frequency: 1500, gain: 4, q: 1 },
        { type: "lowpass", frequency: 3400, slope: 24 },
      ],
    },
  },
  {
    name: "Mix bus, open",
    purpose: "A little less fog, a little more air: at most 1.5 dB anywhere.",
    insert: {
      type: "eq",
      bands: [
        { type: "peak", frequency: 280, gain: -1, q: 0.7 },
        { type: "highshelf", frequency: 12000, gain: 1.5 },
      ],
    },
  },
];
