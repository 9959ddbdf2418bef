import type { AlbumView, EditRequest } from "../../src/protocol/albumProtocol.js";
import { element } from "../shared/element.js";
import { choiceField, numberField } from "../shared/fields.js";
import type { Part } from "./part.js";

const MODES = [
  { value: "album", label: "Album: loud parts together, the loudest song at the target" },
  { value: "track", label: "Track: every song at the target" },
  { value: "preserve", label: "Preserve: one gain for all songs" },
] as const;

/** How loud the album is to be, edited in place. */
export function targetFields(edit: (request: EditRequest) => void): Part {
  const set = (label: string, key: keyof AlbumView["target"], value: string | number): void =>
    edit({ label, changes: [{ type: "set", path: ["target", key], value }] });
  const loudness = numberField({
    ...{ label: "Target", unit: "LUFS", value: -14, min: -40, max: -5, step: 0.5 },
    description: "Integrated loudness of every song, or of the loudest one",
    onChange: (value) => set("Target loudness", "loudness", value),
  });
  const ceiling = numberField({
    ...{ label: "Ceiling", unit: "dBTP", value: -1, min: -6, max: 0, step: 0.1 },
    description: "True peak that no file exceeds",
    onChange: (value) => set("Ceiling", "truePeak", value),
  });
  const mode = choiceField<string>({
    ...{ label: "Mode", choices: MODES, value: "album", isBare: true },
    description: "How the songs relate to each other",
    onChange: (value) => set("Mode", "mode", value),
  });
  const whole = element("div", { class: "fields" }, loudness.element, ceiling.element, mode.element);
  return {
    element: whole,
    show({ album, isCurrent, progress }) {
      whole.hidden = album === null;
      if (!album) return;
      loudness.write(album.target.loudness);
      ceiling.write(album.target.truePeak);
      mode.write(album.target.mode);
      for (const { control } of [loudness, ceiling, mode])
        control.toggleAttribute("disabled", !isCurrent || progress !== null);
    },
  };
}
