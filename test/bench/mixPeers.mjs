/** The bench session of 24 tracks, and how ffmpeg and ecasound mix the same. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureDebianPackage } from "../../.ci/setup.mjs";

export const TRACKS = 24;
const LADSPA = "/usr/lib/ladspa";

/** High-pass and four bands of a track: type, frequency in Hz, gain in dB, Q. */
const BANDS = [
  ["lowshelf", 120, -2, 0.7],
  ["peak", 400, -3, 1.2],
  ["peak", 2500, 2, 0.9],
  ["highshelf", 8000, 1.5, 0.7],
];
const pan = (track) => Math.round((-0.8 + (1.6 * track) / (TRACKS - 1)) * 100) / 100;
const FADER = -15;
const SEND = -12;

/**
 * @param moved dB by which the fader of one track is moved
 * @returns path of the session
 */
export function writeMixSession(folder, stems, name = "bench", moved = 0) {
  const path = join(folder, `${name}.mix.json`);
  const document = {
    headroom: 1,
    title: "Bench",
    sampleRate: 48000,
    tracks: stems.map((file, track) => ({
      id: `t${track}`,
      clips: [{ file }],
      inserts: [
        {
          type: "eq",
          bands: [
            { type: "highpass", frequency: 60, slope: 12 },
            ...BANDS.map(([type, frequency, gain, q]) => ({ type, frequency, gain, q })),
          ],
        },
        { type: "compressor", threshold: -24, ratio: 3, attack: 10, release: 120, knee: 6 },
      ],
      sends: [{ to: "plate", level: SEND }],
      pan: pan(track),
      fader: track === 5 ? FADER + moved : FADER,
    })),
    buses: [{ id: "plate", inserts: [{ type: "reverb", decay: 1.8, preDelay: 20, mix: 100 }] }],
    master: { inserts: [{ type: "limiter", ceiling: -1 }] },
  };
  writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`);
  return path;
}

/** @returns contestants of the bench: name -> commands */
export function mixPeers(stems, scratch) {
  ensureDebianPackage("ecasound", "ecasound");
  ensureDebianPackage(join(LADSPA, "tap_reverb.so"), "tap-plugins");
  ensureDebianPackage(join(LADSPA, "sc4_1882.so"), "swh-plugins");
  return {
    "ffmpeg's filter graph": [ffmpegMix(stems, join(scratch, "ffmpeg-mix.wav"))],
    ecasound: [ecasoundMix(stems, join(scratch, "ecasound-mix.wav"))],
  };
}

function ffmpegMix(stems, target) {
  const gain = 10 ** (FADER / 20);
  const strips = stems.map((_, track) => {
    const angle = ((pan(track) + 1) * Math.PI) / 4;
    const [left, right] = [Math.cos(angle) * gain, Math.sin(angle) * gain].map((value) => value.toFixed(5));
    const bands = BANDS.map(([type, frequency, level, q]) => {
      const name = { lowshelf: "bass", highshelf: "treble", peak: "equalizer" }[type];
      return `${name}=f=${frequency}:t=q:w=${q}:g=${level}`;
    });
    return [
      `[${track}]aformat=sample_fmts=fltp`,
      "highpass=f=60:p=2",
      ...bands,
      "acompressor=threshold=-24dB:ratio=3:attack=10:release=120:knee=2",
      `pan=stereo|c0=${left}*c0|c1=${right}*c0[t${track}]`,
    ].join(",");
  });
  const inputs = stems.map((_, track) => `[t${track}]`).join("");
  const graph = [
    ...strips,
    `${inputs}amix=inputs=${TRACKS}:normalize=0,asplit[dry][send]`,
    `[send]volume=${SEND}dB,ladspa=file=tap_reverb:plugin=tap_reverb:controls=c0=1800|c1=-70|c2=0[wet]`,
    "[dry][wet]amix=inputs=2:normalize=0,alimiter=limit=0.891:attack=5:release=100:level=0[out]",
  ].join(";");
  return [
    ...["ffmpeg", "-nostdin", "-v", "error", "-y", "-filter_complex_threads", "1"],
    ...stems.flatMap((stem) => ["-i", stem]),
    ...["-filter_complex", graph, "-map", "[out]", "-c:a", "pcm_s24le", target],
  ];
}

/** Its chains join in loop devices; the bands are LADSPA's, all of them peaks, as it has no shelves. */
function ecasoundMix(stems, target) {
  const strips = stems.flatMap((stem, track) => [
    ...[`-a:t${track}`, "-f:s16_le,1,48000", `-i:${stem}`, "-efh:60"],
    ...BANDS.map(([, frequency, level, q]) => `-el:singlePara,${level},${frequency},${(1 / q).toFixed(2)}`),
    ...["-el:sc4m,0,10,120,-24,3,6,0", "-chcopy:1,2", `-epp:${Math.round(50 + 50 * pan(track))}`],
    `-eadb:${FADER}`,
  ]);
  const tracks = stems.map((_, track) => `t${track}`).join(",");
  return [
    ...["ecasound", "-q", "-b:1024", "-z:nodb", "-z:mixmode,sum", ...strips],
    ...[`-a:${tracks}`, "-f:f32_le,2,48000", "-o:loop,1", "-a:dry,wet", "-i:loop,1"],
    ...["-a:wet", `-eadb:${SEND}`, "-el:tap_reverb,1800,-70,0,1,1,1,1,0", "-a:dry,wet", "-o:loop,2"],
    ...["-a:master", "-i:loop,2", "-el:fastLookaheadLimiter,0,-1,0.1", "-f:s24_le,2,48000", `-o:${target}`],
  ];
}
