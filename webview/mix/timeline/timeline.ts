/** Tracks with their clips, below a ruler. */
import type { ClipPlace } from "../../../src/viewmodel/clipLists.js";
import { visibleSpan } from "../../../src/viewmodel/viewport.js";
import { element } from "../../shared/element.js";
import { openMenu, type MenuItem } from "../../shared/menu.js";
import type { MixModel } from "../mixModel.js";
import type { MixPart } from "../mixPart.js";
import type { Transport } from "../transport.js";
import { addFiles } from "./addFiles.js";
import { AutomationLanes } from "./automationLanes.js";
import { breakpointKey } from "./breakpointKeys.js";
import { ClipCommands } from "./clipCommands.js";
import { openClipProperties } from "./clipProperties.js";
import { FilePeaks } from "./filePeaks.js";
import { laneKey } from "./laneKeys.js";
import { lanes } from "./lanes.js";
import { playhead } from "./playhead.js";
import { addMarker, ruler } from "./ruler.js";
import { scrollbars } from "./scrollbars.js";
import { TimelineModel, TRACK_HEIGHTS, type TrackHeight } from "./timelineModel.js";
import "./timeline.css";
import { trackHeaders } from "./trackHeaders.js";

export interface Timeline extends MixPart {
  /** Whether what is dragged snaps. */
  readonly snaps: boolean;
  readonly isShown: boolean;
  goTo(place: "start" | "end"): void;
  /** @param factor above 1 shows more, below 1 less */
  zoom(factor: number): void;
  fit(): void;
  zoomSelection(): void;
  split(): void;
  duplicate(): void;
  delete(): void;
  selectAll(): void;
  addMarker(): void;
  toggleSnap(): void;
  toggleShown(): void;
}

export function timeline(model: MixModel, transport: Transport): Timeline {
  const own = new TimelineModel(model, transport);
  const commands = new ClipCommands(own);
  const peaks = new FilePeaks(model);
  const automation = new AutomationLanes(own);
  const clipMenu = (at: { x: number; y: number }, hit: ClipPlace | undefined): void => {
    const x = at.x - area.area.getBoundingClientRect().left;
    openMenu(menuItems(own, commands, transport, hit, own.secondsAt(x)), at, "Clips");
  };
  /** The menu of the clip that has the focus, beside it. */
  const menuOfActive = (): void => {
    const { left, top } = area.area.getBoundingClientRect();
    const active = model.selection.clips.at(-1);
    const clip = active && own.tracks[active.track]?.clips[active.clip];
    const x = clip ? Math.max(0, own.xOf(clip.start)) : 0;
    const y = active ? own.rows.row(active.track).top - own.scrollTop + own.clipHeight : 0;
    clipMenu({ x: left + x + 8, y: top + y }, clip && active);
  };
  const area = lanes(own, transport, peaks, automation, {
    openMenu: clipMenu,
    openProperties: (hit) => openClipProperties(own, hit),
    addFiles: (uris, track, frame) => void addFiles(own, uris, track, frame),
  });
  const heads = trackHeaders(own, {
    openAutomation: (at, track) => openMenu(automationItems(own, automation, track), at, "Automation"),
    openLane: (at, track, path) =>
      openMenu(laneItems(own, automation, transport, track, path), at, "Automation"),
    pressLaneKey(event, track, path) {
      const playhead = (): number => transport.playhead / own.sampleRate;
      const action = breakpointKey(event, { track, path }, { own, automation, playhead });
      action?.();
      return action !== undefined;
    },
    nameOfLane: (track, path) => automation.describe(track, path, transport.playhead / own.sampleRate),
    openMenu: (at) => openMenu(heightItems(own), at, "Tracks"),
  });
  const scale = ruler(own, transport);
  const line = playhead(own, transport);
  const bars = scrollbars(own);
  const live = element("div", { class: "spoken", role: "status" });
  own.announce = (text) => (live.textContent = text);
  const empty = element(
    "p",
    { class: "empty" },
    "No tracks yet. Add audio, or drop audio files here with Shift held.",
  );
  const body = element("div", { class: "body" }, heads.element, area.element, line.element, empty);
  const whole = element(
    "section",
    { class: "timeline", "aria-label": "Timeline" },
    scale.element,
    body,
    ...bars.elements,
    live,
  );
  area.area.addEventListener("keydown", (event) => {
    const action = laneKey(event, { own, commands, cancel: () => area.cancel(), openMenu: menuOfActive });
    if (!action) return;
    action();
    event.preventDefault();
    event.stopPropagation();
  });
  const parts = [scale, area, heads, line, bars];
  let frames = own.frames;
  return {
    element: whole,
    get snaps() {
      return own.snaps;
    },
    get isShown() {
      return !whole.hidden;
    },
    show(_, topics) {
      if (topics.has("mix") || topics.has("state")) {
        const before = frames;
        frames = own.frames;
        if (before !== frames && !model.isMoving) own.follow(before);
        empty.hidden = own.tracks.length > 0;
      }
      if (transport.isPlaying) turnPage(own, transport);
      for (const part of parts) part.show(model, topics);
    },
    goTo(place) {
      transport.seek(place === "start" ? 0 : own.end);
      own.scrollToFrame(
        place === "start" ? 0 : own.end - model.viewport.framesPerPixel * model.viewport.width * 0.9,
      );
    },
    zoom: (factor) => own.zoom(factor),
    fit: () => own.fit(),
    zoomSelection: () => zoomSelection(own),
    split: () => commands.split(transport.playhead / own.sampleRate),
    duplicate: () => commands.duplicate(),
    delete: () => commands.delete(),
    selectAll: () => commands.selectAll(),
    addMarker: () => addMarker(own, transport),
    toggleSnap: () => own.toggleSnap(),
    toggleShown() {
      whole.hidden = !whole.hidden;
      model.touch("viewport", "state");
    },
  };
}

/** Turns the page when the playhead leaves the view. */
function turnPage(own: TimelineModel, { playhead: at }: Transport): void {
  const { start, end } = visibleSpan(own.mix.viewport);
  if (at >= end && at < end + (end - start)) own.scrollToFrame(at - (end - start) * 0.02);
}

function zoomSelection(own: TimelineModel): void {
  const { range, clips } = own.mix.selection;
  if (range) {
    own.showSpan(range);
    return;
  }
  const chosen = clips.flatMap(({ track, clip }) => own.tracks[track]?.clips[clip] ?? []);
  if (chosen.length === 0) return;
  own.showSpan({
    start: Math.min(...chosen.map(({ start }) => start)) * own.sampleRate,
    end: Math.max(...chosen.map((clip) => own.endOf(clip))) * own.sampleRate,
  });
}

function menuItems(
  own: TimelineModel,
  commands: ClipCommands,
  transport: Transport,
  hit: ClipPlace | undefined,
  /** Where the menu is. */
  seconds: number,
): (MenuItem | null)[] {
  const { mix } = own;
  const isEnabled = mix.canEdit && mix.selection.clips.length > 0;
  const clip = hit && own.tracks[hit.track]?.clips[hit.clip];
  return [
    {
      label: "Split at playhead",
      keys: "S",
      isEnabled: mix.canEdit,
      run: () => commands.split(transport.playhead / own.sampleRate),
    },
    {
      label: "Split here",
      isEnabled: mix.canEdit && hit !== undefined,
      run: () => commands.split(seconds),
    },
    { label: "Duplicate", keys: "Ctrl+D", isEnabled, run: () => commands.duplicate() },
    { label: "Delete", keys: "Delete", icon: "delete", isEnabled, run: () => commands.delete() },
    null,
    { label: "Reverse", isEnabled, run: () => commands.toggle("reverse") },
    { label: "Mute clip", isEnabled, run: () => commands.toggle("mute") },
    {
      label: "Properties…",
      keys: "Enter",
      isEnabled: isEnabled && hit !== undefined,
      run: () => hit && openClipProperties(own, hit),
    },
    {
      label: "Open the audio file",
      isEnabled: clip !== undefined,
      run: () => void (clip && mix.ask("openFile", clip.file).catch(() => undefined)),
    },
    null,
    ...heightItems(own),
  ];
}

function heightItems(own: TimelineModel): MenuItem[] {
  const labels: Record<TrackHeight, string> = {
    small: "Small tracks",
    medium: "Medium tracks",
    large: "Large tracks",
  };
  return (Object.keys(TRACK_HEIGHTS) as TrackHeight[]).map((height) => ({
    label: labels[height],
    isChecked: own.trackHeight === height,
    run: () => own.setTrackHeight(height),
  }));
}

/** Lanes to open and close. */
function automationItems(own: TimelineModel, automation: AutomationLanes, index: number): MenuItem[] {
  const track = own.tracks[index];
  if (!track) return [];
  const parameters = automation.parametersOf(track);
  const isUsed = (path: string): boolean => (track.automation?.[path] ?? []).length > 0;
  // What is automated stands first.
  const sorted = [...parameters].sort((a, b) => Number(isUsed(b.path)) - Number(isUsed(a.path)));
  return sorted.map(({ path, name }) => ({
    ...{ label: isUsed(path) ? `${name} (automated)` : name, isChecked: own.lanesOf(index).includes(path) },
    run: () => own.toggleLane(index, path),
  }));
}

function laneItems(
  own: TimelineModel,
  automation: AutomationLanes,
  transport: Transport,
  index: number,
  path: string,
): MenuItem[] {
  const track = own.tracks[index];
  const parameter = track && automation.parametersOf(track).find((each) => each.path === path);
  if (!track || !parameter) return [];
  return [
    {
      ...{ label: "Add breakpoint at playhead", isEnabled: own.mix.canEdit },
      run: () => automation.addPoint(index, parameter, transport.playhead / own.sampleRate),
    },
    {
      label: "Delete all of this lane",
      isEnabled: own.mix.canEdit && (track.automation?.[path] ?? []).length > 0,
      run: () => automation.clear(index, parameter),
    },
    { label: "Close the lane", run: () => own.toggleLane(index, path) },
  ];
}
