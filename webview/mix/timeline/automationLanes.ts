/** Lanes of automation below the clips of a track: breakpoints to add, drag, bend and take away. */
import type { DocumentChange, InsertRow, JsonValue } from "../../../src/protocol/mixProtocol.js";
import { movedPoint, nearestPoint, placeOf } from "../../../src/viewmodel/automationPoints.js";
import { curveLevel, type CurvePoint, type CurveShape } from "../../../src/viewmodel/curveLevel.js";
import { snapped } from "../../../src/viewmodel/snapping.js";
import { positionText } from "../../../src/viewmodel/timeRuler.js";
import { revealFrame } from "../../../src/viewmodel/viewport.js";
import { openMenu, type MenuItem } from "../../shared/menu.js";
import { themeColors } from "../../shared/theme.js";
import { levelJson } from "../mixValue.js";
import { parametersOf, restingValue, type AutomatedParameter } from "./automatedParameter.js";
import type { PointerState } from "./clipHands.js";
import { LANE_HEIGHT, type TimelineModel, type Track } from "./timelineModel.js";

const COLORS = ["--grid", "--line", "--quiet", "--lane-ground", "--handle"] as const;
/** Pixels within which a breakpoint is taken hold of. */
const REACH = 9;
const CLICK_PIXELS = 3;
/** Space above and below the curve, pixels. */
const MARGIN = 6;
/** Pixels from point to point of the line that is drawn. */
const STEP = 3;

const SHAPES: readonly (readonly [shape: CurveShape, label: string])[] = [
  ["linear", "Straight"],
  ["hold", "Hold, then jump"],
  ["smooth", "Smooth"],
  ["slow", "Slow start"],
  ["fast", "Fast start"],
];

/** A lane: the track's place, and the path of its parameter. */
export interface LanePlace {
  readonly track: number;
  readonly path: string;
}

/** A lane that is in sight. */
interface Lane {
  readonly track: number;
  readonly parameter: AutomatedParameter;
  /** Of what is in sight, pixels. */
  readonly top: number;
}

interface Drag {
  readonly lane: Lane;
  readonly index: number;
  readonly points: readonly CurvePoint[];
  readonly places: readonly number[];
  readonly x: number;
  readonly y: number;
  moved: readonly CurvePoint[] | undefined;
}

export class AutomationLanes {
  readonly #timeline: TimelineModel;
  #inserts: readonly InsertRow[] = [];
  #drag: Drag | undefined;
  /** The breakpoint that keys move. */
  #chosen: (LanePlace & { readonly index: number }) | undefined;
  #colors = themeColors(COLORS);
  /** What the gesture comes to so far, for people. */
  readout = "";

  constructor(timeline: TimelineModel) {
    this.#timeline = timeline;
    timeline.mix.ask("inserts", null).then(
      (rows) => {
        this.#inserts = rows;
        timeline.mix.touch("mix");
      },
      // Their parameters are not offered then.
      () => undefined,
    );
  }

  get isDragging(): boolean {
    return this.#drag !== undefined;
  }

  takeTheme(): void {
    this.#colors = themeColors(COLORS);
  }

  parametersOf(track: Track): readonly AutomatedParameter[] {
    return parametersOf(track, this.#inserts);
  }

  /** The name of a lane's parameter, and its value at a place, with its unit. */
  describe(track: number, path: string, seconds: number): string {
    const parameter = this.#parameter(track, path);
    const content = this.#timeline.tracks[track];
    if (!parameter || !content) return path;
    return `${parameter.name} ${parameter.scale.text(valueOf(content, parameter, seconds))}`;
  }

  /** Goes on to the next breakpoint of the lane, or back, and says what it is. */
  choose(place: LanePlace, by: -1 | 1): void {
    const lane = this.#laneOf(place);
    if (!lane) return;
    const points = this.#points(lane);
    const before = this.#chosenOf(lane) ?? (by > 0 ? -1 : points.length);
    const index = Math.max(0, Math.min(points.length - 1, before + by));
    this.#chosen = points.length > 0 ? { ...place, index } : undefined;
    this.#timeline.mix.touch("mix");
    const point = points[index];
    if (!point) return this.#timeline.announce(`${lane.parameter.name}: no breakpoints. Insert adds one.`);
    const { mix, sampleRate, frames } = this.#timeline;
    mix.show(revealFrame(mix.viewport, point[0] * sampleRate, frames));
    this.#timeline.announce(`Breakpoint ${index + 1} of ${points.length}: ${this.#text(lane, point)}`);
  }

  /** Moves the chosen breakpoint, one step for undo. */
  nudge(
    place: LanePlace,
    by: { readonly seconds: number } | { readonly steps: number; readonly isFine: boolean },
  ): void {
    const lane = this.#laneOf(place);
    const index = lane && this.#chosenOf(lane);
    if (!lane || index === undefined) return this.choose(place, 1);
    const points = this.#points(lane);
    const [seconds, value] = points[index]!;
    const { scale } = lane.parameter;
    const [time, level] =
      "seconds" in by
        ? [seconds + by.seconds, value]
        : [seconds, scale.round(scale.step(value, by.steps, by.isFine), by.isFine)];
    this.#commitMove(lane, index, points, movedPoint(points, index, time, level));
  }

  /** Adds a breakpoint that keeps the value, and chooses it. */
  addAt(place: LanePlace, seconds: number): void {
    const lane = this.#laneOf(place);
    if (!lane || !this.#timeline.mix.canEdit) return;
    this.#chosen = { ...place, index: placeOf(this.#points(lane), seconds) };
    this.addPoint(lane.track, lane.parameter, seconds);
  }

  deleteChosen(place: LanePlace): void {
    const lane = this.#laneOf(place);
    const index = lane && this.#chosenOf(lane);
    if (lane && index !== undefined) this.#delete(lane, index);
  }

  draw(context: CanvasRenderingContext2D, color: (track: number) => string): void {
    const { mix } = this.#timeline;
    for (const lane of this.#inSight()) {
      const { track, parameter, top } = lane;
      context.fillStyle = this.#colors["--line"];
      context.fillRect(0, top, mix.viewport.width, 1);
      const points = this.#points(lane);
      const content = this.#timeline.tracks[track]!;
      context.strokeStyle = color(track);
      context.globalAlpha = points.length === 0 ? 0.5 : 1;
      context.lineWidth = 1.5;
      context.beginPath();
      for (let x = 0; x <= mix.viewport.width + STEP; x += STEP) {
        const y = yOf(lane, valueOf(content, parameter, this.#timeline.secondsAt(x)));
        context[x === 0 ? "moveTo" : "lineTo"](x, y);
      }
      context.stroke();
      context.globalAlpha = 1;
      const chosen = this.#chosenOf(lane);
      this.#places(lane, points).forEach(({ x, y }, index) => {
        if (x < -REACH || x > mix.viewport.width + REACH) return;
        context.beginPath();
        context.arc(x, y, index === chosen ? 5 : 3.5, 0, 2 * Math.PI);
        context.fillStyle = index === chosen ? context.strokeStyle : this.#colors["--lane-ground"];
        context.fill();
        context.stroke();
      });
    }
  }

  /** @returns whether the place belongs to a lane */
  covers({ y }: PointerState): boolean {
    return this.#laneAt(y) !== undefined;
  }

  press(pointer: PointerState): void {
    const lane = this.#laneAt(pointer.y);
    if (!lane) return;
    this.#timeline.mix.select({ channel: { list: "tracks", index: lane.track } });
    const points = this.#points(lane);
    const index = nearestPoint(this.#places(lane, points), pointer, REACH);
    if (index === undefined || !this.#timeline.mix.canEdit) return;
    const places = this.#timeline.snapPlaces();
    this.#drag = { lane, index, points, places, x: pointer.x, y: pointer.y, moved: undefined };
  }

  move(pointer: PointerState): void {
    const drag = this.#drag;
    if (!drag) return;
    const { lane, index, points, places } = drag;
    if (!drag.moved && Math.hypot(pointer.x - drag.x, pointer.y - drag.y) < CLICK_PIXELS) return;
    const { snaps, snapReach, mix } = this.#timeline;
    const free = this.#timeline.secondsAt(pointer.x);
    const seconds = snaps && !pointer.altKey ? snapped(free, places, snapReach) : free;
    drag.moved = movedPoint(points, index, seconds, valueAtY(lane, pointer));
    mix.preview(["tracks", lane.track, "automation"], {
      ...(this.#timeline.tracks[lane.track]!.automation as object),
      [lane.parameter.path]: drag.moved as unknown as JsonValue,
    });
    this.readout = this.#text(lane, drag.moved[index]!);
  }

  release(): void {
    const drag = this.#drag;
    this.#drag = undefined;
    this.readout = "";
    if (!drag?.moved) return;
    this.#commitMove(drag.lane, drag.index, drag.points, drag.moved);
  }

  #commitMove(lane: Lane, index: number, points: readonly CurvePoint[], moved: readonly CurvePoint[]): void {
    const [before, after] = [points[index]!, moved[index]!];
    const path = [...pathOf(lane), index];
    const changes: DocumentChange[] = [];
    if (before[0] !== after[0]) changes.push({ type: "set", path: [...path, 0], value: after[0] });
    if (before[1] !== after[1]) changes.push({ type: "set", path: [...path, 1], value: levelJson(after[1]) });
    this.#commit(lane, `Move a breakpoint: ${this.#text(lane, after)}`, changes);
  }

  #delete(lane: Lane, index: number): void {
    const path = this.#points(lane).length === 1 ? pathOf(lane) : [...pathOf(lane), index];
    this.#commit(lane, "Delete a breakpoint", [{ type: "set", path, value: undefined }]);
  }

  /** @returns whether there was a gesture to end */
  cancel(): boolean {
    if (!this.#drag) return false;
    this.#drag = undefined;
    this.readout = "";
    this.#timeline.mix.cancelPreview();
    return true;
  }

  /** Adds a breakpoint under the pointer. */
  add(pointer: PointerState): void {
    const lane = this.#laneAt(pointer.y);
    if (!lane || nearestPoint(this.#places(lane, this.#points(lane)), pointer, REACH) !== undefined) return;
    const { snaps, snapReach } = this.#timeline;
    const free = Math.max(0, this.#timeline.secondsAt(pointer.x));
    const seconds = snaps && !pointer.altKey ? snapped(free, this.#timeline.snapPlaces(), snapReach) : free;
    this.addPoint(lane.track, lane.parameter, seconds, valueAtY(lane, pointer));
  }

  /** @param value of the parameter; without it, what it is there now */
  addPoint(track: number, parameter: AutomatedParameter, seconds: number, value?: number): void {
    const lane = { track, parameter, top: 0 };
    const points = this.#points(lane);
    const level = value ?? valueOf(this.#timeline.tracks[track]!, parameter, seconds);
    const point = [Number(seconds.toFixed(6)), levelJson(level)] as const;
    const path = pathOf(lane);
    const at = placeOf(points, seconds);
    this.#commit(lane, `Add a breakpoint: ${this.#text(lane, [seconds, level])}`, [
      points.length === 0
        ? { type: "set", path, value: [point] }
        : { type: "insert", path: [...path, at === points.length ? -1 : at], value: point },
    ]);
  }

  /** Takes all breakpoints of a parameter away. */
  clear(track: number, parameter: AutomatedParameter): void {
    const lane = { track, parameter, top: 0 };
    this.#commit(lane, "Delete automation", [{ type: "set", path: pathOf(lane), value: undefined }]);
  }

  /** @param at of the page, pixels */
  openMenu(pointer: PointerState, at: { readonly x: number; readonly y: number }): void {
    const lane = this.#laneAt(pointer.y);
    if (!lane) return;
    const points = this.#points(lane);
    const index = nearestPoint(this.#places(lane, points), pointer, REACH);
    const isEnabled = this.#timeline.mix.canEdit;
    const ofPoint: (MenuItem | null)[] =
      index === undefined
        ? []
        : [
            ...SHAPES.map(([shape, label]) => ({
              ...{ label, isEnabled, isChecked: (points[index]![2] ?? "linear") === shape },
              run: () => this.#setShape(lane, index, shape),
            })),
            null,
            { label: "Delete breakpoint", isEnabled, run: () => this.#delete(lane, index) },
          ];
    const items: (MenuItem | null)[] = [
      ...ofPoint,
      ...(index === undefined
        ? [{ label: "Add breakpoint here", isEnabled, run: () => this.add({ ...pointer, altKey: true }) }]
        : []),
      {
        ...{ label: "Delete all of this lane", isEnabled: isEnabled && points.length > 0 },
        run: () => this.clear(lane.track, lane.parameter),
      },
      { label: "Close the lane", run: () => this.#timeline.toggleLane(lane.track, lane.parameter.path) },
    ];
    openMenu(items, at, `Automation of ${lane.parameter.name}`);
  }

  #setShape(lane: Lane, index: number, shape: CurveShape): void {
    const [time, value] = this.#points(lane)[index]!;
    const point = shape === "linear" ? [time, levelJson(value)] : [time, levelJson(value), shape];
    this.#commit(lane, `Shape of a curve: ${shape}`, [
      { type: "set", path: [...pathOf(lane), index], value: point },
    ]);
  }

  #commit(lane: Lane, label: string, changes: readonly DocumentChange[]): void {
    const { mix } = this.#timeline;
    if (changes.length === 0) {
      mix.cancelPreview();
      return;
    }
    void mix.commit(label, changes).then((isDone) => {
      if (isDone) this.#timeline.announce(`${lane.parameter.name}. ${label}.`);
    });
  }

  #text({ parameter }: Lane, [seconds, value]: CurvePoint): string {
    const { sampleRate, units } = this.#timeline;
    return `${parameter.scale.text(value)} at ${positionText(seconds * sampleRate, units)}`;
  }

  #points({ track, parameter }: Lane): readonly CurvePoint[] {
    return this.#timeline.tracks[track]?.automation?.[parameter.path] ?? [];
  }

  #places(lane: Lane, points: readonly CurvePoint[]): readonly { x: number; y: number }[] {
    return points.map(([seconds, value]) => ({ x: this.#timeline.xOf(seconds), y: yOf(lane, value) }));
  }

  #laneOf({ track, path }: LanePlace): Lane | undefined {
    const parameter = this.#parameter(track, path);
    return parameter && { track, parameter, top: 0 };
  }

  #chosenOf({ track, parameter }: Lane): number | undefined {
    const chosen = this.#chosen;
    const isHere = chosen?.track === track && chosen.path === parameter.path;
    return isHere && chosen.index < this.#points({ track, parameter, top: 0 }).length
      ? chosen.index
      : undefined;
  }

  #parameter(track: number, path: string): AutomatedParameter | undefined {
    const content = this.#timeline.tracks[track];
    return content && this.parametersOf(content).find((each) => each.path === path);
  }

  #inSight(): Lane[] {
    const { rows, scrollTop, visibleHeight, clipHeight } = this.#timeline;
    return rows.between(scrollTop, scrollTop + visibleHeight).flatMap(({ index, top }) =>
      this.#timeline.lanesOf(index).flatMap((path, i): Lane[] => {
        const parameter = this.#parameter(index, path);
        const y = top - scrollTop + clipHeight + i * LANE_HEIGHT;
        return parameter ? [{ track: index, parameter, top: y }] : [];
      }),
    );
  }

  #laneAt(y: number): Lane | undefined {
    return this.#inSight().find(({ top }) => y >= top && y < top + LANE_HEIGHT);
  }
}

const pathOf = ({ track, parameter }: Lane): (string | number)[] => [
  ...["tracks", track, "automation", parameter.path],
];

function valueOf(track: Track, parameter: AutomatedParameter, seconds: number): number {
  const points = track.automation?.[parameter.path];
  return points && points.length > 0 ? curveLevel(points, seconds) : restingValue(track, parameter);
}

function yOf({ parameter, top }: Lane, value: number): number {
  return top + MARGIN + (1 - parameter.scale.position(value)) * (LANE_HEIGHT - 2 * MARGIN);
}

function valueAtY({ parameter: { scale }, top }: Lane, { y, shiftKey }: PointerState): number {
  const position = 1 - (y - top - MARGIN) / (LANE_HEIGHT - 2 * MARGIN);
  return scale.round(scale.valueAt(Math.min(1, Math.max(0, position))), shiftKey);
}
