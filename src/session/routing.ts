/** Who plays to whom in a session: names that must be unique, buses that must exist, loops that must not. */
import type { Path } from "./diagnostic.js";
import { nearestWord } from "./nearestWord.js";

/** The output of every channel that names none; no track or bus may be called so. */
const MASTER = "master";

interface Channel {
  readonly id: string;
  readonly sends: readonly { readonly to: string }[];
  readonly output?: string | undefined;
}

export interface RoutedSession {
  readonly tracks: readonly Channel[];
  readonly buses: readonly Channel[];
}

/** One output or send, and where the document names its bus. */
interface Connection {
  readonly from: string;
  readonly to: string;
  readonly path: Path;
}

type Report = (code: string, path: Path, message: string) => void;

export function checkRouting(session: RoutedSession, report: Report): void {
  checkIds(session, report);
  const buses = new Set(session.buses.map(({ id }) => id));
  for (const { to, path } of [
    ...connectionsOf("tracks", session.tracks),
    ...connectionsOf("buses", session.buses),
  ]) {
    if (!buses.has(to)) report("unknown-bus", path, describeUnknownBus(to, session));
  }
  checkLoops(session.buses, report);
}

function checkIds(session: RoutedSession, report: Report): void {
  const seen = new Set<string>();
  for (const kind of ["tracks", "buses"] as const) {
    session[kind].forEach(({ id }, i) => {
      if (id === MASTER)
        report("duplicate-id", [kind, i, "id"], `"${id}" is the master's id. Choose another.`);
      if (seen.has(id)) {
        const message = `The id "${id}" is taken already. Ids are unique among tracks and buses.`;
        report("duplicate-id", [kind, i, "id"], message);
      }
      seen.add(id);
    });
  }
}

function describeUnknownBus(to: string, { tracks, buses }: RoutedSession): string {
  if (tracks.some(({ id }) => id === to)) return `"${to}" is a track. Outputs and sends go to buses.`;
  const meant = nearestWord(
    to,
    buses.map(({ id }) => id),
  );
  const hint =
    meant === undefined ? `Add it to "buses", or name one that exists.` : `Did you mean "${meant}"?`;
  return `There is no bus "${to}". ${hint}`;
}

function connectionsOf(kind: "tracks" | "buses", channels: readonly Channel[]): Connection[] {
  return channels.flatMap(({ id, output, sends }, i) => [
    ...(output === undefined || output === MASTER
      ? []
      : [{ from: id, to: output, path: [kind, i, "output"] }]),
    ...sends.map(({ to }, s) => ({ from: id, to, path: [kind, i, "sends", s, "to"] })),
  ]);
}

/**
 * Reports loops between buses, each at the connection that closes it. Where loops share a bus, one of
 * them is reported; the others come to light when it is broken.
 */
function checkLoops(buses: readonly Channel[], report: Report): void {
  const next = connectionsThatStay(connectionsOf("buses", buses));
  const visited = new Set<string>();
  for (const start of next.keys()) {
    const walk: Connection[] = [];
    const placeInWalk = new Map<string, number>();
    for (let bus = start; !visited.has(bus);) {
      visited.add(bus);
      placeInWalk.set(bus, walk.length);
      const connection = next.get(bus)!;
      walk.push(connection);
      bus = connection.to;
      const loop = walk.slice(placeInWalk.get(bus) ?? walk.length);
      if (loop.length > 0) report("routing-loop", connection.path, describeLoop(loop));
    }
  }
}

/**
 * Takes away, again and again, buses that play to none of those left. Whoever stays plays into a loop.
 *
 * @returns for every bus that stays, a connection to another that stays
 */
function connectionsThatStay(connections: readonly Connection[]): Map<string, Connection> {
  const outgoing = new Map<string, number>();
  const incoming = new Map<string, Connection[]>();
  for (const connection of connections) {
    const { from, to } = connection;
    outgoing.set(from, (outgoing.get(from) ?? 0) + 1);
    const others = incoming.get(to);
    if (others) others.push(connection);
    else incoming.set(to, [connection]);
  }
  const leaving = [...incoming.keys()].filter((bus) => !outgoing.has(bus));
  for (let bus = leaving.pop(); bus !== undefined; bus = leaving.pop()) {
    for (const { from } of incoming.get(bus) ?? []) {
      const left = outgoing.get(from)! - 1;
      outgoing.set(from, left);
      if (left === 0) leaving.push(from);
    }
  }
  const stays = (bus: string): boolean => (outgoing.get(bus) ?? 0) > 0;
  return new Map(
    connections.filter(({ from, to }) => stays(from) && stays(to)).map((each) => [each.from, each]),
  );
}

function describeLoop(loop: readonly Connection[]): string {
  const buses = [...loop.map(({ from }) => from), loop[0]!.from];
  return `These buses play in a loop: ${buses.join(" → ")}. Change one of their outputs or sends.`;
}
