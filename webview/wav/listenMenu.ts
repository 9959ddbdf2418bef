import { channelNames } from "../../src/viewmodel/channelNames.js";
import type { Listening } from "../../src/viewmodel/listening.js";
import type { MenuItem } from "../shared/menu.js";
import type { Transport } from "./transport.js";
import type { WavModel } from "./wavModel.js";

const MODES: readonly { mode: Exclude<Listening["mode"], number>; label: string }[] = [
  { mode: "stereo", label: "Stereo" },
  { mode: "left", label: "Left on both sides" },
  { mode: "right", label: "Right on both sides" },
  { mode: "mid", label: "Mid" },
  { mode: "side", label: "Side" },
  { mode: "mono", label: "Mono sum" },
];

/** What is heard: stereo, one side, mid or side, or a single channel. */
export function listenMenu(model: WavModel, transport: Transport): (MenuItem | null)[] {
  const { channels } = model.audio;
  const item = (mode: Listening["mode"], label: string): MenuItem => ({
    label,
    isChecked: transport.listening.mode === mode,
    run: () => transport.listen({ mode, silenced: [] }),
  });
  const names = channelNames(channels, model.state.facts?.channelMask ?? 0);
  const shown = channels === 1 ? MODES.slice(0, 1) : MODES;
  return [
    ...shown.map(({ mode, label }) => item(mode, channels === 1 ? "Both sides" : label)),
    ...(channels > 2 ? [null, ...names.map((name, i) => item(i, `Channel ${name} alone`))] : []),
  ];
}
