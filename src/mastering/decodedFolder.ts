/** The folder of decoded copies (decodedCopy.ts). */
import { join } from "node:path";

/** What all copies together may take; who owns the folder keeps it to that. */
export const DECODED_BYTES = 8 * 2 ** 30;

/** @returns where the copies lie in a folder of files that can be made again */
export const decodedFolderIn = (cacheFolder: string): string => join(cacheFolder, "decoded");
