/** What a track's sound up to its fader is made of, as a key of the render cache. */
import { createHash } from "node:crypto";
import { version } from "../../../package.json";
import { fileStampNow } from "../../audio/fileStamp.js";
import { neededFor } from "../../engine/channelOrder.js";
import type { ChannelPlan, MixPlan } from "../../engine/mixPlan.js";

/** Raised whenever the engine gives other samples for the same plan; releases differ anyway. */
export const RENDER_VERSION = 3;

/**
 * @param id of a track
 * @returns text that differs whenever the sound of the track after its inserts may differ: it covers the clips and
 *   inserts, what drives their detectors, and the time and size of every file
 */
export function trackKey(plan: MixPlan, id: string): string {
  const needed = neededFor([id], plan.channels);
  const channels = plan.channels.filter((channel) => needed.has(channel.id));
  const hash = createHash("sha256");
  hash.update(
    JSON.stringify([version, RENDER_VERSION, plan.sampleRate, plan.tempo, plan.panLaw, plan.frames]),
  );
  for (const channel of channels) {
    hash.update(JSON.stringify(heardBy(needed, channel), spellOut));
    for (const path of filesOf(channel)) {
      // A file that is gone is found out when it is opened.
      hash.update(JSON.stringify([path, fileStampNow(path)]));
    }
  }
  return hash.digest("hex").slice(0, 40);
}

/** Whether rendering the track takes more than reading its files: only then it is worth keeping. */
export function isWorthKeeping({ inserts, isBus, connections, clips }: ChannelPlan): boolean {
  return !isBus && inserts.length > 0 && connections.length > 0 && clips.length > 0;
}

/** What of a channel matters to the others: its fader only where one of them hears it through that. */
function heardBy(needed: ReadonlySet<string>, channel: ChannelPlan): Partial<ChannelPlan> {
  const { id, clips, isMono, trim, polarity, inserts } = channel;
  const connections = channel.connections.filter(({ to }) => needed.has(to));
  return connections.length > 0
    ? { ...channel, connections }
    : { id, clips, isMono, trim, polarity, inserts };
}

/** JSON has no infinite numbers. */
const spellOut = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

function filesOf({ clips, inserts }: ChannelPlan): string[] {
  const impulses = inserts.flatMap(({ impulse }) => (impulse === undefined ? [] : [impulse]));
  return [...new Set([...clips.map(({ source }) => source.path), ...impulses])];
}
