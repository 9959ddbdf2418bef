/** ffmpeg's ways to do the bench album's work, song after song. */
import { basename, join } from "node:path";

const CHAIN = [
  "highpass=f=25:p=2",
  "bass=g=1:f=110",
  "equalizer=f=300:t=q:w=0.9:g=-1",
  "treble=g=1:f=10000",
  "acompressor=threshold=-18dB:ratio=1.5:attack=30:release=150:knee=2:detection=rms",
  "stereotools=slev=1.1",
].join(",");

const ffmpeg = (source, filter, ...output) => [
  "ffmpeg",
  "-nostdin",
  "-hide_banner",
  "-y",
  "-i",
  source,
  "-af",
  filter,
  ...output,
];

/** @returns contestants of the bench: name -> commands */
export function masterPeers(songs, scratch) {
  const target = (song) => ["-c:a", "pcm_s24le", join(scratch, `ffmpeg-${basename(song)}`)];
  return {
    "ffmpeg loudnorm, two passes": songs.flatMap((song) => [
      ffmpeg(song, `${CHAIN},loudnorm=I=-14:TP=-1:LRA=11:print_format=json`, "-f", "null", "-"),
      (printed) => ffmpeg(song, `${CHAIN},${secondLoudnorm(printed)}`, "-ar", "44100", ...target(song)),
    ]),
    "ffmpeg alimiter at 4x": songs.flatMap((song) => [
      ffmpeg(song, `${CHAIN},ebur128=framelog=verbose`, "-f", "null", "-"),
      (printed) => ffmpeg(song, `${CHAIN},volume=${gainTo(-14, printed)}dB,${LIMITER}`, ...target(song)),
    ]),
  };
}

const LIMITER =
  "aresample=176400,alimiter=limit=0.891:attack=5:release=100:level=0,aresample=44100:dither_method=triangular";

function secondLoudnorm(printed) {
  const measured = JSON.parse(printed.slice(printed.lastIndexOf("{"), printed.lastIndexOf("}") + 1));
  const { input_i, input_tp, input_lra, input_thresh, target_offset } = measured;
  return `loudnorm=I=-14:TP=-1:LRA=11:linear=true:measured_I=${input_i}:measured_TP=${input_tp}:measured_LRA=${input_lra}:measured_thresh=${input_thresh}:offset=${target_offset}`;
}

function gainTo(loudness, printed) {
  return (
    loudness - Number(/I:\s+(-?[\d.]+) LUFS/.exec(printed.slice(printed.lastIndexOf("Summary")))[1])
  ).toFixed(2);
}
