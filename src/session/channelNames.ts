/** Where a mix session names its tracks, buses and groups: what renaming one has to change. */
import { parseTree, type Node } from "jsonc-parser";
import { withoutMark } from "./readJson.js";

export interface NamePlace {
  readonly id: string;
  /** Tracks and buses share their names; groups have their own. */
  readonly space: "channel" | "group";
  readonly isDefinition: boolean;
  /** Of the name alone, as it is written between the quotation marks; UTF-16 units of the text. */
  readonly offset: number;
  readonly length: number;
}

/** What the name of the master is; nobody else may have it. */
const MASTER = "master";
/** Snapshots list channels as `track kick`. */
const SNAPSHOT_SPACES: Readonly<Record<string, NamePlace["space"]>> = {
  track: "channel",
  bus: "channel",
  group: "group",
};

/** @param text of a session, as far as it can be parsed. @returns in the order of the text */
export function channelNames(text: string): NamePlace[] {
  const root = parseTree(withoutMark(text), [], { allowTrailingComma: true });
  const places: NamePlace[] = [];
  const add = (node: Node | undefined, space: NamePlace["space"], isDefinition: boolean): void => {
    if (node?.type !== "string") return;
    const id = node.value as string;
    if (id !== MASTER)
      places.push({ id, space, isDefinition, offset: node.offset + 1, length: node.length - 2 });
  };
  for (const list of ["tracks", "buses"]) {
    for (const channel of entries(child(root, list))) {
      add(child(channel, "id"), "channel", true);
      add(child(channel, "output"), "channel", false);
      for (const send of entries(child(channel, "sends"))) add(child(send, "to"), "channel", false);
      for (const insert of entries(child(channel, "inserts")))
        add(child(insert, "sidechain"), "channel", false);
    }
  }
  for (const insert of entries(child(child(root, "master"), "inserts")))
    add(child(insert, "sidechain"), "channel", false);
  for (const group of entries(child(root, "groups"))) {
    add(child(group, "id"), "group", true);
    for (const member of entries(child(group, "members"))) add(member, "channel", false);
  }
  for (const { value } of properties(child(root, "snapshots")))
    for (const { key } of properties(value)) places.push(...nameInKey(key));
  return places.sort((a, b) => a.offset - b.offset);
}

/** @returns the name at an offset of the text */
export function nameAt(places: readonly NamePlace[], offset: number): NamePlace | undefined {
  return places.find((place) => offset >= place.offset && offset <= place.offset + place.length);
}

/** All places that name the same. */
export function sameName(places: readonly NamePlace[], { id, space }: NamePlace): NamePlace[] {
  return places.filter((place) => place.id === id && place.space === space);
}

/** @returns why the channel or group cannot be called `name`; `undefined` if it can */
export function objectionToName(
  places: readonly NamePlace[],
  { id, space }: NamePlace,
  name: string,
): string | undefined {
  if (name.trim() === "") return "A name must not be empty.";
  if (name === MASTER) return `"${MASTER}" is the master's. Choose another name.`;
  const isTaken = places.some((place) => place.space === space && place.isDefinition && place.id === name);
  return isTaken && name !== id ? `"${name}" is taken already. Choose another name.` : undefined;
}

function nameInKey(key: Node): NamePlace[] {
  const text = key.value as string;
  const [kind, id] = [text.slice(0, text.indexOf(" ")), text.slice(text.indexOf(" ") + 1)];
  const space = Object.hasOwn(SNAPSHOT_SPACES, kind) ? SNAPSHOT_SPACES[kind] : undefined;
  if (!space) return [];
  const before = kind.length + 1;
  return [
    { id, space, isDefinition: false, offset: key.offset + 1 + before, length: key.length - 2 - before },
  ];
}

function properties(node: Node | undefined): { readonly key: Node; readonly value: Node }[] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [{ key, value }] : [],
  );
}

const child = (node: Node | undefined, name: string): Node | undefined =>
  properties(node).find(({ key }) => key.value === name)?.value;

const entries = (node: Node | undefined): readonly Node[] =>
  node?.type === "array" ? (node.children ?? []) : [];
