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
    isMixReadable: boolean;
    /** From the first frame on that is not silent: left and right, interleaved. */
    heardMix: () => number[];
    heardFrames: () => number;
  }
}

const SIDES = { sound: "/sound", rendered: "/rendered" } as const;

window.openMix = (packed) => {
  forgetCaptured();
  window.mixReports = [];
  window.mixMeters = [];
  window.mixDelay = 0;
  window.isMixReadable = true;
  window.mixPlayer = createMixPlayer({
    async ask(name, params) {
      if (window.mixDelay > 0) await new Promise((done) => setTimeout(done, window.mixDelay));
      if (!window.isMixReadable) throw new Error("The file is gone.");
      const query = new URLSearchParams(Object.entries(params).map(([key, value]) => [key, String(value)]));
      const bytes = await (await fetch(`${SIDES[name]}?${query.toString()}`)).arrayBuffer();
      if (name === "sound") return new Uint8Array(bytes) as never;
      const frames = bytes.byteLength / 8;
      return { channels: [0, 1].map((side) => new Float32Array(bytes, 4 * side * frames, frames)) } as never;
    },
    onState: (report) => window.mixReports.push(report),
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
  const samples = capturedBlocks().flatMap(([left, right]) =>
    Array.from(left).flatMap((sample, i) => [sample, right[i]!]),
  );
  const first = samples.findIndex((sample) => sample !== 0);
  return first < 0 ? [] : samples.slice(first & ~1);
};
