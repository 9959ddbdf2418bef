import type { SpectrogramSettings, WavSettings } from "../../../src/protocol/wavProtocol.js";
import { element, linkButton } from "../../shared/element.js";
import { choiceField, numberField } from "../../shared/fields.js";
import type { WavModel } from "../wavModel.js";
import { hasAny, type WavPart } from "../wavPart.js";

const choices = <Value extends string>(...pairs: readonly (readonly [Value, string])[]) =>
  pairs.map(([value, label]) => ({ value, label }));

/** How waveform, spectrogram and ruler are drawn; kept for files opened later. */
export function viewPanel(model: WavModel): WavPart {
  const change = (settings: Partial<WavSettings>): void => model.changeSettings(settings);
  const changeSpectrogram = (part: Partial<SpectrogramSettings>): void =>
    change({ spectrogram: { ...model.settings.spectrogram, ...part } });
  const { settings } = model;
  const amplitude = choiceField<WavSettings["amplitude"]>({
    ...{
      label: "Amplitude",
      value: settings.amplitude,
      choices: choices(["linear", "Linear"], ["dB", "dB"]),
    },
    onChange: (value) => change({ amplitude: value }),
  });
  const ruler = choiceField<WavSettings["ruler"]>({
    ...{ label: "Ruler", value: settings.ruler },
    choices: choices(["time", "Time"], ["samples", "Samples"], ["bars", "Bars and beats"]),
    onChange: (value) => change({ ruler: value }),
  });
  const tempo = numberField({
    ...{ label: "Tempo", unit: "BPM", value: settings.tempo, min: 20, max: 400 },
    onChange: (value) => change({ tempo: value }),
  });
  const beats = numberField({
    ...{ label: "Beats per bar", unit: "", value: settings.beatsPerBar, min: 1, max: 32, isWhole: true },
    onChange: (value) => change({ beatsPerBar: value }),
  });
  const size = choiceField({
    ...{ label: "Window size", value: String(settings.spectrogram.size) },
    choices: [512, 1024, 2048, 4096, 8192, 16384].map((value) => ({
      value: String(value),
      label: `${value} samples`,
    })),
    onChange: (value) => changeSpectrogram({ size: Number(value) as SpectrogramSettings["size"] }),
  });
  const window = choiceField<SpectrogramSettings["window"]>({
    ...{ label: "Window", value: settings.spectrogram.window },
    choices: choices(["hann", "Hann"], ["blackmanHarris", "Blackman-Harris"], ["kaiser", "Kaiser"]),
    onChange: (value) => changeSpectrogram({ window: value }),
  });
  const scale = choiceField<SpectrogramSettings["scale"]>({
    ...{ label: "Frequencies", value: settings.spectrogram.scale },
    choices: choices(["log", "Logarithmic"], ["mel", "Mel"], ["linear", "Linear"]),
    onChange: (value) => changeSpectrogram({ scale: value }),
  });
  const colors = choiceField<WavSettings["spectrogramColors"]>({
    ...{ label: "Colours", value: settings.spectrogramColors },
    choices: choices(["magma", "Magma"], ["viridis", "Viridis"], ["gray", "Gray"]),
    onChange: (value) => change({ spectrogramColors: value }),
  });
  const low = numberField({
    ...{ label: "Darkest", unit: "dBFS", value: settings.spectrogramRange[0], min: -150, max: -20, step: 5 },
    onChange: (value) =>
      change({ spectrogramRange: [value, Math.max(value + 10, model.settings.spectrogramRange[1])] }),
  });
  const high = numberField({
    ...{ label: "Brightest", unit: "dBFS", value: settings.spectrogramRange[1], min: -100, max: 0, step: 5 },
    onChange: (value) =>
      change({ spectrogramRange: [Math.min(value - 10, model.settings.spectrogramRange[0]), value] }),
  });
  const open = linkButton(
    "All settings of the editor",
    () => void model.ask("act", "openSettings").catch(() => undefined),
  );
  const parts = (...fields: readonly { element: HTMLElement }[]) => fields.map((field) => field.element);
  return {
    element: element(
      "div",
      {},
      ...parts(amplitude, ruler, tempo, beats),
      element("h2", {}, "Spectrogram"),
      ...parts(scale, size, window, colors, low, high),
      element("p", {}, open),
    ),
    show(_, topics) {
      if (!hasAny(topics, "state")) return;
      const now = model.settings;
      amplitude.write(now.amplitude);
      ruler.write(now.ruler);
      tempo.write(now.tempo);
      beats.write(now.beatsPerBar);
      size.write(String(now.spectrogram.size));
      window.write(now.spectrogram.window);
      scale.write(now.spectrogram.scale);
      colors.write(now.spectrogramColors);
      low.write(now.spectrogramRange[0]);
      high.write(now.spectrogramRange[1]);
    },
  };
}
