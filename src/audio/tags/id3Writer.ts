/** ID3v2.3 tags, written by the package browser-id3-writer. */
import { ID3Writer } from "browser-id3-writer";
import type { Picture } from "./picture.js";

/** Text frames by id (`TIT2`, `TSRC`); `TXXX:name` for those of the user. */
export type Id3Frames = ReadonlyMap<string, string>;

/** Frames of which the format wants lists. */
const LISTS = ["TPE1", "TCOM", "TCON"] as const;
const TEXTS = ["TIT2", "TALB", "TPE2", "TRCK", "TCOP", "TPUB", "TSRC", "TSSE"] as const;
/** "Cover (front)", ID3v2.3.0, 4.15. */
const FRONT_COVER = 3;
const NO_LANGUAGE = "XXX";

/**
 * @param frames empty texts are left out
 * @returns the whole tag
 * @throws RangeError if the tag has no such frame
 */
export function formatId3(frames: Id3Frames, cover: Picture | undefined): Uint8Array<ArrayBuffer> {
  const writer = new ID3Writer(new ArrayBuffer(0));
  for (const [id, text] of frames) if (text !== "") setText(writer, id, text);
  if (cover)
    writer.setFrame("APIC", { type: FRONT_COVER, data: cover.bytes.slice().buffer, description: "Cover" });
  return new Uint8Array(writer.addTag());
}

function setText(writer: ID3Writer, id: string, text: string): void {
  const [frame, description = ""] = id.split(/:(.*)/s);
  const list = LISTS.find((each) => each === frame);
  const plain = TEXTS.find((each) => each === frame);
  if (list) writer.setFrame(list, [text]);
  else if (plain) writer.setFrame(plain, text);
  else if (frame === "TXXX") writer.setFrame("TXXX", { description, value: text });
  else if (frame === "TYER") writer.setFrame("TYER", Number(text));
  else if (frame === "COMM")
    writer.setFrame("COMM", { description, text, language: NO_LANGUAGE.toLowerCase() });
  else throw new RangeError(`formatId3: there is no frame "${id}"`);
}
