/** Real music to measure speed on: a game's soundtrack from Debian, decoded once into the user's cache folder. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ensureDebianPackage } from "../../.ci/setup.mjs";

const MUSIC = "/usr/share/games/wesnoth/1.16/data/core/music";
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "headroom", "bench");

/** Ten songs of very different loudness, about 44 minutes together. */
const SONGS = [
  "battle",
  "breaking_the_chains",
  "casualties_of_war",
  "frantic",
  "heroes_rite",
  "knolls",
  "legends_of_the_north",
  "loyalists",
  "nunc_dimittis",
  "vengeful",
];

/** Makes what is missing. @returns paths of the material */
export function prepareMaterial() {
  for (const [command, name] of [
    ["ffmpeg", "ffmpeg"],
    ["sox", "sox"],
    ["taskset", "util-linux"],
    ["/usr/bin/time", "time"],
    [MUSIC, "wesnoth-1.16-music"],
  ]) {
    ensureDebianPackage(command, name);
  }
  mkdirSync(CACHE, { recursive: true });
  const songs = SONGS.map((name) => decode(join(MUSIC, `${name}.ogg`), join(CACHE, `${name}.wav`)));
  const hour = make(join(CACHE, "hour-48k-24bit.wav"), (path) =>
    run("sox", [...songs, ...songs, "-r", "48000", "-b", "24", path, "trim", "0", "3600"]),
  );
  const tenMinutes96k = make(join(CACHE, "ten-minutes-96k.wav"), (path) =>
    run("sox", [...songs, "-r", "96000", "-b", "24", path, "trim", "0", "600"]),
  );
  return {
    cache: CACHE,
    songs,
    hour,
    tenMinutes96k,
    album: writeAlbum(songs),
  };
}

function decode(source, target) {
  return make(target, (path) =>
    run("ffmpeg", ["-v", "error", "-y", "-i", source, "-c:a", "pcm_s24le", path]),
  );
}

function make(target, build) {
  if (existsSync(target) && statSync(target).size > 0) return target;
  const unfinished = `${target}.unfinished.wav`;
  build(unfinished);
  renameSync(unfinished, target);
  return target;
}

/** So many mono stems of four minutes, 48 kHz, 16 bit, each from a place of its own in the hour of music. */
export function prepareStems(many) {
  const { hour } = prepareMaterial();
  return Array.from({ length: many }, (_, i) =>
    make(join(CACHE, `stem-${i + 1}.wav`), (path) =>
      run("sox", [hour, "-b", "16", path, "remix", String(1 + (i % 2)), "trim", String(i * 137), "240"]),
    ),
  );
}

/** The work that all mastering peers do: four EQ bands, compressor, width, true-peak limiter, dither. */
function writeAlbum(songs) {
  const path = join(CACHE, "bench.album.json");
  const document = {
    headroom: 1,
    title: "Bench",
    target: { loudness: -14, mode: "track", truePeak: -1, maxGainReduction: 12 },
    chain: [
      {
        type: "eq",
        bands: [
          { type: "highpass", frequency: 25, slope: 12 },
          { type: "lowshelf", frequency: 110, gain: 1 },
          { type: "peak", frequency: 300, gain: -1, q: 0.9 },
          { type: "highshelf", frequency: 10000, gain: 1 },
        ],
      },
      { type: "compressor", threshold: -18, ratio: 1.5, attack: 30, release: 150 },
      { type: "stereo", width: 110 },
    ],
    songs: songs.map((source, i) => ({ source, title: SONGS[i], gap: 0 })),
    deliver: [{ format: "wav", bitDepth: 24 }],
    output: "release",
  };
  writeFileSync(path, `${JSON.stringify(document, undefined, 2)}\n`);
  return path;
}

function run(command, args) {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}
