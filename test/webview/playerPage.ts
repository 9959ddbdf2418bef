/** A page for the tests of the player: what it offers is called from outside. */
import { MeterBridge } from "../../webview/shared/meters/meterBridge.js";
import { Player, type PlayerReport } from "../../webview/shared/player/player.js";
import { forgetCaptured, capturedBlocks } from "./captureSound.js";
import "../../webview/shared/page.css";

declare global {
  interface Window {
    startPlayer: typeof startPlayer;
    captured: typeof captured;
    player: Player;
    bridge: MeterBridge;
    reports: PlayerReport[];
    /** Frames asked for, in order. */
    requests: [start: number, count: number][];
    /** Milliseconds that an answer takes. */
    delay: number;
    /** Whether sound can be had. */
    isReadable: boolean;
  }
}

/** Sample of the sound that is played: a different one for every frame of the first 16 million. */
const sample = (frame: number, channel: number): number =>
  channel === 0 ? (frame + 1) / 2 ** 24 : -0.5 * Math.sin((2 * Math.PI * frame * 440) / 48000);

function startPlayer(sampleRate: number, channels: number, frames: number): void {
  window.reports = [];
  window.requests = [];
  window.delay = 0;
  window.isReadable = true;
  forgetCaptured();
  window.bridge = new MeterBridge();
  document.body.replaceChildren(window.bridge.element);
  window.player = new Player({
    audio: { sampleRate, channels, channelMask: 0, frames },
    fetch: async (start, count) => {
      window.requests.push([start, count]);
      if (window.delay > 0) await new Promise((done) => setTimeout(done, window.delay));
      if (!window.isReadable) throw new Error("The file is gone.");
      const length = Math.max(0, Math.min(count, frames - start));
      const channel = (_: unknown, index: number): Float32Array =>
        Float32Array.from({ length }, (_, frame) => sample(start + frame, index));
      return { channels: Array.from({ length: channels }, channel) };
    },
    onState(report) {
      window.reports.push(report);
      console.log(report.state);
    },
    onMeters: (frame) => window.bridge.push(frame),
  });
}

/** Frames of the audio, in the order in which they were heard at full level, without the silence; -1 for other samples. */
function captured(): number[] {
  const frames: number[] = [];
  for (const [left, right] of capturedBlocks())
    left.forEach((value, i) => {
      if (value === 0 && right[i] === 0) return;
      const frame = value * 2 ** 24 - 1;
      const isExact = Number.isInteger(frame) && Math.fround(sample(frame, 1)) === right[i];
      frames.push(isExact ? frame : -1);
    });
  return frames;
}

window.startPlayer = startPlayer;
window.captured = captured;
if (location.search === "?plays") {
  startPlayer(48_000, 2, 480_000);
  window.player.play(0);
}
