/** The version of the documents' format, the same for mixes and albums. */
import * as z from "zod";

const FORMAT_VERSION = 1;

export const formatVersion = z
  .literal(FORMAT_VERSION)
  .describe(`Version of the document's format: ${FORMAT_VERSION}.`);

/**
 * @param version what a document gives as `headroom`, undefined if nothing
 * @returns what to do about a version that cannot be read; then the rest of the document means nothing
 */
export function objectionToVersion(version: unknown): string | undefined {
  if (version === undefined || version === FORMAT_VERSION) return undefined;
  if (typeof version === "number" && version > FORMAT_VERSION) {
    return `This is format version ${version}; this Headroom reads version ${FORMAT_VERSION}. Update Headroom to open it.`;
  }
  return `\`headroom\` is the version of the format; it must be ${FORMAT_VERSION}.`;
}
