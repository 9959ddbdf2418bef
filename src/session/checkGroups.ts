/** Groups of a session: names that are unique, members that exist. */
import { nearestWord } from "./nearestWord.js";
import type { Report } from "./parseDocument.js";

interface GroupedSession {
  readonly tracks: readonly { readonly id: string }[];
  readonly buses: readonly { readonly id: string }[];
  readonly groups: readonly { readonly id: string; readonly members: readonly string[] }[];
}

/** A channel may be in several groups: they add up. */
export function checkGroups({ tracks, buses, groups }: GroupedSession, report: Report): void {
  const channels = new Set([...tracks, ...buses].map(({ id }) => id));
  const ids = new Set<string>();
  groups.forEach(({ id, members }, i) => {
    if (ids.has(id)) {
      const message = `The id "${id}" is taken already. Ids are unique among groups.`;
      report("error", "duplicate-id", ["groups", i, "id"], message);
    }
    ids.add(id);
    const seen = new Set<string>();
    members.forEach((member, m) => {
      const path = ["groups", i, "members", m];
      if (!channels.has(member)) {
        report("error", "unknown-channel", path, describeUnknownMember(member, channels, groups));
      } else if (seen.has(member)) {
        const message = `"${member}" is listed twice; it counts once. Remove one of them.`;
        report("warning", "duplicate-member", path, message);
      }
      seen.add(member);
    });
  });
}

function describeUnknownMember(
  member: string,
  channels: ReadonlySet<string>,
  groups: GroupedSession["groups"],
): string {
  if (member === "master") return "The master is in no group. Automate or move its own fader.";
  if (groups.some(({ id }) => id === member))
    return `"${member}" is a group. Members are tracks and buses: list those of "${member}" here.`;
  const meant = nearestWord(member, channels);
  const hint = meant === undefined ? "Name a track or a bus." : `Did you mean "${meant}"?`;
  return `There is no track or bus "${member}". ${hint}`;
}
