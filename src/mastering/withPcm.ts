/** Any audio file as PCM for the time of a job; a compressed one is decoded to a temporary file. */
import { withDecodedSources } from "./decodedSources.js";

type Report = (fraction: number) => void;

/**
 * @param report takes the share done, 0 to 1; decoding, where it is needed, counts as the first half
 * @param use gets the path of a file that can be read at any frame, what was odd while decoding, and a report of its
 *   own share
 * @throws AudioFileError if the file cannot be read, FileWriteError if the temporary file cannot be written
 */
export function withPcm<T>(
  path: string,
  report: Report | undefined,
  use: (path: string, warnings: readonly string[], report?: Report) => T,
): Promise<T> {
  return withDecodedSources(
    [path],
    undefined,
    (fraction) => report?.(fraction),
    (sources, reportRest) => {
      const pcm = sources.pcm(path);
      return use(pcm.path, pcm.warnings, reportRest);
    },
  );
}
