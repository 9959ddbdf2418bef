/** What a document consists of, for its outline: channels with their clips and inserts, or songs. */
import { parseTree, type Node } from "jsonc-parser";
import { withoutMark } from "./readJson.js";

export interface OutlineItem {
  readonly kind: "track" | "bus" | "group" | "master" | "clip" | "insert" | "song" | "marker";
  readonly name: string;
  /** What stands beside the name, in grey. */
  readonly detail: string;
  /** Of the whole entry, UTF-16 units of the text. */
  readonly offset: number;
  readonly length: number;
  readonly children: readonly OutlineItem[];
}

type Describe = (
  entry: Node,
) => Pick<OutlineItem, "name" | "detail"> & Partial<Pick<OutlineItem, "children">>;

/** @param text of a mix session or an album, as far as it can be parsed */
export function outlineOf(text: string): OutlineItem[] {
  const root = parseTree(withoutMark(text), [], { allowTrailingComma: true });
  const channel = (entry: Node): ReturnType<Describe> => ({
    name: word(entry, "name") ?? word(entry, "id") ?? "",
    detail: word(entry, "output") === undefined ? "" : `to ${word(entry, "output")}`,
    children: [...list(entry, "clips", "clip", clip), ...list(entry, "inserts", "insert", insert)],
  });
  const master = member(root, "master");
  return [
    ...list(root, "chain", "insert", insert),
    ...list(root, "songs", "song", (entry) => ({
      name: word(entry, "title") ?? "",
      detail: word(entry, "source") ?? "",
      children: list(entry, "chain", "insert", insert),
    })),
    ...list(root, "tracks", "track", channel),
    ...list(root, "buses", "bus", channel),
    ...list(root, "groups", "group", (entry) => ({ name: word(entry, "id") ?? "", detail: "" })),
    ...(master
      ? [
          item(master, "master", {
            name: "Master",
            detail: "",
            children: list(master, "inserts", "insert", insert),
          }),
        ]
      : []),
    ...list(root, "markers", "marker", (entry) => ({
      name: word(entry, "name") ?? "",
      detail: seconds(member(entry, "time")),
    })),
  ];
}

function clip(entry: Node): ReturnType<Describe> {
  const file = word(entry, "file") ?? "";
  return {
    name: word(entry, "name") ?? file.split("/").at(-1) ?? "",
    detail: seconds(member(entry, "start")),
  };
}

function insert(entry: Node): ReturnType<Describe> {
  const type = word(entry, "type") ?? "";
  const name = word(entry, "name");
  const isBypassed = member(entry, "bypass")?.value === true;
  const details = [...(name === undefined ? [] : [type]), ...(isBypassed ? ["bypassed"] : [])];
  return { name: name ?? type, detail: details.join(", ") };
}

function list(
  owner: Node | undefined,
  key: string,
  kind: OutlineItem["kind"],
  describe: Describe,
): OutlineItem[] {
  const entries = member(owner, key);
  if (entries?.type !== "array") return [];
  return (entries.children ?? []).flatMap((entry) =>
    entry.type === "object" ? [item(entry, kind, describe(entry))] : [],
  );
}

function item(
  { offset, length }: Node,
  kind: OutlineItem["kind"],
  { name, detail, children = [] }: ReturnType<Describe>,
): OutlineItem {
  // An entry without a name cannot be shown.
  return { kind, name: name.trim() === "" ? kind : name, detail, offset, length, children };
}

function member(node: Node | undefined, name: string): Node | undefined {
  const found = node?.type === "object" ? node.children : undefined;
  return found?.find(({ children: [key] = [] }) => key?.value === name)?.children?.[1];
}

function word(node: Node | undefined, name: string): string | undefined {
  const value: unknown = member(node, name)?.value;
  return typeof value === "string" ? value : undefined;
}

function seconds(node: Node | undefined): string {
  const value: unknown = node?.value;
  return typeof value === "number" ? `${Number(value.toFixed(3))} s` : "";
}
