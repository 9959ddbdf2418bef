import type { DocumentPath, JsonValue, MixDocument } from "../../src/protocol/mixProtocol.js";

/** A value of a channel, as the player takes it. */
export interface LiveMove {
  readonly channel: string;
  /** As automation names it. */
  readonly path: string;
  readonly value: number;
}

/** Id of the master in the engine's plans. */
const MASTER_ID = "master";

/** @returns what the player is told of a change of the document; `undefined` for what only a new plan brings */
export function liveMove(
  mix: MixDocument,
  path: DocumentPath,
  value: JsonValue | undefined,
): LiveMove | undefined {
  const number = value === "-inf" ? -Infinity : typeof value === "boolean" ? Number(value) : value;
  if (typeof number !== "number") return undefined;
  const [list, index, ...rest] = path;
  if (list === "master") return { channel: MASTER_ID, path: [index, ...rest].join("/"), value: number };
  if (list !== "tracks" && list !== "buses" && list !== "groups") return undefined;
  const channel = mix[list][Number(index)]?.id;
  return channel === undefined ? undefined : { channel, path: rest.join("/"), value: number };
}
