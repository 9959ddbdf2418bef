/** A page for the tests of the player: what it offers is called from outside. */
import { Player, type PlayerReport } from "../../webview/shared/player/player.js";

declare global {
  interface Window {
    startPlayer: typeof startPlayer;
    player: Player;
    reports: PlayerReport[];
    /** Frames asked for, in order. */
    requests: [start: number, count: number][];
    /** Milliseconds that an answer takes. */
    delay: number;
  }
}

/** What the tests take for granted about the sound: channel `c` of frame `i`. */
const sample = (frame: number, channel: number): number =>
  Math.fround(0.5 * Math.sin((2 * Math.PI * frame * (440 + 110 * channel)) / 48000));

function startPlayer(sampleRate: number, channels: number, frames: number): void {
  window.reports = [];
  window.requests = [];
  window.delay = 0;
  window.player = new Player({
    audio: { sampleRate, channels, channelMask: 0, frames },
    fetch: async (start, count) => {
      window.requests.push([start, count]);
      if (window.delay > 0) await new Promise((done) => setTimeout(done, window.delay));
      const length = Math.max(0, Math.min(count, frames - start));
      const channel = (_: unknown, index: number): Float32Array =>
        Float32Array.from({ length }, (_, frame) => sample(start + frame, index));
      return { channels: Array.from({ length: channels }, channel) };
    },
    onState: (report) => window.reports.push(report),
  });
}

window.startPlayer = startPlayer;
