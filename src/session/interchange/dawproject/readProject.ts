/**
 * The file project.xml of a DAWproject (https://github.com/bitwig/dawproject, Project.xsd): its tracks, channels,
 * audio clips, automation and markers. Notes, video, plug-ins and clip launchers have no counterpart here.
 */
import { decibelsOf, levelOf, panOf, rounded } from "../foreignMix.js";
import type { ForeignChannel, ForeignMix, ForeignSend, JsonObject } from "../foreignMix.js";
import { childOf, childrenOf, numberOf, parseXml, type XmlNode } from "../xmlNode.js";
import { insertOf } from "./devices.js";
import { readClip } from "./readClips.js";

const USUAL_TEMPO = 120;

/** A channel, and the track that it belongs to. */
interface Place {
  readonly channel: XmlNode;
  readonly track: XmlNode | undefined;
}

/** Where automation goes that names a parameter, and how its values are to be taken. */
interface Target {
  readonly key: string;
  readonly path: string;
  readonly parameter: XmlNode;
}

/**
 * @param xml the file's text
 * @param fileOf see `ClipReading`
 * @throws Error if it is no project
 */
export function readDawproject(
  xml: string,
  title: string,
  fileOf: (reference: XmlNode) => string | undefined,
): ForeignMix {
  const project = parseXml(xml);
  if (project.name !== "Project") throw new Error(`It is no DAWproject: its root is <${project.name}>.`);
  return new ProjectReader(project, fileOf).read(title);
}

class ProjectReader {
  readonly #project: XmlNode;
  readonly #fileOf: (reference: XmlNode) => string | undefined;
  readonly #lost = new Set<string>();
  readonly #tempo: number;
  readonly #targets = new Map<string, Target>();
  /** By the ids of tracks. */
  readonly #clips = new Map<string, JsonObject[]>();
  /** By the keys of channels. */
  readonly #automation = new Map<string, Record<string, (readonly (number | string)[])[]>>();

  constructor(project: XmlNode, fileOf: (reference: XmlNode) => string | undefined) {
    this.#project = project;
    this.#fileOf = fileOf;
    this.#tempo = numberOf(childOf(childOf(project, "Transport"), "Tempo"), "value") ?? USUAL_TEMPO;
  }

  read(title: string): ForeignMix {
    const places = placesOf(childOf(this.#project, "Structure"));
    for (const { channel } of places) this.#noteTargets(channel);
    const arrangement = childOf(this.#project, "Arrangement");
    const unit = childOf(arrangement, "Lanes")?.attributes.timeUnit ?? "beats";
    for (const lanes of childrenOf(arrangement, "Lanes")) this.#readLanes(lanes, unit, undefined);
    if ((childOf(arrangement, "TempoAutomation")?.children.length ?? 0) > 1)
      this.#lost.add("The tempo changes: places in beats were computed by the first one.");
    if (childrenOf(childOf(this.#project, "Scenes"), "Scene").length > 0)
      this.#lost.add("The scenes of the clip launcher.");
    const isMaster = ({ channel }: Place): boolean => channel.attributes.role === "master";
    const masters = places.filter(isMaster).map(({ channel }) => channel);
    const others = places.filter((place) => !isMaster(place));
    const channels = others.map((place) => this.#channel(place, masters));
    const [master] = masters;
    return {
      ...{ title, tempo: this.#tempo, channels, markers: this.#markers(arrangement, unit) },
      sampleRate: commonest(ratesIn(this.#project)),
      master: {
        fader: volumeOf(master),
        inserts: master ? this.#inserts(master, "Master") : [],
        automation: master ? this.#automationOf(master) : {},
      },
      lost: [...this.#lost],
    };
  }

  #channel({ channel, track }: Place, masters: readonly XmlNode[]): ForeignChannel {
    const name = track?.attributes.name ?? channel.attributes.name ?? "";
    const color = track?.attributes.color ?? channel.attributes.color;
    const output = channel.attributes.destination;
    if (channel.attributes.role === "vca") this.#lost.add(`${name}: that it is a VCA.`);
    return {
      ...{ key: keyOf(channel), name },
      color: color === undefined ? undefined : color.slice(0, 7),
      clips: this.#clips.get(track?.attributes.id ?? "") ?? [],
      inserts: this.#inserts(channel, name),
      automation: this.#automationOf(channel),
      fader: volumeOf(channel),
      pan: panIn(childOf(channel, "Pan")),
      isMuted: childOf(channel, "Mute")?.attributes.value === "true",
      isSoloed: channel.attributes.solo === "true",
      isInverted: false,
      sends: childrenOf(childOf(channel, "Sends"), "Send").flatMap(sendOf),
      isBus: ["effect", "submix"].includes(channel.attributes.role ?? ""),
      output: output === undefined || masters.some((each) => keyOf(each) === output) ? null : output,
    };
  }

  #inserts(channel: XmlNode, name: string): JsonObject[] {
    return (childOf(channel, "Devices")?.children ?? []).flatMap((device): JsonObject[] => {
      const insert = insertOf(device, (what) => this.#lost.add(`${name}: ${what}.`));
      if (!insert) this.#lost.add(`${name}: the ${kindOf(device)} "${device.attributes.deviceName ?? ""}".`);
      return insert ? [insert] : [];
    });
  }

  #noteTargets(channel: XmlNode): void {
    const note = (parameter: XmlNode | undefined, path: string): void => {
      const id = parameter?.attributes.id;
      if (parameter && id !== undefined) this.#targets.set(id, { key: keyOf(channel), path, parameter });
    };
    note(childOf(channel, "Volume"), "fader");
    note(childOf(channel, "Pan"), "pan");
    childrenOf(childOf(channel, "Sends"), "Send").forEach((send, i) =>
      note(childOf(send, "Volume"), `sends/${i}/level`),
    );
  }

  #readLanes(lanes: XmlNode, unit: string, inherited: string | undefined): void {
    const track = lanes.attributes.track ?? inherited;
    const own = lanes.attributes.timeUnit ?? unit;
    for (const lane of lanes.children) {
      const its = lane.attributes.track ?? track;
      if (lane.name === "Lanes") this.#readLanes(lane, own, its);
      else if (lane.name === "Clips") this.#readClips(lane, own, its);
      else if (lane.name === "Points") this.#readPoints(lane, lane.attributes.timeUnit ?? own);
      else if (lane.name === "Notes") this.#lost.add("Notes: only audio sounds here.");
    }
  }

  #readClips(clips: XmlNode, unit: string, track: string | undefined): void {
    const own = clips.attributes.timeUnit ?? unit;
    const reading = {
      secondsPerBeat: 60 / this.#tempo,
      fileOf: this.#fileOf,
      lose: (what: string) => void this.#lost.add(`${this.#trackName(track)}: ${what}.`),
    };
    const window = { start: 0, end: Infinity };
    const found = childrenOf(clips, "Clip").flatMap((clip) => readClip(clip, own, 0, window, reading));
    this.#clips.set(track ?? "", [...(this.#clips.get(track ?? "") ?? []), ...found]);
  }

  #readPoints(points: XmlNode, unit: string): void {
    const id = childOf(points, "Target")?.attributes.parameter;
    const target = id === undefined ? undefined : this.#targets.get(id);
    if (!target) {
      this.#lost.add(
        `Automation of ${id === undefined ? "an expression" : "a parameter that is not carried over"}.`,
      );
      return;
    }
    const scale = unit === "seconds" ? 1 : 60 / this.#tempo;
    const { path, parameter } = target;
    const valueUnit = points.attributes.unit ?? parameter.attributes.unit;
    const curve = childrenOf(points, "RealPoint").map((point): (number | string)[] => {
      const value = numberOf(point, "value") ?? 0;
      const ours = path === "pan" ? panOf(panFrom(value, valueUnit)) : levelOf(levelFrom(value, valueUnit));
      const time = rounded((numberOf(point, "time") ?? 0) * scale);
      return point.attributes.interpolation === "hold" ? [time, ours, "hold"] : [time, ours];
    });
    if (curve.length === 0) return;
    curve.sort(([a], [b]) => Number(a) - Number(b));
    this.#automation.set(target.key, { ...this.#automation.get(target.key), [path]: curve });
  }

  #automationOf(channel: XmlNode): ForeignChannel["automation"] {
    return this.#automation.get(keyOf(channel)) ?? {};
  }

  #markers(arrangement: XmlNode | undefined, unit: string): ForeignMix["markers"] {
    return childrenOf(arrangement, "Markers").flatMap((markers) => {
      const scale = (markers.attributes.timeUnit ?? unit) === "seconds" ? 1 : 60 / this.#tempo;
      return childrenOf(markers, "Marker").map((marker) => ({
        time: (numberOf(marker, "time") ?? 0) * scale,
        name: marker.attributes.name ?? "",
      }));
    });
  }

  #trackName(id: string | undefined): string {
    const named = (node: XmlNode): string | undefined =>
      node.attributes.id === id
        ? node.attributes.name
        : node.children.map(named).find((name) => name !== undefined);
    return named(this.#project) ?? "A track";
  }
}

const ratesIn = (node: XmlNode): number[] => [
  ...(node.name === "Audio" ? [numberOf(node, "sampleRate") ?? 0] : []),
  ...node.children.flatMap(ratesIn),
];

/** The rate of most audio files, of those that a session may have. */
function commonest(rates: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const rate of rates)
    if (Number.isInteger(rate) && rate >= 8000 && rate <= 384_000)
      counts.set(rate, (counts.get(rate) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** All channels, those of nested tracks too. */
function placesOf(node: XmlNode | undefined, track?: XmlNode): Place[] {
  return (node?.children ?? []).flatMap((child): Place[] => {
    if (child.name === "Track") return placesOf(child, child);
    return child.name === "Channel" ? [{ channel: child, track }] : [];
  });
}

const keyOf = ({ attributes }: XmlNode): string => attributes.id ?? "";

const kindOf = ({ name, attributes }: XmlNode): string =>
  attributes.deviceRole === "instrument" ? "instrument" : /Plugin$/.test(name) ? "plug-in" : "device";

const volumeOf = (owner: XmlNode | undefined): number => {
  const volume = childOf(owner, "Volume");
  return levelFrom(numberOf(volume, "value"), volume?.attributes.unit);
};

/** @returns dB */
function levelFrom(value: number | undefined, unit: string | undefined): number {
  if (value === undefined) return 0;
  return unit === "decibel" ? value : decibelsOf(unit === "percent" ? value / 100 : value);
}

const panIn = (pan: XmlNode | undefined): number => panFrom(numberOf(pan, "value"), pan?.attributes.unit);

/** @returns -1 to 1 */
function panFrom(value: number | undefined, unit: string | undefined): number {
  if (value === undefined) return 0;
  return unit === "normalized" ? 2 * value - 1 : unit === "percent" ? value / 50 - 1 : value;
}

function sendOf(send: XmlNode): ForeignSend[] {
  const to = send.attributes.destination;
  if (to === undefined) return [];
  return [
    {
      ...{ to, level: volumeOf(send), tap: send.attributes.type === "pre" ? "pre" : "post" },
      pan: panIn(childOf(send, "Pan")),
      isMuted: childOf(send, "Enable")?.attributes.value === "false",
    },
  ];
}
