import * as vscode from "vscode";
import type { WavSettings } from "../../protocol/wavProtocol.js";

/** Where the settings of the audio editor are. */
export const WAV_SECTION = "headroom.wav";

/** The settings for files opened from now on; what package.json says where the user says nothing. */
export function wavSettings(): WavSettings {
  const section = vscode.workspace.getConfiguration(WAV_SECTION);
  const get = <T>(key: string, otherwise: T): T => section.get<T>(key, otherwise);
  return {
    autoplay: get("autoplay", false),
    view: get("view", "waveform"),
    ruler: get("ruler", "time"),
    amplitude: get("amplitude", "linear"),
    spectrogram: {
      size: get("spectrogram.size", 2048),
      window: get("spectrogram.window", "hann"),
      scale: get("spectrogram.scale", "mel"),
    },
    spectrogramRange: [get("spectrogram.floor", -110), get("spectrogram.ceiling", -10)],
    spectrogramColors: get("spectrogram.colors", "magma"),
    tempo: get("tempo", 120),
    beatsPerBar: get("beatsPerBar", 4),
  };
}

/** The last choice to be remembered; the next one waits for it, so that the last one counts. */
let remembering: Promise<unknown> = Promise.resolve();

/** Remembers what the user chose in the view. */
export function rememberWavSettings(change: Partial<WavSettings>): Promise<void> {
  const done = remembering.then(() => writeSettings(change));
  remembering = done.catch(() => undefined);
  return done;
}

async function writeSettings(change: Partial<WavSettings>): Promise<void> {
  const section = vscode.workspace.getConfiguration(WAV_SECTION);
  const { spectrogram, spectrogramRange, spectrogramColors, ...plain } = change;
  const entries: Record<string, unknown> = { ...plain };
  if (spectrogram) {
    for (const [key, value] of Object.entries(spectrogram)) entries[`spectrogram.${key}`] = value;
  }
  if (spectrogramRange) {
    [entries["spectrogram.floor"], entries["spectrogram.ceiling"]] = spectrogramRange;
  }
  if (spectrogramColors) entries["spectrogram.colors"] = spectrogramColors;
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined || section.get(key) === value) continue;
    await section.update(key, value, vscode.ConfigurationTarget.Global);
  }
}
