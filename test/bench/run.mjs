/**
 * `npm run bench`: the same work by Headroom and by its peers, in the same run, on one processor.
 * Options: `--write` puts the results into docs/BENCHMARKS.md, `--rounds N` (default 3), `--only mix,remix,measure,master,resample,overview,spectrogram`.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as esbuild from "esbuild";
import { build, programs } from "../../esbuild.mjs";
import { masterPeers } from "./masterPeers.mjs";
import { mixPeers, TRACKS, writeMixSession } from "./mixPeers.mjs";
import { prepareMaterial, prepareStems } from "./material.mjs";
import { benchmarkPage } from "./table.mjs";
import { compete } from "./timing.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    only: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const headroom = (...args) => [process.execPath, "dist/headroom.js", ...args, "--workers", "1", "--quiet"];

await build({ production: true });
const material = prepareMaterial();
const scratch = join(material.cache, "scratch");
mkdirSync(scratch, { recursive: true });

/** Parts of the engine as programs of their own. */
const benchProgram = async (name) => {
  const outfile = join(scratch, `${name}.mjs`);
  await esbuild.build({
    ...programs({ production: true })[0],
    ...{
      entryPoints: [`test/bench/${name}.ts`],
      outfile,
      outdir: undefined,
      splitting: false,
      chunkNames: undefined,
    },
  });
  return outfile;
};
const converter = await benchProgram("convert");
const overview = await benchProgram("overview");
const spectrogram = await benchProgram("spectrogram");
const ffmpeg = (...args) => ["ffmpeg", "-nostdin", "-v", "error", "-y", ...args];

const stems = prepareStems(TRACKS);
const mixSession = writeMixSession(material.cache, stems);
const movedSession = writeMixSession(material.cache, stems, "bench-moved", -2);
const renderCache = join(scratch, "render-cache");
const cachedMix = (session) => [
  ...["env", `XDG_CACHE_HOME=${renderCache}`],
  ...headroom("mix", session, "-o", join(scratch, "mix.wav")),
];

const cases = {
  mix: {
    title: `mixdown of ${TRACKS} mono tracks of 4 min: high-pass, 4 EQ bands, compressor, pan, fader, reverb bus, limiter`,
    contestants: {
      headroom: [headroom("mix", mixSession, "-o", join(scratch, "mix.wav"), "--no-cache")],
      ...mixPeers(stems, scratch),
    },
  },
  remix: {
    title: "the same mixdown again, one fader moved: what the first rendering has kept is used",
    contestants: {
      "first, nothing kept": [["rm", "-rf", renderCache], cachedMix(mixSession)],
      headroom: [cachedMix(movedSession)],
    },
  },
  measure: {
    title: "measure, true peak included: 60 min, 48 kHz, 24 bit, stereo",
    inputs: [material.hour],
    contestants: {
      headroom: [headroom("measure", "--json", material.hour)],
      "ffmpeg ebur128": [
        [
          "ffmpeg",
          "-nostdin",
          "-hide_banner",
          "-i",
          material.hour,
          "-af",
          "ebur128=peak=true",
          "-f",
          "null",
          "-",
        ],
      ],
    },
  },
  master: {
    title: "master of ten songs: 4 EQ bands, compressor, width, limiter, dither; -14 LUFS, -1 dBTP",
    contestants: {
      headroom: [headroom("master", material.album, "-o", join(scratch, "headroom"), "--force")],
      ...masterPeers(material.songs, scratch),
    },
  },
  resample: {
    title: "96 to 44.1 kHz, file to file: 10 min, 24 bit, stereo",
    contestants: {
      headroom: [
        [process.execPath, converter, material.tenMinutes96k, join(scratch, "headroom.wav"), "44100"],
      ],
      "sox rate -v": [
        [
          "sox",
          "--single-threaded",
          material.tenMinutes96k,
          "-b",
          "24",
          join(scratch, "sox.wav"),
          "rate",
          "-v",
          "44100",
        ],
      ],
    },
  },
  overview: {
    title: "overview for drawing, written to a file: 60 min, 48 kHz, 24 bit, stereo",
    inputs: [material.hour],
    contestants: {
      headroom: [[process.execPath, overview, material.hour, join(scratch, "hour.peaks")]],
      "sox stat": [["sox", material.hour, "-n", "stat"]],
      "ffmpeg showwavespic": [
        ffmpeg(
          ...["-i", material.hour, "-filter_complex", "showwavespic=s=1920x400:split_channels=1"],
          ...["-frames:v", "1", join(scratch, "waves.png")],
        ),
      ],
      "reading the file": [["sh", "-c", `cat '${material.hour}' > /dev/null`]],
    },
  },
  spectrogram: {
    title:
      "spectrogram of most of the 60 minutes, 1920 x 1000 a channel (the peers: of all, 1920 x 513 and 1024 a channel)",
    inputs: [material.hour],
    contestants: {
      headroom: [[process.execPath, spectrogram, material.hour]],
      "sox spectrogram": [
        [
          ...["sox", material.hour, "-n", "spectrogram", "-x", "1920", "-y", "513"],
          ...["-o", join(scratch, "sox.png")],
        ],
      ],
      "ffmpeg showspectrumpic": [
        ffmpeg(
          ...["-i", material.hour, "-lavfi", "showspectrumpic=s=1920x1024:mode=separate"],
          join(scratch, "spectrum.png"),
        ),
      ],
    },
  },
};

const wanted = values.only?.split(",") ?? Object.keys(cases);
const done = [];
for (const { title, contestants, inputs } of wanted.map((name) => cases[name])) {
  console.log(`\n${title}`);
  const results = compete(contestants, Number(values.rounds), inputs);
  done.push({ title, results: Object.entries(results).map(([name, result]) => ({ name, ...result })) });
  for (const [name, { seconds, mebibytes }] of Object.entries(results)) {
    const ratio = seconds / results.headroom.seconds;
    console.log(
      `  ${name.padEnd(28)} ${seconds.toFixed(2).padStart(8)} s  ${mebibytes.toFixed(0).padStart(6)} MiB  ${ratio.toFixed(2).padStart(6)} x`,
    );
  }
}
rmSync(renderCache, { recursive: true, force: true });
if (values.write) {
  mkdirSync("docs", { recursive: true });
  writeFileSync(join("docs", "BENCHMARKS.md"), benchmarkPage(done, Number(values.rounds)));
}
