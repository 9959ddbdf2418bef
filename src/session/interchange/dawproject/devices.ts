/** Inserts as DAWproject's built-in devices, and back: equalizer, compressor, noise gate and limiter. */
import {
  INSERT_TABLE,
  insertDefaults,
  sidechainOf,
  type Insert,
  type InsertType,
} from "../../insertTable.js";
import { rounded, type JsonObject } from "../foreignMix.js";
import { childOf, childrenOf, numberOf, type XmlNode } from "../xmlNode.js";

const BANDS = {
  highPass: "highpass",
  lowPass: "lowpass",
  highShelf: "highshelf",
  lowShelf: "lowshelf",
  bell: "peak",
  notch: "notch",
} as const;
/** dB per octave of a band of order 1, 2, 3... */
const SLOPE_PER_ORDER = 6;
const SLOPES = [6, 12, 18, 24, 36, 48];

/** @returns the insert; `undefined` for what has no counterpart here. @param lose told of what of it is left out */
export function insertOf(device: XmlNode, lose: (what: string) => void): JsonObject | undefined {
  const insert = builtIn(device, lose);
  if (!insert) return undefined;
  const isOff = childOf(device, "Enabled")?.attributes.value === "false";
  return isOff ? { ...insert, bypass: true } : insert;
}

function builtIn(device: XmlNode, lose: (what: string) => void): JsonObject | undefined {
  const gain = (name: string): number => numberOf(childOf(device, name), "value") ?? 0;
  switch (device.name) {
    case "Equalizer":
      if (gain("InputGain") !== 0 || gain("OutputGain") !== 0) lose("the gains of its equalizer");
      return { type: "eq", bands: childrenOf(device, "Band").flatMap((band) => bandOf(band, lose)) };
    case "Compressor":
      if (gain("InputGain") !== 0) lose("the input gain of its compressor");
      return {
        ...fitted("compressor", {
          threshold: valueIn(device, "Threshold"),
          ratio: ratioOf(childOf(device, "Ratio")),
          attack: milliseconds(device, "Attack"),
          release: milliseconds(device, "Release"),
          makeup: gain("OutputGain") || undefined,
        }),
        ...(childOf(device, "AutoMakeup")?.attributes.value === "true" && { autoMakeup: true }),
      };
    case "NoiseGate":
      return fitted("gate", {
        threshold: valueIn(device, "Threshold"),
        attack: milliseconds(device, "Attack"),
        release: milliseconds(device, "Release"),
        range: valueIn(device, "Range"),
      });
    case "Limiter":
      return fitted("limiter", {
        ceiling: valueIn(device, "Threshold"),
        gain: gain("InputGain") || undefined,
      });
    default:
      return undefined;
  }
}

/** An insert of these values, within what the format has. */
function fitted(type: InsertType, values: Readonly<Record<string, number | undefined>>): JsonObject {
  const entries = INSERT_TABLE[type].parameters.flatMap(({ key, control }) => {
    const value = values[key];
    if (value === undefined || control.kind !== "number") return [];
    return [[key, clamp(value, [control.min, control.max])] as const];
  });
  return { type, ...Object.fromEntries(entries) };
}

const clamp = (value: number, [least, most]: readonly [number, number]): number =>
  rounded(Math.min(most, Math.max(least, value)), 3);

function bandOf(band: XmlNode, lose: (what: string) => void): JsonObject[] {
  if (childOf(band, "Enabled")?.attributes.value === "false") return [];
  const kind = band.attributes.type ?? "";
  const type = Object.hasOwn(BANDS, kind) ? BANDS[kind as keyof typeof BANDS] : undefined;
  const frequency = numberOf(childOf(band, "Freq"), "value");
  if (!type || frequency === undefined) {
    lose(`a band of its equalizer (${kind || "without a type"})`);
    return [];
  }
  const [gain, q] = [numberOf(childOf(band, "Gain"), "value"), numberOf(childOf(band, "Q"), "value")];
  const slope = SLOPE_PER_ORDER * (numberOf(band, "order") ?? 2);
  const isPass = type === "highpass" || type === "lowpass";
  return [
    {
      ...{ type, frequency: clamp(frequency, [10, 40000]) },
      ...(gain !== undefined && !isPass && type !== "notch" && { gain: clamp(gain, [-24, 24]) }),
      ...(q !== undefined && { q: clamp(q, [0.1, 30]) }),
      ...(isPass && { slope: SLOPES.find((each) => each >= slope) ?? 48 }),
    },
  ];
}

/** Some write a ratio as such, others as the share that is taken away. */
function ratioOf(node: XmlNode | undefined): number | undefined {
  const value = numberOf(node, "value");
  if (value === undefined) return undefined;
  const unit = node?.attributes.unit;
  const share = unit === "percent" ? value / 100 : unit === "normalized" ? value : undefined;
  return share === undefined ? value : 1 / Math.max(0.01, 1 - share);
}

const valueIn = (device: XmlNode, name: string): number | undefined =>
  numberOf(childOf(device, name), "value");

function milliseconds(device: XmlNode, name: string): number | undefined {
  const value = numberOf(childOf(device, name), "value");
  return value === undefined ? undefined : value * 1000;
}

/** What of an insert's parameters its device holds; the rest is at its default when it comes back. */
const KEPT: Readonly<Partial<Record<InsertType, readonly string[]>>> = {
  eq: ["bands"],
  compressor: ["threshold", "ratio", "attack", "release", "makeup", "autoMakeup"],
  gate: ["threshold", "attack", "release", "range"],
  limiter: ["ceiling", "gain"],
};

/** @returns the device; `undefined` for an insert that has none. @param lose told of what of it is left out */
export function deviceOf(insert: Insert, lose: (what: string) => void): XmlNode | undefined {
  const kept = KEPT[insert.type];
  if (!kept) return undefined;
  const values = insert as Readonly<Record<string, unknown>>;
  const defaults = insertDefaults(insert.type) as Readonly<Record<string, unknown>>;
  for (const { key } of INSERT_TABLE[insert.type].parameters)
    if (!kept.includes(key) && values[key] !== defaults[key]) lose(`its ${key}`);
  if (sidechainOf(insert) !== undefined) lose("its side-chain");
  switch (insert.type) {
    case "eq":
      return device(
        "Equalizer",
        insert,
        insert.bands.flatMap((band) => bandNode(band, lose)),
      );
    case "compressor":
      return device("Compressor", insert, [
        real("Attack", "seconds", insert.attack / 1000),
        bool("AutoMakeup", insert.autoMakeup),
        real("OutputGain", "decibel", insert.makeup),
        real("Ratio", "linear", insert.ratio),
        real("Release", "seconds", insert.release / 1000),
        real("Threshold", "decibel", insert.threshold),
      ]);
    case "gate":
      return device("NoiseGate", insert, [
        real("Attack", "seconds", insert.attack / 1000),
        real("Range", "decibel", insert.range),
        real("Release", "seconds", insert.release / 1000),
        real("Threshold", "decibel", insert.threshold),
      ]);
    case "limiter":
      return device("Limiter", insert, [
        real("InputGain", "decibel", insert.gain),
        real("Threshold", "decibel", insert.ceiling),
      ]);
    default:
      return undefined;
  }
}

function device(name: string, insert: Insert, children: readonly XmlNode[]): XmlNode {
  return {
    name,
    attributes: { deviceName: insert.name ?? name, deviceRole: "audioFX" },
    children: [bool("Enabled", !insert.bypass), ...children],
  };
}

function bandNode(
  band: Extract<Insert, { type: "eq" }>["bands"][number],
  lose: (what: string) => void,
): XmlNode[] {
  const kind = Object.entries(BANDS).find(([, type]) => type === band.type)?.[0];
  if (kind === undefined) {
    lose(`a band of type ${band.type}`);
    return [];
  }
  return [
    {
      name: "Band",
      attributes: { type: kind, order: String(band.slope / SLOPE_PER_ORDER) },
      children: [
        real("Freq", "hertz", band.frequency),
        real("Gain", "decibel", band.gain),
        real("Q", "linear", band.q),
        bool("Enabled", true),
      ],
    },
  ];
}

/** A parameter with a value. @param more attributes */
export const real = (
  name: string,
  unit: string,
  value: number,
  more: Readonly<Record<string, string>> = {},
): XmlNode => ({
  ...{ name, children: [] },
  attributes: { ...more, unit, value: value === -Infinity ? "-inf" : String(rounded(value)) },
});

export const bool = (name: string, value: boolean, more: Readonly<Record<string, string>> = {}): XmlNode => ({
  ...{ name, attributes: { ...more, value: String(value) }, children: [] },
});
