/** A page for the tests of the mix player: what it offers is called from outside. */
import { unpackLevels } from "../../src/protocol/levels.js";
import type { Playable } from "../../src/protocol/mixProtocol.js";
import { createMixPlayer } from "../../webview/mix/player/createMixPlayer.js";
import type { MixMeters, MixPlayer, MixPlayerReport } from "../../webview/mix/player/mixPlayer.js";
import "../../webview/shared/page.css";
import { capturedBlocks, forgetCaptured } from "./captureSound.js";

declare global {
  interface Window {
    /** @param packed as it comes from the host */
    openMix: (packed: unknown) => void;
    setPlayable: (packed: unknown) => void;
    mixPlayer: MixPlayer;
    mixReports: MixPlayerReport[];
    mixMeters: MixMeters[];
    /** Milliseconds that an answer takes, and whether sound can be had. */
    mixDelay: number;
    /** How often the host has yet to render what it is asked for. */
    mixRefusals: number;
    mixOverloads: number;
    isMixReadable: boolean;
    /** From the first frame on that is not silent: left and right, interleaved, their bytes in base 64. */
    heardMix: () => string;
    heardFrames: () => number;
  }
}

const SIDES = { sound: "/sound", rendered: "/rendered" } as const;

window.openMix = (packed) => {
  forgetCaptured();
  window.mixReports = [];
  window.mixMeters = [];
  window.mixDelay = 0;
  window.mixRefusals = 0;
  window.mixOverloads = 0;
  window.isMixReadable = true;
  window.mixPlayer = createMixPlayer({
    async ask(name, params) {
      if (window.mixDelay > 0) await new Promise((done) => setTimeout(done, window.mixDelay));
      if (!window.isMixReadable) throw new Error("The file is gone.");
      const query = new URLSearchParams(Object.entries(params).map(([key, value]) => [key, String(value)]));
      const bytes = await (await fetch(`${SIDES[name]}?${query.toString()}`)).arrayBuffer();
      if (name === "sound") return new Uint8Array(bytes);
      if (window.mixRefusals-- > 0) return null;
      const frames = bytes.byteLength / 8;
      return { channels: [0, 1].map((side) => new Float32Array(bytes, 4 * side * frames, frames)) } as never;
    },
    onState: (report) => window.mixReports.push(report),
    onOverload: () => window.mixOverloads++,
    onMeters: (meters) => window.mixMeters.push(meters),
  });
  window.setPlayable(packed);
};
window.setPlayable = (packed) => window.mixPlayer.setPlayable(unpackLevels(packed) as Playable);

window.heardFrames = () => {
  const silent = capturedBlocks().findIndex(([left]) => left.some((sample) => sample !== 0));
  return silent < 0 ? 0 : 128 * (capturedBlocks().length - silent);
};
window.heardMix = () => {
  const blocks = capturedBlocks();
  const samples = new Float32Array(256 * blocks.length);
  blocks.forEach(([left, right], block) =>
    left.forEach((sample, i) => {
      samples[256 * block + 2 * i] = sample;
      samples[256 * block + 2 * i + 1] = right[i]!;
    }),
  );
  const first = samples.findIndex((sample) => sample !== 0);
  const bytes = new Uint8Array(samples.buffer, first < 0 ? 4 * samples.length : 4 * (first & ~1));
  let text = "";
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
};
