/** What the keys, the menus and VS Code's commands do in the mix editor. */
import type { MixViewCommand } from "../../src/protocol/mixProtocol.js";
import type { Mixer } from "./mixer/mixer.js";
import type { MixModel } from "./mixModel.js";
import type { Timeline } from "./timeline/timeline.js";
import type { Transport } from "./transport.js";

export interface Command {
  readonly label: string;
  /** As `keyOf` of the keyboard names it. */
  readonly keys: readonly string[];
  readonly isEnabled: () => boolean;
  readonly run: () => void;
}

export type CommandTable = Readonly<Record<MixViewCommand, Command>>;

export interface CommandScope {
  readonly model: MixModel;
  readonly transport: Transport;
  readonly lanes: Timeline;
  readonly desk: Mixer;
  readonly showHelp: () => void;
}

export function commandTable({ model, transport, lanes, desk, showHelp }: CommandScope): CommandTable {
  const always = (): boolean => model.mix !== null;
  const canEdit = (): boolean => model.canEdit;
  const hasClips = (): boolean => model.canEdit && model.selection.clips.length > 0;
  const command = (
    label: string,
    keys: readonly string[],
    run: () => void,
    isEnabled: () => boolean = always,
  ): Command => ({ label, keys, run, isEnabled });
  return {
    playPause: command("Play or pause", ["Space"], () => transport.toggle()),
    stop: command("Stop", ["Enter"], () => transport.stop()),
    loop: command("Loop", ["L"], () => transport.toggleLoop()),
    goToStart: command("Go to the start", ["Home"], () => lanes.goTo("start")),
    goToEnd: command("Go to the end", ["End"], () => lanes.goTo("end")),
    zoomIn: command("Zoom in", ["+", "="], () => lanes.zoom(0.5)),
    zoomOut: command("Zoom out", ["-"], () => lanes.zoom(2)),
    zoomFit: command("Show everything", ["0"], () => lanes.fit()),
    zoomSelection: command("Zoom to the selection", ["Z"], () => lanes.zoomSelection()),
    split: command("Split at the playhead", ["S"], () => lanes.split(), canEdit),
    duplicate: command("Duplicate", ["Ctrl+D"], () => lanes.duplicate(), hasClips),
    delete: command("Delete", ["Delete", "Backspace"], () => lanes.delete(), hasClips),
    selectAll: command("Select all clips", ["Ctrl+A"], () => lanes.selectAll()),
    selectNone: command("Select nothing", ["Escape"], () =>
      model.select({ clips: [], range: null, channel: null }),
    ),
    mute: command("Mute", ["M"], () => desk.toggle("mute"), canEdit),
    solo: command("Solo", ["Shift+S"], () => desk.toggle("solo"), canEdit),
    addMarker: command("Add a marker", ["Shift+M"], () => lanes.addMarker(), canEdit),
    addTrack: command("Add a track", ["Ctrl+Alt+T"], () => desk.addTrack(), canEdit),
    addBus: command("Add a bus", ["Ctrl+Alt+B"], () => desk.addBus(), canEdit),
    toggleMixer: command("Show or hide the mixer", ["Ctrl+Alt+M"], () => desk.toggleShown()),
    toggleTimeline: command("Show or hide the timeline", ["Ctrl+Alt+L"], () => lanes.toggleShown()),
    toggleSnap: command("Snap to the grid", ["N"], () => lanes.toggleSnap()),
    help: command("Keys and pointer", ["?"], showHelp),
  };
}
