/** XML as a tree that keeps the order of its elements. */
import { XMLBuilder, XMLParser } from "fast-xml-parser";

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** What is written in an element without children. */
  readonly text?: string;
}

const ATTRIBUTES = ":@";
const OPTIONS = { preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: "" } as const;

type Ordered = { readonly [ATTRIBUTES]?: Record<string, string> } & Record<string, unknown>;

/**
 * @returns the root element; text between elements is left out
 * @throws Error if the text is no XML, or has a document type: what that declares could grow without end
 */
export function parseXml(text: string): XmlNode {
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new Error("It has a document type declaration, which is not read: it could hide anything.");
  const parser = new XMLParser({ ...OPTIONS, parseAttributeValue: false, parseTagValue: false });
  const nodes = (parser.parse(text, true) as Ordered[]).flatMap(nodeOf);
  const root = nodes.find(({ name }) => !name.startsWith("?"));
  if (!root) throw new Error("It has no elements.");
  return root;
}

/** @returns the document, indented */
export function xmlText(root: XmlNode): string {
  const builder = new XMLBuilder({ ...OPTIONS, format: true, suppressEmptyNode: true });
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${String(builder.build([orderedOf(root)])).trim()}\n`;
}

function nodeOf(ordered: Ordered): XmlNode[] {
  const name = Object.keys(ordered).find((key) => key !== ATTRIBUTES);
  if (name === undefined || name === "#text") return [];
  const children = ordered[name];
  return [
    {
      name,
      attributes: ordered[ATTRIBUTES] ?? {},
      children: Array.isArray(children) ? (children as Ordered[]).flatMap(nodeOf) : [],
    },
  ];
}

const orderedOf = ({ name, attributes, children, text }: XmlNode): Ordered => ({
  [name]: text === undefined ? children.map(orderedOf) : [{ "#text": text }],
  [ATTRIBUTES]: { ...attributes },
});

export const childOf = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name);
export const childrenOf = (node: XmlNode | undefined, name: string): readonly XmlNode[] =>
  node?.children.filter((child) => child.name === name) ?? [];

/** @returns the attribute as a number; `undefined` if there is none, or it is no number */
export function numberOf(node: XmlNode | undefined, name: string): number | undefined {
  const text = node?.attributes[name];
  if (text === undefined || text.trim() === "") return undefined;
  const value = Number(text.replace(/^\+?inf$/i, "Infinity").replace(/^-inf$/i, "-Infinity"));
  return Number.isNaN(value) ? undefined : value;
}
