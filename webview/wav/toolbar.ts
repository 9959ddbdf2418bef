import { element } from "../shared/element.js";
import { choiceField, type Field } from "../shared/fields.js";
import { icon } from "../shared/icons.js";
import { openMenu } from "../shared/menu.js";
import { setEnabled, setName, toolButton, toolGroup } from "../shared/toolButton.js";
import { volumeSlider } from "../shared/player/volumeSlider.js";
import { listenMenu } from "./listenMenu.js";
import type { Command, CommandTable } from "./commands.js";
import type { Transport } from "./transport.js";
import type { WavModel } from "./wavModel.js";
import { hasAny, type WavPart } from "./wavPart.js";

export interface ToolbarOptions {
  readonly model: WavModel;
  readonly transport: Transport;
  readonly commands: CommandTable;
  readonly openEditMenu: (at: { x: number; y: number }) => void;
  readonly toggleSidebar: () => void;
}

const SPEEDS = ["0.25", "0.5", "0.75", "1", "1.25", "1.5", "2", "4"].map((value) => ({
  value,
  label: `${value}×`,
}));

/** Transport, view, edits. */
export function toolbar(options: ToolbarOptions): WavPart {
  const { model, transport, commands } = options;
  const buttons: { control: HTMLButtonElement; command: Command }[] = [];
  const tool = (command: Command): HTMLButtonElement => {
    const control = toolButton(command.icon ?? "more", nameOf(command), () => {
      if (command.isEnabled()) command.run();
    });
    buttons.push({ control, command });
    return control;
  };
  const play = tool(commands.playPause);
  const loop = tool(commands.loop);
  const speed = choiceField({
    ...{ label: "Speed; the pitch stays", choices: SPEEDS, value: "1", isBare: true },
    onChange: (value) => transport.setSpeed(Number(value)),
  });
  const volume = volumeSlider((level) => transport.setVolume(level));
  const listen = toolButton("channels", "Listen to channels", () => {
    const { left, bottom } = listen.getBoundingClientRect();
    openMenu(listenMenu(model, transport), { x: left, y: bottom }, "Listen to");
  });
  listen.setAttribute("aria-haspopup", "menu");
  const views = viewSwitch(model);
  const snap = toolButton("snap", "Snap to zero crossings", () => model.setSnapsToZero(!model.snapsToZero));
  const more = toolButton("more", "More edits", () => {
    const { left, bottom } = more.getBoundingClientRect();
    options.openEditMenu({ x: left, y: bottom });
  });
  more.setAttribute("aria-haspopup", "menu");
  const sidebar = toolButton("sidebar", "Show or hide the side bar", options.toggleSidebar);
  const { zoomIn, zoomOut, zoomFit, zoomSelection, cut, copy, paste, delete: remove, trim } = commands;
  return {
    element: element(
      "div",
      { class: "toolbar", role: "toolbar", "aria-label": "Audio" },
      toolGroup(
        "Playback",
        tool(commands.goToStart),
        play,
        tool(commands.stop),
        loop,
        speed.element,
        listen,
        volume.element,
      ),
      toolGroup("View", views.element, tool(zoomIn), tool(zoomOut), tool(zoomFit), tool(zoomSelection), snap),
      toolGroup(
        "Edit",
        ...[cut, copy, paste, remove, trim].map(tool),
        tool(commands.fadeIn),
        tool(commands.fadeOut),
      ),
      toolGroup("Level", tool(commands.gain), tool(commands.normalize), tool(commands.addMarker), more),
      toolGroup("Help", tool(commands.help), sidebar),
    ),
    show(_, topics) {
      if (!hasAny(topics, "state", "selection", "playback", "audio")) return;
      for (const { control, command } of buttons) setEnabled(control, command.isEnabled());
      const { isPlaying } = transport;
      play.replaceChildren(icon(isPlaying ? "pause" : "play"));
      setName(play, isPlaying ? "Pause (Space)" : "Play (Space)");
      loop.setAttribute("aria-pressed", String(transport.isLooping));
      snap.setAttribute("aria-pressed", String(model.snapsToZero));
      const { mode, silenced } = transport.listening;
      listen.classList.toggle("active", mode !== "stereo" || silenced.length > 0);
      speed.write(String(transport.player.speed));
      volume.show(transport.volume);
      views.write(model.settings.view);
    },
  };
}

function nameOf({ label, keys }: Command): string {
  return keys?.[0] === undefined ? label : `${label} (${keys[0]})`;
}

const VIEWS = [
  ["waveform", "Waveform"],
  ["spectrogram", "Spectrogram"],
  ["both", "Waveform and spectrogram"],
] as const;

function viewSwitch(model: WavModel): Pick<Field<string>, "element" | "write"> {
  const controls = VIEWS.map(([view, name]) => {
    const control = toolButton(view, name, () => model.changeSettings({ view }));
    control.setAttribute("role", "radio");
    return { view, control };
  });
  return {
    element: element(
      "div",
      { class: "switch", role: "radiogroup", "aria-label": "View" },
      ...controls.map(({ control }) => control),
    ),
    write(value) {
      for (const { view, control } of controls) control.setAttribute("aria-checked", String(view === value));
    },
  };
}
