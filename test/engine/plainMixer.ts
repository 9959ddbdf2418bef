/**
 * The mixer as plain arithmetic on whole signals in double precision, written from the format's description: the
 * oracle of the engine. Inserts: gain only. Nothing is automated.
 */
import type { Bus, MixDocument, Track } from "../../src/session/mixDocument.js";

type Channel = Bus | Track;
/** Left and right. */
export type PlainSound = readonly [left: Float64Array, right: Float64Array];

const factor = (db: number): number => (db === -Infinity ? 0 : Math.exp((Math.log(10) * db) / 20));

/** @param fileOf the samples of a file, one array a channel */
export function plainMix(
  document: MixDocument,
  fileOf: (file: string) => readonly Float32Array[],
  frames: number,
): PlainSound {
  const { tracks, buses, groups } = document;
  const channels: Channel[] = [...tracks, ...buses];
  const isBus = (id: string): boolean => buses.some((bus) => bus.id === id);
  const flagged = (key: "mute" | "solo"): string[] => [
    ...channels.filter((channel) => channel[key]).map(({ id }) => id),
    ...groups.filter((group) => group[key]).flatMap(({ members }) => members),
  ];
  const muted = flagged("mute");
  const soloed = flagged("solo");
  const outputOf = ({ output = "master" }: Channel): string => output;
  const goals = (id: string): string[] => {
    const channel = channels.find((each) => each.id === id);
    return channel ? [outputOf(channel), ...channel.sends.map(({ to }) => to)] : [];
  };
  const leadsTo = (from: string, to: string): boolean =>
    from === to || goals(from).some((goal) => leadsTo(goal, to));
  const safe = channels.filter(({ soloSafe }) => soloSafe).map(({ id }) => id);
  const isHeard = (id: string): boolean => [...soloed, ...safe].some((origin) => leadsTo(origin, id));
  const feedsSoloedBus = (to: string): boolean =>
    to !== "master" && soloed.some((bus) => isBus(bus) && leadsTo(to, bus));
  const sounds = (from: string, to: string): boolean => {
    if (muted.includes(from) || muted.includes(to)) return false;
    return soloed.length === 0 || isHeard(from) || feedsSoloedBus(to);
  };

  const inputs = new Map<string, [Float64Array, Float64Array]>();
  const inputOf = (id: string): [Float64Array, Float64Array] => {
    const input = inputs.get(id) ?? [new Float64Array(frames), new Float64Array(frames)];
    inputs.set(id, input);
    return input;
  };
  const finished = new Set<string>();
  const finish = (channel: Channel): void => {
    if (finished.has(channel.id)) return;
    finished.add(channel.id);
    for (const feeder of channels) if (goals(feeder.id).includes(channel.id)) finish(feeder);
    const isMono = "clips" in channel && channel.clips.every(({ file }) => fileOf(file).length === 1);
    const input: PlainSound = "clips" in channel ? playClips(channel, fileOf, frames) : inputOf(channel.id);
    const gain = (channel.polarity === "inverted" ? -1 : 1) * factor(channel.trim + insertGain(channel));
    const before: PlainSound = [input[0].map((x) => gain * x), input[1].map((x) => gain * x)];
    const vca = groups.filter(({ members }) => members.includes(channel.id)).map(({ fader }) => fader);
    const fader = factor([channel.fader, ...vca].reduce((sum, db) => sum + db, 0));
    const after = place(before, channel, isMono, document.panLaw, fader);
    if (sounds(channel.id, outputOf(channel))) add(after, inputOf(outputOf(channel)), 1, 0);
    for (const { to, tap, level, pan, mute } of channel.sends) {
      if (mute || !sounds(channel.id, to)) continue;
      add(tap === "pre" ? before : after, inputOf(to), factor(level), pan);
    }
  };
  channels.forEach(finish);
  const gain = factor(document.master.fader + insertGain(document.master));
  const [left, right] = inputOf("master");
  return [left.map((x) => gain * x), right.map((x) => gain * x)];
}

function insertGain({ inserts }: Pick<Channel, "inserts">): number {
  return inserts.reduce(
    (sum, insert) => sum + (insert.type === "gain" && !insert.bypass ? insert.gain : 0),
    0,
  );
}

function playClips(
  track: Track,
  fileOf: (file: string) => readonly Float32Array[],
  frames: number,
): PlainSound {
  const sound = [new Float64Array(frames), new Float64Array(frames)] as const;
  for (const clip of track.clips) {
    const channels = fileOf(clip.file);
    const start = Math.round(clip.start * 48_000);
    sound.forEach((side, s) => {
      const source = channels[Math.min(s, channels.length - 1)]!;
      for (let i = 0; i < source.length && start + i < frames; i++)
        side[start + i]! += factor(clip.gain) * source[i]!;
    });
  }
  return sound;
}

/** Width, then pan. */
function place(
  [left, right]: PlainSound,
  channel: Channel,
  isMono: boolean,
  law: number,
  fader: number,
): PlainSound {
  const { pan, panMode, width } = channel;
  const sides = Array.from(left, (l, i): [number, number] => {
    const middle = (l + right[i]!) / 2;
    const side = ((l - right[i]!) / 2) * (width / 100);
    return [middle + side, middle - side];
  });
  const at = (place: number): [number, number] => {
    const angle = (Math.PI / 4) * (place + 1);
    return [Math.cos(angle), Math.sin(angle)];
  };
  const out = sides.map(([l, r]): [number, number] => {
    if (isMono) {
      const [a, b] = at(pan);
      const bent = (x: number): number =>
        law <= -3 ? Math.max(0, x) ** (law / -3) : Math.min(1, x * Math.SQRT2 * Math.SQRT1_2 ** (law / -3));
      return [l * bent(a), r * bent(b)];
    }
    if (panMode === "balance") return [l * Math.min(1, 1 - pan), r * Math.min(1, 1 + pan)];
    const room = 1 - Math.abs(pan);
    const [ofLeft, ofRight] = [at(pan - room), at(pan + room)];
    return [l * ofLeft[0] + r * ofRight[0], l * ofLeft[1] + r * ofRight[1]];
  });
  return [Float64Array.from(out, ([l]) => fader * l), Float64Array.from(out, ([, r]) => fader * r)];
}

function add([left, right]: PlainSound, [toLeft, toRight]: PlainSound, gain: number, balance: number): void {
  left.forEach((x, i) => (toLeft[i]! += x * gain * Math.min(1, 1 - balance)));
  right.forEach((x, i) => (toRight[i]! += x * gain * Math.min(1, 1 + balance)));
}
