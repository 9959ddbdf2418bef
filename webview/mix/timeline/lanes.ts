/** The lanes: a canvas with the clips of the tracks in sight, and the hands on it. */
import type { ClipPlace } from "../../../src/viewmodel/clipLists.js";
import { frameToX, visibleSpan, xToFrame } from "../../../src/viewmodel/viewport.js";
import { rulerTicks } from "../../../src/viewmodel/timeRuler.js";
import { element } from "../../shared/element.js";
import { Surface } from "../../shared/surface.js";
import { themeColors } from "../../shared/theme.js";
import { hasAny } from "../mixPart.js";
import type { MixPart } from "../mixPart.js";
import type { Transport } from "../transport.js";
import type { AutomationLanes } from "./automationLanes.js";
import { ClipHands, type PointerState } from "./clipHands.js";
import { clipAt, CURSORS, isSame, type ClipHit } from "./clipHit.js";
import { ClipOptions } from "./clipOptions.js";
import { ClipPainter, type ClipBox } from "./clipPainter.js";
import type { FilePeaks } from "./filePeaks.js";
import type { TimelineModel } from "./timelineModel.js";
import { trackColor } from "./trackColor.js";
import { WavePlane } from "./wavePlane.js";

const COLORS = [
  "--grid",
  "--line",
  "--select-fill",
  "--select-edge",
  "--text",
  "--handle",
  "--lane-ground",
] as const;
/** Between a clip and the edge of its track, CSS pixels. */
const GAP = 2;
const WHEEL_ZOOM = 0.0022;
/** Pixels that the lanes scroll in a frame for each pixel that a hand is beyond their edge. */
const AUTO_SCROLL = 0.3;

export interface LaneActions {
  readonly openMenu: (at: { x: number; y: number }, hit: ClipHit | undefined) => void;
  readonly openProperties: (hit: ClipHit) => void;
  readonly addFiles: (uris: readonly string[], track: number | undefined, frame: number) => void;
}

export interface Lanes extends MixPart {
  /** Has the focus. */
  readonly area: HTMLElement;
  /** Ends a gesture without doing anything. @returns whether there was one */
  cancel(): boolean;
}

export function lanes(
  timeline: TimelineModel,
  transport: Transport,
  peaks: FilePeaks,
  automation: AutomationLanes,
  actions: LaneActions,
): Lanes {
  const { mix } = timeline;
  const back = new Surface("grid");
  const plane = new WavePlane();
  const front = new Surface("clips");
  const readout = element("div", { class: "readout", "aria-hidden": "true" });
  readout.hidden = true;
  const area = element(
    "div",
    {
      ...{ class: "lanes", tabindex: 0, role: "listbox", "aria-multiselectable": "true" },
      "aria-label": "Clips",
      "aria-description": "Arrow keys go from clip to clip, Alt with arrows moves, Enter opens the values.",
    },
    back.canvas,
    plane.surface.canvas,
    front.canvas,
  );
  const options = new ClipOptions(timeline, area);
  const painter = new ClipPainter(timeline, peaks);
  const hands = new ClipHands(timeline);
  let colors = themeColors(COLORS);
  let hover: ClipHit | undefined;
  /** A rectangle that is drawn to select what is in it; CSS pixels, `y` from the top of all rows. */
  let band: { x: number; y: number; toX: number; toY: number } | undefined;

  let family: string | undefined;
  /** Of the page: canvases do not inherit it. */
  const font = (): string => `11px ${(family ??= getComputedStyle(document.body).fontFamily)}`;

  const pointerOf = (event: MouseEvent): PointerState => {
    const { left, top } = area.getBoundingClientRect();
    const { altKey, shiftKey } = event;
    return {
      x: event.clientX - left,
      y: event.clientY - top,
      ...{ altKey, shiftKey, ctrlKey: event.ctrlKey || event.metaKey },
    };
  };

  let last: PointerState | undefined;
  let scrolling = 0;
  const drag = (): void => {
    if (!last) return;
    const hand = automation.isDragging ? automation : hands;
    hand.move(last);
    readout.textContent = hand.readout;
    readout.hidden = hand.readout === "";
    const { offsetWidth } = readout;
    const x = Math.max(0, Math.min(last.x + 14, area.clientWidth - offsetWidth));
    readout.style.transform = `translate(${x}px, ${Math.max(0, last.y - 26)}px)`;
  };
  /** While a hand holds something beyond an edge, the lanes go on under it. */
  const autoScroll = (): void => {
    scrolling = 0;
    if (!last || !hands.hasMoved) return;
    const { clientWidth, clientHeight } = area;
    const beyond = (at: number, size: number): number => (at < 0 ? at : Math.max(0, at - size));
    const [dx, dy] = [beyond(last.x, clientWidth), beyond(last.y, clientHeight)];
    if (dx === 0 && dy === 0) return;
    if (dx !== 0) timeline.scrollBy(dx * AUTO_SCROLL);
    if (dy !== 0) timeline.scrollTo(timeline.scrollTop + dy * AUTO_SCROLL);
    drag();
    scrolling = requestAnimationFrame(autoScroll);
  };

  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    area.focus({ preventScroll: true });
    area.setPointerCapture(event.pointerId);
    const pointer = pointerOf(event);
    const hit = clipAt(timeline, pointer.x, pointer.y);
    if (hit) hands.press(hit, pointer);
    else if (automation.covers(pointer)) automation.press(pointer);
    else {
      const y = pointer.y + timeline.scrollTop;
      band = { x: pointer.x, y, toX: pointer.x, toY: y };
      const track = timeline.rows.at(y)?.index;
      if (!pointer.shiftKey && !pointer.ctrlKey) mix.select({ clips: [] });
      if (track !== undefined) mix.select({ channel: { list: "tracks", index: track } });
    }
    mix.touch("selection");
  });
  area.addEventListener("pointermove", (event) => {
    const pointer = pointerOf(event);
    if (band) {
      Object.assign(band, { toX: pointer.x, toY: pointer.y + timeline.scrollTop });
      mix.touch("selection");
      return;
    }
    if (hands.isDragging || automation.isDragging) {
      last = pointer;
      drag();
      if (scrolling === 0) autoScroll();
      return;
    }
    const hit = clipAt(timeline, pointer.x, pointer.y);
    if (hit?.zone !== hover?.zone || (hit && hover && !isSame(hit, hover)) || !hit !== !hover)
      mix.touch("selection");
    hover = hit;
    area.style.cursor = hit ? CURSORS[hit.zone] : "default";
  });
  const letGo = (event: PointerEvent): void => {
    const pointer = pointerOf(event);
    readout.hidden = true;
    if (band) {
      selectBand(timeline, band, pointer.shiftKey || pointer.ctrlKey);
      if (Math.abs(band.toX - band.x) < 3 && Math.abs(band.toY - band.y) < 3)
        transport.seek(xToFrame(mix.viewport, pointer.x));
      band = undefined;
      mix.touch("selection");
    } else if (automation.isDragging) automation.release();
    else hands.release(pointer);
  };
  area.addEventListener("pointerup", letGo);
  area.addEventListener("pointercancel", () => {
    band = undefined;
    hands.cancel();
    automation.cancel();
    readout.hidden = true;
  });
  area.addEventListener("pointerleave", () => {
    hover = undefined;
    mix.touch("selection");
  });
  area.addEventListener("dblclick", (event) => {
    const pointer = pointerOf(event);
    const hit = clipAt(timeline, pointer.x, pointer.y);
    if (hit) actions.openProperties(hit);
    else if (automation.covers(pointer)) automation.add(pointer);
  });
  area.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    const pointer = pointerOf(event);
    if (automation.covers(pointer)) {
      automation.openMenu(pointer, { x: event.clientX, y: event.clientY });
      return;
    }
    const hit = clipAt(timeline, pointer.x, pointer.y);
    if (hit && !mix.selection.clips.some((each) => isSame(each, hit)))
      mix.select({
        clips: [{ track: hit.track, clip: hit.clip }],
        channel: { list: "tracks", index: hit.track },
      });
    actions.openMenu({ x: event.clientX, y: event.clientY }, hit);
  });
  area.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey)
        timeline.zoom(Math.exp(event.deltaY * WHEEL_ZOOM), pointerOf(event).x);
      else if (event.shiftKey) timeline.scrollBy(event.deltaY || event.deltaX);
      else {
        if (event.deltaX !== 0) timeline.scrollBy(event.deltaX);
        if (event.deltaY !== 0) timeline.scrollTo(timeline.scrollTop + event.deltaY);
      }
    },
    { passive: false },
  );
  area.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    area.classList.add("taking");
  });
  area.addEventListener("dragleave", () => area.classList.remove("taking"));
  area.addEventListener("drop", (event) => {
    area.classList.remove("taking");
    const uris = urisOf(event);
    if (uris.length === 0) return;
    event.preventDefault();
    const pointer = pointerOf(event);
    const track = timeline.rows.at(pointer.y + timeline.scrollTop)?.index;
    actions.addFiles(uris, track, Math.max(0, xToFrame(mix.viewport, pointer.x)));
  });
  new ResizeObserver(() => timeline.resize(area.clientWidth, area.clientHeight)).observe(area);

  const drawGrid = (context: CanvasRenderingContext2D, height: number): void => {
    context.fillStyle = colors["--grid"];
    for (const { x } of rulerTicks(mix.viewport, timeline.units))
      context.fillRect(Math.round(x), 0, 1, height);
  };

  const drawTracks = (height: number): void => {
    const { viewport, selection } = mix;
    const span = visibleSpan(viewport);
    const layers = { back: back.context, plane, front: front.context };
    const places: ClipPlace[] = [];
    front.context.font = font();
    for (const row of timeline.rows.between(timeline.scrollTop, timeline.scrollTop + height)) {
      const track = timeline.tracks[row.index]!;
      const top = row.top - timeline.scrollTop;
      back.context.fillStyle = colors["--line"];
      back.context.fillRect(0, top + row.height - 1, viewport.width, 1);
      const crossing = timeline.crossingsOf(row.index);
      track.clips.forEach((clip, index) => {
        const place = { track: row.index, clip: index };
        const [from, to] = [clip.start * timeline.sampleRate, timeline.endOf(clip) * timeline.sampleRate];
        if (to < span.start || from > span.end) return;
        places.push(place);
        const box: ClipBox = {
          left: frameToX(viewport, from),
          right: frameToX(viewport, to),
          top: top + GAP,
          height: timeline.clipHeight - 2 * GAP - 1,
        };
        const isSelected = selection.clips.some((each) => isSame(each, place));
        const look = { color: trackColor(track, row.index), isSelected, crossing: crossing[index]! };
        painter.draw(layers, clip, box, look);
        if (hover && isSame(hover, place))
          drawHandles(front.context, box, clip, timeline, colors["--handle"]);
      });
    }
    peaks.end();
    options.show(places);
  };

  const drawBand = (context: CanvasRenderingContext2D): void => {
    if (!band) return;
    const [x, y] = [Math.min(band.x, band.toX), Math.min(band.y, band.toY) - timeline.scrollTop];
    const [width, height] = [Math.abs(band.toX - band.x), Math.abs(band.toY - band.y)];
    context.fillStyle = colors["--select-fill"];
    context.fillRect(x, y, width, height);
    context.strokeStyle = colors["--select-edge"];
    context.strokeRect(x + 0.5, y + 0.5, width, height);
  };

  const drawRange = (context: CanvasRenderingContext2D, height: number): void => {
    const { range } = mix.selection;
    if (!range) return;
    const [left, right] = [frameToX(mix.viewport, range.start), frameToX(mix.viewport, range.end)];
    context.fillStyle = colors["--select-fill"];
    context.fillRect(left, 0, right - left, height);
  };

  return {
    element: element("div", { class: "lanes-frame" }, area, readout),
    area,
    cancel() {
      if (automation.cancel()) {
        readout.hidden = true;
        return true;
      }
      if (!hands.isDragging && !band) return false;
      band = undefined;
      hands.cancel();
      readout.hidden = true;
      mix.touch("selection");
      return true;
    },
    show(_, topics) {
      if (topics.has("theme")) {
        colors = themeColors(COLORS);
        painter.takeTheme();
        automation.takeTheme();
        family = undefined;
      }
      if (topics.has("peaks") || topics.has("state")) peaks.follow();
      if (!hasAny(topics, "viewport", "mix", "selection", "peaks", "theme", "state")) return;
      if (!back.begin() || !plane.begin() || !front.begin()) return;
      const { context, height } = front;
      drawGrid(back.context, height);
      drawTracks(height);
      plane.end();
      automation.draw(context, (track) => trackColor(timeline.tracks[track]!, track));
      drawRange(context, height);
      drawBand(context);
    },
  };
}

/** Where fades, edges and gain are taken. */
function drawHandles(
  context: CanvasRenderingContext2D,
  { left, right, top, height }: ClipBox,
  clip: { fadeIn?: { length: number } | undefined; fadeOut?: { length: number } | undefined },
  timeline: TimelineModel,
  color: string,
): void {
  if (right - left < 40) return;
  const pixels = (seconds = 0): number =>
    (seconds * timeline.sampleRate) / timeline.mix.viewport.framesPerPixel;
  context.fillStyle = color;
  for (const x of [left + pixels(clip.fadeIn?.length), right - pixels(clip.fadeOut?.length)]) {
    context.beginPath();
    context.arc(Math.min(right - 5, Math.max(left + 5, x)), top + 5, 3.5, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillRect((left + right) / 2 - 12, top + height - 4, 24, 2);
  for (const x of [left + 2, right - 4]) context.fillRect(x, top + height / 2 - 8, 2, 16);
}

function selectBand(
  timeline: TimelineModel,
  band: { x: number; y: number; toX: number; toY: number },
  isAdded: boolean,
): void {
  const { mix } = timeline;
  const [left, right] = [Math.min(band.x, band.toX), Math.max(band.x, band.toX)];
  const [top, bottom] = [Math.min(band.y, band.toY), Math.max(band.y, band.toY)];
  if (right - left < 3 && bottom - top < 3) return;
  const [from, to] = [left, right].map((x) => xToFrame(mix.viewport, x) / timeline.sampleRate) as [
    number,
    number,
  ];
  const found = timeline.rows
    .between(top, bottom)
    .flatMap(({ index }) =>
      timeline.tracks[index]!.clips.flatMap((clip, i) =>
        clip.start < to && timeline.endOf(clip) > from ? [{ track: index, clip: i }] : [],
      ),
    );
  const kept = isAdded
    ? mix.selection.clips.filter((each) => !found.some((other) => isSame(each, other)))
    : [];
  mix.select({ clips: [...kept, ...found] });
}

const FILE_TYPES = ["application/vnd.code.uri-list", "text/uri-list"];

const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
  FILE_TYPES.some((type) => dataTransfer?.types.includes(type));

function urisOf({ dataTransfer }: DragEvent): string[] {
  for (const type of FILE_TYPES) {
    const text = dataTransfer?.getData(type);
    if (text) return text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  }
  return [];
}
