import type { AudioMarker } from "../../src/protocol/wavProtocol.js";
import { positionText } from "../../src/viewmodel/timeRuler.js";
import { frameToX, xToFrame } from "../../src/viewmodel/viewport.js";
import { element } from "../shared/element.js";
import { openMenu } from "../shared/menu.js";
import { setMarkers } from "./jumps.js";
import type { WavModel } from "./wavModel.js";
import { hasAny, type WavPart } from "./wavPart.js";

/** Flags in the page at most; the nearest to the view. */
const MOST = 300;

/** Markers, regions and loops as flags: press to go there, drag to move, double-click or F2 to rename. */
export function markerLane(model: WavModel, onSeek: (frame: number) => void): WavPart {
  const band = element("div", { class: "band", role: "group", "aria-label": "Markers" });
  const row = element("div", { class: "row markers" }, element("div", { class: "gutter" }, "cue"), band);
  let flags: { readonly flag: HTMLElement; readonly marker: AudioMarker }[] = [];
  let loops: { readonly box: HTMLElement; readonly start: number; readonly end: number }[] = [];
  let shown: unknown;
  const rebuild = (): void => {
    const { markers } = model.audio;
    flags = markers
      .slice(0, MOST)
      .map((marker, i) => ({ marker, flag: markerFlag(model, marker, i, onSeek) }));
    loops = (model.state.facts?.loops ?? []).map(({ startFrame, endFrame }) => ({
      ...{ start: startFrame, end: endFrame },
      box: element("div", { class: "file-loop", title: "Loop of the file (smpl)" }),
    }));
    band.replaceChildren(...loops.map(({ box }) => box), ...flags.map(({ flag }) => flag));
  };
  return {
    element: row,
    show(_, topics) {
      if (!hasAny(topics, "viewport", "audio", "state")) return;
      const key = model.audio.markers;
      if (key !== shown || topics.has("audio")) rebuild();
      shown = key;
      row.hidden = flags.length === 0 && loops.length === 0;
      const { viewport } = model;
      for (const { flag, marker } of flags) {
        const x = frameToX(viewport, marker.frame);
        const right = frameToX(viewport, marker.frame + marker.lengthFrames);
        place(flag, x, marker.lengthFrames > 0 ? right - x : undefined, right >= -160 && x <= viewport.width);
      }
      for (const { box, start, end } of loops) {
        const [x, right] = [frameToX(viewport, start), frameToX(viewport, end)];
        place(box, x, right - x, right >= 0 && x <= viewport.width);
      }
    },
  };
}

function place(box: HTMLElement, x: number, width: number | undefined, isInSight: boolean): void {
  box.hidden = !isInSight;
  if (!isInSight) return;
  // A region that begins far to the left would be wider than a browser can draw.
  const left = Math.max(-100, x);
  box.style.transform = `translateX(${left}px)`;
  if (width !== undefined) box.style.width = `${Math.max(6, Math.min(x + width, 20_000) - left)}px`;
}

function markerFlag(
  model: WavModel,
  marker: AudioMarker,
  at: number,
  onSeek: (frame: number) => void,
): HTMLElement {
  const { frame, label, lengthFrames } = marker;
  const isRegion = lengthFrames > 0;
  const name = label === "" ? `${isRegion ? "Region" : "Marker"} ${at + 1}` : label;
  const time = positionText(frame, model.rulerUnits);
  const flag = element(
    "button",
    {
      ...{ type: "button", class: `flag${isRegion ? " region" : ""}` },
      title: `${name}, ${time}. Drag to move, F2 to rename, Delete to remove.`,
      "aria-label": `${isRegion ? "Region" : "Marker"} ${name} at ${time}`,
    },
    name,
  );
  const go = (): void => {
    if (isRegion) model.selectSpan({ start: frame, end: frame + lengthFrames });
    else model.moveCursor(frame, false);
    onSeek(frame);
  };
  const replace = (changed: Partial<AudioMarker> | null): void => {
    if (!model.canEdit) return;
    const markers = model.audio.markers.filter((_, i) => i !== at);
    setMarkers(model, changed ? [...markers, { ...marker, ...changed }] : markers);
  };
  const startRenaming = (): void => {
    if (model.canEdit) rename(flag, name, (text) => replace({ label: text }));
  };
  flag.addEventListener("click", (event) => {
    // A press by keyboard; the pointer is followed below.
    if (event.detail === 0) go();
  });
  flag.addEventListener("dblclick", startRenaming);
  flag.addEventListener("keydown", (event) => {
    if (event.key === "F2") startRenaming();
    else if (event.key === "Delete" || event.key === "Backspace") replace(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  flag.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const isEnabled = model.canEdit;
    const items = [
      { label: "Go to", run: go },
      { label: "Rename", keys: "F2", isEnabled, run: startRenaming },
      { label: "Remove", keys: "Delete", isEnabled, run: () => replace(null) },
    ];
    openMenu(items, { x: event.clientX, y: event.clientY }, name);
  });
  dragFlag(flag, model, frame, go, (to) => replace({ frame: to }));
  return flag;
}

/** Moves a flag with the pointer; a press that moves nothing goes to the marker. */
function dragFlag(
  flag: HTMLElement,
  model: WavModel,
  frame: number,
  go: () => void,
  onMoved: (frame: number) => void,
): void {
  let downX: number | undefined;
  let to = frame;
  flag.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    downX = event.clientX;
    to = frame;
    flag.setPointerCapture(event.pointerId);
  });
  flag.addEventListener("pointermove", (event) => {
    if (downX === undefined || !model.canEdit || Math.abs(event.clientX - downX) < 3) return;
    const x = frameToX(model.viewport, frame) + event.clientX - downX;
    to = Math.min(model.frames, Math.max(0, Math.round(xToFrame(model.viewport, x))));
    flag.style.transform = `translateX(${frameToX(model.viewport, to)}px)`;
  });
  flag.addEventListener("pointerup", () => {
    if (downX === undefined) return;
    downX = undefined;
    if (to === frame) go();
    else onMoved(to);
  });
  flag.addEventListener("pointercancel", () => {
    downX = undefined;
    model.touch("viewport");
  });
}

/** Puts a field in the place of the flag's text. Enter takes it, Escape gives up. */
function rename(flag: HTMLElement, name: string, onNamed: (text: string) => void): void {
  const input = element("input", { type: "text", class: "rename", "aria-label": "Name of the marker" });
  input.value = name;
  input.style.transform = flag.style.transform;
  flag.after(input);
  input.focus();
  input.select();
  let isDone = false;
  const finish = (isTaken: boolean): void => {
    if (isDone) return;
    isDone = true;
    const text = input.value.trim();
    input.remove();
    if (flag.isConnected) flag.focus();
    if (isTaken && text !== name) onNamed(text);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") finish(true);
    else if (event.key === "Escape") finish(false);
    else return;
    event.stopPropagation();
  });
  input.addEventListener("blur", () => finish(true));
}
