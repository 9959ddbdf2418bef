/** Who plays to whom in a session: names that must be unique, channels that must exist, loops that must not. */
import type { Path } from "./diagnostic.js";
import { sidechainOf, type Insert } from "./insertTable.js";
import { nearestWord } from "./nearestWord.js";
import type { Report } from "./parseDocument.js";

/** The output of every channel that names none; no track or bus may be called so. */
const MASTER = "master";

interface Channel {
  readonly id: string;
  readonly inserts: readonly Insert[];
  readonly sends: readonly { readonly to: string }[];
  readonly output?: string | undefined;
}

export interface RoutedSession {
  readonly tracks: readonly Channel[];
  readonly buses: readonly Channel[];
  readonly master: { readonly inserts: readonly Insert[] };
}

/** One output, send or side-chain, and where the document names its other end. */
interface Connection {
  readonly from: string;
  readonly to: string;
  readonly path: Path;
}

export function checkRouting(session: RoutedSession, report: Report): void {
  checkIds(session, report);
  const buses = new Set(session.buses.map(({ id }) => id));
  const playing = [...connectionsOf("tracks", session.tracks), ...connectionsOf("buses", session.buses)];
  for (const { to, path } of playing) {
    if (!buses.has(to)) report("error", "unknown-bus", path, describeUnknownBus(to, path, session));
  }
  const keying = checkSidechains(session, report);
  checkUse(session, new Set(playing.map(({ to }) => to)), report);
  checkLoops([...playing.filter(({ to }) => buses.has(to)), ...keying], report);
}

function checkIds(session: RoutedSession, report: Report): void {
  const seen = new Set<string>();
  for (const kind of ["tracks", "buses"] as const) {
    session[kind].forEach(({ id }, i) => {
      const path = [kind, i, "id"];
      if (id === MASTER) report("error", "duplicate-id", path, `"${id}" is the master's id. Choose another.`);
      if (seen.has(id)) {
        const message = `The id "${id}" is taken already. Ids are unique among tracks and buses.`;
        report("error", "duplicate-id", path, message);
      }
      seen.add(id);
    });
  }
}

/** A bus that nobody plays to, and that is not heard by a side-chain, is silent. */
function checkUse({ buses }: RoutedSession, connected: ReadonlySet<string>, report: Report): void {
  buses.forEach(({ id }, i) => {
    if (connected.has(id)) return;
    const message = `Nothing plays to the bus "${id}". Send a track to it, or remove it.`;
    report("information", "unused-bus", ["buses", i, "id"], message);
  });
}

function describeUnknownBus(to: string, path: Path, { tracks, buses }: RoutedSession): string {
  const isOutput = path.at(-1) === "output";
  if (tracks.some(({ id }) => id === to)) return `"${to}" is a track. Outputs and sends go to buses.`;
  if (to === MASTER) return 'A send goes to a bus. What plays to the master is the "output".';
  const meant = nearestWord(to, [...buses.map(({ id }) => id), ...(isOutput ? [MASTER] : [])]);
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

/** @returns the side-chains that lead from one channel to another; the master's close no loop */
function checkSidechains({ tracks, buses, master }: RoutedSession, report: Report): Connection[] {
  const ids = new Set([...tracks, ...buses].map(({ id }) => id));
  const check = (inserts: readonly Insert[], to: string, at: Path): Connection[] =>
    inserts.flatMap((insert, n) => {
      const from = sidechainOf(insert);
      const path = [...at, "inserts", n, "sidechain"];
      if (from === undefined) return [];
      if (!ids.has(from)) {
        report("error", "unknown-channel", path, describeUnknownKey(from, ids));
        return [];
      }
      if (from !== to) return [{ from, to, path }];
      const message = `"${from}" is this channel itself: the insert hears its own input. Remove the side-chain.`;
      report("warning", "own-sidechain", path, message);
      return [];
    });
  check(master.inserts, MASTER, ["master"]);
  return [
    ...tracks.flatMap(({ inserts, id }, i) => check(inserts, id, ["tracks", i])),
    ...buses.flatMap(({ inserts, id }, i) => check(inserts, id, ["buses", i])),
  ];
}

function describeUnknownKey(id: string, ids: ReadonlySet<string>): string {
  if (id === MASTER) return "The master cannot drive a side-chain: it plays last. Name a track or a bus.";
  const meant = nearestWord(id, ids);
  const hint = meant === undefined ? "Name one that exists." : `Did you mean "${meant}"?`;
  return `There is no track or bus "${id}". ${hint}`;
}

/**
 * Reports loops between channels, each at the connection that closes it. Where loops share a channel, one of
 * them is reported; the others come to light when it is broken.
 */
function checkLoops(connections: readonly Connection[], report: Report): void {
  const next = connectionsThatStay(connections);
  const visited = new Set<string>();
  for (const start of next.keys()) {
    const walk: Connection[] = [];
    const placeInWalk = new Map<string, number>();
    for (let channel = start; !visited.has(channel);) {
      visited.add(channel);
      placeInWalk.set(channel, walk.length);
      const connection = next.get(channel)!;
      walk.push(connection);
      channel = connection.to;
      const loop = walk.slice(placeInWalk.get(channel) ?? walk.length);
      if (loop.length > 0) report("error", "routing-loop", connection.path, describeLoop(loop));
    }
  }
}

/**
 * Takes away, again and again, channels that play to none of those left. Whoever stays plays into a loop.
 *
 * @returns for every channel that stays, a connection to another that stays
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
  const leaving = [...incoming.keys()].filter((channel) => !outgoing.has(channel));
  for (let channel = leaving.pop(); channel !== undefined; channel = leaving.pop()) {
    for (const { from } of incoming.get(channel) ?? []) {
      const left = outgoing.get(from)! - 1;
      outgoing.set(from, left);
      if (left === 0) leaving.push(from);
    }
  }
  const stays = (channel: string): boolean => (outgoing.get(channel) ?? 0) > 0;
  return new Map(
    connections.filter(({ from, to }) => stays(from) && stays(to)).map((each) => [each.from, each]),
  );
}

function describeLoop(loop: readonly Connection[]): string {
  const [first] = loop;
  if (loop.length === 1) return `"${first!.from}" plays into itself. Name another bus.`;
  const channels = [...loop.map(({ from }) => from), first!.from].join(" → ");
  const isKeyed = loop.some(({ path }) => path.at(-1) === "sidechain");
  if (isKeyed)
    return `These channels play in a loop: ${channels}. Change one of their outputs, sends or side-chains.`;
  return `These buses play in a loop: ${channels}. Change one of their outputs or sends.`;
}
