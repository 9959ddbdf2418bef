import type { MixAction } from "../../src/protocol/mixProtocol.js";
import { formatSampleRate } from "../../src/viewmodel/formats.js";
import { positionText } from "../../src/viewmodel/timeRuler.js";
import { element } from "../shared/element.js";
import { numberField } from "../shared/fields.js";
import { icon, type IconName } from "../shared/icons.js";
import { setEnabled, setName, toolButton, toolGroup } from "../shared/toolButton.js";
import type { Command, CommandTable } from "./commands.js";
import type { Mixer } from "./mixer/mixer.js";
import type { MixModel } from "./mixModel.js";
import type { MixPart } from "./mixPart.js";
import { setValue } from "./mixValue.js";
import { playerState } from "./playerState.js";
import type { Comparison } from "./comparison.js";
import { snapshots } from "./snapshots.js";
import type { Timeline } from "./timeline/timeline.js";
import "./toolbar.css";
import type { Transport } from "./transport.js";

/** Of the format: there are no other metres in it. */
const BEATS_PER_BAR = 4;

export interface ToolbarOptions {
  readonly model: MixModel;
  readonly transport: Transport;
  readonly commands: CommandTable;
  readonly desk: Mixer;
  readonly lanes: Timeline;
  readonly comparison: Comparison;
}

/** Transport, position, tempo, zoom, what is shown, what is added, and what leaves the editor. */
export function toolbar({ model, transport, commands, desk, lanes, comparison }: ToolbarOptions): MixPart {
  const tools: { control: HTMLButtonElement; command: Command }[] = [];
  const tool = (sign: IconName, command: Command): HTMLButtonElement => {
    const control = toolButton(sign, nameOf(command), () => {
      if (command.isEnabled()) command.run();
    });
    tools.push({ control, command });
    return control;
  };
  const act = (label: string, action: MixAction, title: string): HTMLButtonElement => {
    const control = element("button", { type: "button", class: "tool text", title }, label);
    control.addEventListener("click", () => void model.ask("act", action).catch(() => undefined));
    return control;
  };
  const adding = (label: string, command: Command): HTMLButtonElement => {
    const control = element("button", { type: "button", class: "tool text" }, icon("add"), label);
    setName(control, nameOf(command));
    control.addEventListener("click", () => {
      if (command.isEnabled()) command.run();
    });
    tools.push({ control, command });
    return control;
  };
  const play = tool("play", commands.playPause);
  const loop = tool("loop", commands.loop);
  const snap = tool("snap", commands.toggleSnap);
  const timeline = tool("both", commands.toggleTimeline);
  const mixer = tool("gain", commands.toggleMixer);
  const wide = toolButton("sidebar", "Narrow strips", () => desk.toggleWide());
  const bars = element("output", {
    class: "position",
    "aria-live": "off",
    title: "Position in bars and beats",
  });
  const time = element("output", { class: "position time", "aria-live": "off", title: "Position in time" });
  const tempo = numberField({
    ...{ label: "Tempo", unit: "BPM", value: model.mix?.tempo ?? 120, min: 10, max: 400, step: 1 },
    description: "Tempo of the session, beats per minute",
    onChange: (value) => setValue(model, "Tempo", ["tempo"], value),
  });
  tempo.element.classList.add("tempo");
  const rate = element("span", { class: "rate", title: "Sample rate of the session" });
  const mixDown = element("button", { type: "button", class: "tool text" });
  mixDown.addEventListener("click", () => void askForMixdown(model).catch(() => undefined));
  const addAudio = act("Audio\u2026", "addAudio", "Add audio files as tracks");
  addAudio.prepend(icon("add"));
  const status = playerState(model, transport);
  const settings = snapshots(model);
  const compared = element("button", {
    ...{ type: "button", class: "tool text compared" },
    title: "Left out to compare, as loud as with it. Click to hear it again.",
  });
  compared.addEventListener("click", () => comparison.end());
  return {
    element: element(
      "div",
      { class: "toolbar", role: "toolbar", "aria-label": "Session" },
      toolGroup("Playback", tool("start", commands.goToStart), play, tool("stop", commands.stop), loop),
      toolGroup("Position", bars, time, tempo.element, rate),
      toolGroup(
        "View",
        tool("zoomIn", commands.zoomIn),
        tool("zoomOut", commands.zoomOut),
        tool("zoomFit", commands.zoomFit),
        ...[snap, timeline, mixer, wide],
      ),
      toolGroup("Add", adding("Track", commands.addTrack), adding("Bus", commands.addBus), addAudio),
      settings.element,
      compared,
      status.element,
      toolGroup(
        "Output",
        mixDown,
        act("Stems\u2026", "exportStems", "Render every track and bus to a file of its own"),
        act("Text", "openAsText", "Open the session as text"),
        tool("help", commands.help),
      ),
    ),
    show(_, topics) {
      const { mix } = model;
      if (mix && (topics.has("playback") || topics.has("mix") || topics.has("state"))) {
        const units = { sampleRate: mix.sampleRate, tempo: mix.tempo, beatsPerBar: BEATS_PER_BAR };
        const frame = Math.round(transport.playhead);
        setText(bars, positionText(frame, { kind: "bars", ...units }));
        setText(time, positionText(frame, { kind: "time", ...units }));
      }
      status.show(model, topics);
      settings.show(model, topics);
      const { label } = comparison;
      compared.hidden = label === undefined;
      compared.textContent = label === undefined ? "" : `A/B: ${label}`;
      if (
        topics.size === 1 &&
        topics.has("playback") &&
        transport.isPlaying === play.classList.contains("active")
      )
        return;
      const isPart = model.selection.range !== null;
      mixDown.textContent = isPart ? "Mix Down Range\u2026" : "Mix Down\u2026";
      mixDown.title = isPart ? "Render the selected range to a file" : "Render the mix to a file";
      for (const { control, command } of tools) setEnabled(control, command.isEnabled());
      const { isPlaying } = transport;
      play.classList.toggle("active", isPlaying);
      play.replaceChildren(icon(isPlaying ? "pause" : "play"));
      setName(play, isPlaying ? "Pause (Space)" : "Play (Space)");
      setPressed(loop, transport.isLooping);
      setPressed(snap, lanes.snaps);
      setPressed(timeline, lanes.isShown);
      setPressed(mixer, desk.isShown);
      setPressed(wide, !desk.isWide);
      if (!mix) return;
      tempo.write(mix.tempo);
      tempo.control.toggleAttribute("disabled", !model.canEdit);
      setText(rate, formatSampleRate(mix.sampleRate));
      addAudio.toggleAttribute("disabled", !model.canEdit);
    },
  };
}

/** Of the selected range, if there is one. */
function askForMixdown({ mix, selection: { range }, ask }: MixModel): Promise<void> {
  if (!mix || !range) return ask("act", "mixDown");
  return ask("mixDownRange", { from: range.start / mix.sampleRate, to: range.end / mix.sampleRate });
}

function setText(output: HTMLElement, text: string): void {
  if (output.textContent !== text) output.textContent = text;
}

const setPressed = (control: HTMLElement, isPressed: boolean): void =>
  control.setAttribute("aria-pressed", String(isPressed));

function nameOf({ label, keys }: Command): string {
  return keys[0] === undefined ? label : `${label} (${keys[0]})`;
}
