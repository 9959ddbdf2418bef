/** What a song's measurements and its master are made of, as keys. */
import { createHash } from "node:crypto";
import { version } from "../../../package.json";
import { fileStampNow } from "../../audio/fileStamp.js";
import type { DeliveryPlan } from "../deliver/deliveries.js";
import type { SongTags } from "../deliver/songTags.js";
import type { FinishInput } from "../finishSong.js";
import { RENDER_VERSION } from "../freeze/trackKey.js";
import type { PrepareInput } from "../prepareSong.js";
import { readSong } from "../readSong.js";

/** Raised whenever mastering gives another result for the same song; releases differ anyway. */
const MASTER_VERSION = 2;

/** @returns `undefined` if the song cannot be read: that is found out when it is opened */
export function measuredKey({
  source,
  part,
  chain,
  chainLevel,
  sampleRates,
}: PrepareInput): string | undefined {
  try {
    const { session, files } = readSong(source.path);
    const impulses = chain.flatMap((insert) => (insert.type === "convolution" ? [insert.file] : []));
    const stamps = [...files, ...impulses].map((file) => [file, fileStampNow(file)]);
    return keyOf([session?.text, stamps, part, chain, chainLevel, sampleRates]);
  } catch {
    return undefined;
  }
}

export interface MasterParts {
  readonly finish: Omit<FinishInput, "renditions" | "source">;
  readonly plan: DeliveryPlan;
  readonly tags: SongTags;
  /** Absolute path. */
  readonly cover: string | undefined;
}

/** @param measured key of its measurements */
export function masterKey(
  measured: string | undefined,
  { finish, plan, tags, cover }: MasterParts,
): string | undefined {
  if (measured === undefined) return undefined;
  return keyOf([measured, finish, plan, tags, cover === undefined ? null : fileStampNow(cover)]);
}

function keyOf(parts: unknown): string {
  const text = JSON.stringify([version, RENDER_VERSION, MASTER_VERSION, parts], (_, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
  return createHash("sha256").update(text).digest("hex").slice(0, 40);
}
