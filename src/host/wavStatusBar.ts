import * as vscode from "vscode";
import type { AudioFacts, Measurement, ShownAudio } from "../protocol/wavProtocol.js";
import { formatClock, formatLu, formatLufs, formatSampleRate, formatTruePeak } from "../viewmodel/formats.js";
import type { WavEditor } from "./editors/wavEditor.js";

/** Format and loudness of the audio in the active editor; a click measures the selection. */
export class WavStatusBar implements vscode.Disposable {
  readonly #editor: WavEditor;
  readonly #item = vscode.window.createStatusBarItem("headroom.audio", vscode.StatusBarAlignment.Right, 100);
  readonly #subscription: vscode.Disposable;

  constructor(editor: WavEditor) {
    this.#editor = editor;
    this.#item.name = "Audio Format and Loudness";
    this.#item.command = { title: "Measure Selection", command: "headroom.wav.measureSelection" };
    this.#subscription = editor.onDidChangeActive(() => this.#show());
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscription, this.#item).dispose();
  }

  #show(): void {
    const state = this.#editor.active?.state;
    if (!state?.facts) {
      this.#item.hide();
      return;
    }
    const { facts, audio, measurement, unmeasured } = state;
    const loudness = measurement
      ? formatLufs(measurement.integrated)
      : unmeasured === null
        ? "measuring…"
        : "not measured";
    this.#item.text = `$(pulse) ${formatOf(facts, audio)}, ${loudness}`;
    this.#item.tooltip = detailsOf(facts, audio, measurement);
    this.#item.accessibilityInformation = { label: `Audio: ${formatOf(facts, audio)}, loudness ${loudness}` };
    this.#item.show();
  }
}

/** `WAV 48 kHz 24-bit stereo` */
function formatOf(
  { container, bitDepth, isFloat }: AudioFacts,
  { sampleRate, channels }: ShownAudio,
): string {
  const depth = bitDepth === null ? [] : [isFloat ? `${bitDepth}-bit float` : `${bitDepth}-bit`];
  return [container, formatSampleRate(sampleRate), ...depth, layoutOf(channels)].join(" ");
}

function layoutOf(channels: number): string {
  if (channels === 1) return "mono";
  return channels === 2 ? "stereo" : `${channels} channels`;
}

function detailsOf(
  { codec }: AudioFacts,
  { frames, sampleRate, channels }: ShownAudio,
  measurement: Measurement | null,
): vscode.MarkdownString {
  const rows = [
    ["Codec", codec],
    ["Length", sampleRate > 0 ? formatClock(frames / sampleRate) : formatClock(null)],
    ["Channels", String(channels)],
    ...(measurement
      ? [
          ["Integrated loudness", formatLufs(measurement.integrated)],
          ["Loudness range", formatLu(measurement.lra)],
          ["True peak", formatTruePeak(measurement.truePeak)],
        ]
      : []),
  ];
  const lines = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return new vscode.MarkdownString(["| | |", "|---|---|", ...lines].join("\n"));
}
