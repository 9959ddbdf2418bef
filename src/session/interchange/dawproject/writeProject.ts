/** A session as the file project.xml of a DAWproject; see readProject.ts. What that cannot hold is listed. */
import { dB, dbToGain } from "../../../units/decibels.js";
import type { Bus, MixDocument, Track } from "../../mixDocument.js";
import { rounded } from "../foreignMix.js";
import { xmlText, type XmlNode } from "../xmlNode.js";
import { bool, deviceOf, real } from "./devices.js";

/** What is known of an audio file. */
export interface ExportedFile {
  /** In the container, with `/`. */
  readonly path: string;
  readonly channels: number;
  /** Hz */
  readonly sampleRate: number;
  /** Seconds */
  readonly duration: number;
}

export interface ExportedProject {
  readonly xml: string;
  /** Sentences about what is not carried over, each with its place. */
  readonly lost: readonly string[];
}

const MASTER = "channel-master";
type Clip = Track["clips"][number];
type Channel = Track | Bus;

/** @param fileOf by the name of the file in the document */
export function writeDawproject(
  mix: MixDocument,
  version: string,
  fileOf: (file: string) => ExportedFile,
): ExportedProject {
  return new ProjectWriter(mix, fileOf).write(version);
}

class ProjectWriter {
  readonly #mix: MixDocument;
  readonly #fileOf: (file: string) => ExportedFile;
  readonly #lost = new Set<string>();

  constructor(mix: MixDocument, fileOf: (file: string) => ExportedFile) {
    this.#mix = mix;
    this.#fileOf = fileOf;
  }

  write(version: string): ExportedProject {
    const { tracks, buses, master, groups, markers, tempo } = this.#mix;
    for (const { id, name } of groups)
      this.#lost.add(`${name ?? id}: groups (VCA); set their faders to 0 dB first.`);
    const structure = [
      ...tracks.map((track) => this.#track(track, "audio", "regular")),
      ...buses.map((bus) => this.#track(bus, "audio", "submix")),
      node("Track", { name: "Master", contentType: "audio", id: "track-master" }, [
        this.#channel(MASTER, "master", master.inserts, "Master", [
          real("Volume", "linear", dbToGain(dB(master.fader)), { id: "volume-master" }),
        ]),
      ]),
    ];
    const lanes = [
      ...tracks.map((track) => this.#lanes(track, track.clips)),
      ...buses.map((bus) => this.#lanes(bus, [])),
    ];
    const root = node("Project", { version: "1.0" }, [
      node("Application", { name: "Headroom", version }),
      node("Transport", {}, [
        real("Tempo", "bpm", tempo, { id: "tempo" }),
        node("TimeSignature", { denominator: "4", numerator: "4", id: "time-signature" }),
      ]),
      node("Structure", {}, structure),
      node("Arrangement", { id: "arrangement" }, [
        node("Lanes", { timeUnit: "seconds", id: "lanes" }, lanes),
        ...(markers.length > 0
          ? [
              node(
                "Markers",
                { timeUnit: "seconds", id: "markers" },
                markers.map(({ time, name }) => node("Marker", { time: String(time), name })),
              ),
            ]
          : []),
      ]),
    ]);
    return { xml: xmlText(root), lost: [...this.#lost] };
  }

  #track(channel: Channel, contentType: string, role: string): XmlNode {
    const { id, color, pan, fader, mute, solo, sends, output } = channel;
    const name = channel.name ?? id;
    const lose = (what: string): void => void this.#lost.add(`${name}: ${what}.`);
    if (channel.trim !== 0) lose("its trim");
    if (channel.polarity === "inverted") lose("its inverted polarity");
    if (channel.width !== 100) lose("its width");
    if (channel.panMode === "stereo") lose("that it is panned as stereo; it is balanced instead");
    const sendNodes = sends.map((send, i) =>
      node("Send", { destination: channelId(send.to), type: send.tap, id: xmlId(`send-${i}`, id) }, [
        bool("Enable", !send.mute),
        real("Pan", "normalized", (send.pan + 1) / 2),
        real("Volume", "linear", dbToGain(dB(send.level)), { id: xmlId(`send-level-${i}`, id) }),
      ]),
    );
    const destination = output === undefined || output === "master" ? MASTER : channelId(output);
    return node(
      "Track",
      { name, contentType, loaded: "true", id: trackId(id), ...(color !== undefined && { color }) },
      [
        this.#channel(
          channelId(id),
          role,
          channel.inserts,
          name,
          [
            bool("Mute", mute),
            real("Pan", "normalized", (pan + 1) / 2, { min: "0", max: "1", id: xmlId("pan", id) }),
            ...(sendNodes.length > 0 ? [node("Sends", {}, sendNodes)] : []),
            real("Volume", "linear", dbToGain(dB(fader)), { min: "0", max: "16", id: xmlId("volume", id) }),
          ],
          { destination, solo: String(solo) },
        ),
      ],
    );
  }

  #channel(
    id: string,
    role: string,
    inserts: Channel["inserts"],
    name: string,
    children: readonly XmlNode[],
    more: Readonly<Record<string, string>> = {},
  ): XmlNode {
    const devices = inserts.flatMap((insert, i): XmlNode[] => {
      const place = `${name}, insert ${i + 1} (${insert.type})`;
      const device = deviceOf(insert, (what) => this.#lost.add(`${place}: ${what}.`));
      if (!device) this.#lost.add(`${place}: there is no such device in the format.`);
      return device ? [device] : [];
    });
    return node("Channel", { audioChannels: "2", role, id, ...more }, [
      ...(devices.length > 0 ? [node("Devices", {}, devices)] : []),
      ...children,
    ]);
  }

  #lanes(channel: Channel, clips: readonly Clip[]): XmlNode {
    const { id, automation = {} } = channel;
    const name = channel.name ?? id;
    const points = Object.entries(automation).flatMap(([path, curve]): XmlNode[] => {
      const target = targetOf(id, path);
      if (!target) {
        this.#lost.add(`${name}: automation of ${path}.`);
        return [];
      }
      if (curve.some(([, , shape = "linear"]) => shape !== "linear" && shape !== "hold"))
        this.#lost.add(`${name}: curved automation of ${path}; it is straight instead.`);
      const { parameter, unit, valueOf } = target;
      return [
        node("Points", { unit, id: xmlId(`points-${path.replaceAll("/", "-")}`, id) }, [
          node("Target", { parameter }),
          ...curve.map(([time, value, shape]) =>
            node("RealPoint", {
              ...{ time: String(time), value: String(rounded(valueOf(value))) },
              interpolation: shape === "hold" ? "hold" : "linear",
            }),
          ),
        ]),
      ];
    });
    return node("Lanes", { track: trackId(id), id: xmlId("lanes", id) }, [
      node(
        "Clips",
        { id: xmlId("clips", id) },
        clips.flatMap((clip) => this.#clip(clip, name)),
      ),
      ...points,
    ]);
  }

  /** A loop is written out: one clip for each of its passes. */
  #clip(clip: Clip, track: string): XmlNode[] {
    const { file, start, offset, speed, loop, fadeIn, fadeOut } = clip;
    const { path, channels, sampleRate, duration } = this.#fileOf(file);
    const lose = (what: string): void =>
      void this.#lost.add(`${track}, clip at ${rounded(start, 3)} s: ${what}.`);
    if (clip.reverse) lose("that it is played backwards");
    if (clip.gain !== 0) lose("its gain");
    if (clip.automation?.gain) lose("the automation of its gain");
    for (const fade of [fadeIn, fadeOut])
      if (fade && fade.shape !== "linear") lose(`the shape of a fade (${fade.shape})`);
    const length = clip.length ?? Math.max(0, duration - offset) / speed;
    const audio = node(
      "Audio",
      {
        ...{
          channels: String(channels),
          duration: String(rounded(duration)),
          sampleRate: String(sampleRate),
        },
        ...(speed !== 1 && { algorithm: "repitch" }),
      },
      [node("File", { path })],
    );
    const content =
      speed === 1
        ? audio
        : node("Warps", { contentTimeUnit: "seconds", timeUnit: "seconds" }, [
            audio,
            node("Warp", { time: "0", contentTime: "0" }),
            node("Warp", { time: String(rounded(duration / speed)), contentTime: String(rounded(duration)) }),
          ]);
    return Array.from({ length: loop }, (_, pass) =>
      node(
        "Clip",
        {
          ...{ time: String(rounded(start + pass * length)), duration: String(rounded(length)) },
          ...{
            contentTimeUnit: "seconds",
            playStart: String(rounded(offset / speed)),
            fadeTimeUnit: "seconds",
          },
          fadeInTime: String(pass === 0 ? (fadeIn?.length ?? 0) : 0),
          fadeOutTime: String(pass === loop - 1 ? (fadeOut?.length ?? 0) : 0),
          ...(clip.name !== undefined && { name: clip.name }),
          ...(clip.mute && { enable: "false" }),
        },
        [content],
      ),
    );
  }
}

/** Ids of XML are names: what may not stand in one becomes its number. */
const xmlId = (kind: string, id: string): string =>
  `${kind}-${id.replace(/[^\w.-]/gu, (each) => `_${each.codePointAt(0)!.toString(16)}_`)}`;
const trackId = (id: string): string => xmlId("track", id);
const channelId = (id: string): string => xmlId("channel", id);

interface PointsTarget {
  readonly parameter: string;
  readonly unit: string;
  readonly valueOf: (value: number) => number;
}

function targetOf(id: string, path: string): PointsTarget | undefined {
  const gain = (value: number): number => dbToGain(dB(value));
  if (path === "fader") return { parameter: xmlId("volume", id), unit: "linear", valueOf: gain };
  if (path === "pan")
    return { parameter: xmlId("pan", id), unit: "normalized", valueOf: (pan) => (pan + 1) / 2 };
  const send = /^sends\/(\d+)\/level$/.exec(path)?.[1];
  return send === undefined
    ? undefined
    : { parameter: xmlId(`send-level-${send}`, id), unit: "linear", valueOf: gain };
}

function node(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly XmlNode[] = [],
): XmlNode {
  return { name, attributes, children };
}
