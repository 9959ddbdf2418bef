import type { MasterProgress } from "./results.js";

/** How an album is mastered, apart from what its document says. */
export interface MasterOptions {
  /** Folder for the deliverables; the document's `output` beside the document if absent. */
  readonly output?: string | undefined;
  /** Where compressed sources are kept decoded; without it they are decoded for this once. */
  readonly decodedFolder?: string | undefined;
  /** Of the document, in place of what is on the disk, where it need not be then. */
  readonly text?: string | undefined;
  /** Where it is kept what is known of songs; without it all are mastered. */
  readonly cacheFolder?: string | undefined;
  /** Masters all songs, those that have not changed too. */
  readonly isForced?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MasterProgress) => void) | undefined;
}
