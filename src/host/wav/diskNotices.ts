/** What is said when another program has changed or deleted a file that is open. */

/** @param audio whether it has edits, and whether its samples can still be read, from a second name or a decoded copy */
export function deletedNotice(name: string, audio: { isDirty: boolean; isReadable: boolean }): string {
  const what = `${name} was deleted or moved by another program.`;
  if (audio.isReadable) {
    const kept = audio.isDirty ? "Your edits and the audio are kept: Save writes the file again, " : "";
    return `${what} ${kept}${kept === "" ? "What you see is kept: " : ""}Save As writes it to a new file.`;
  }
  const edits = audio.isDirty ? " Your edits are kept, and work again once it is back." : "";
  return (
    `${what} Its samples are gone with it, so it cannot be played or saved.${edits} ` +
    `Put the file back in its place, and it is read again.`
  );
}

export function changedNotice(name: string): string {
  return (
    `${name} was changed by another program. Your edits are kept. Save asks before it overwrites the file; ` +
    `Save As writes a copy; Revert File drops your edits and shows the file as it is now.`
  );
}

/** The samples that were edited are gone: what is read in their place is something else. */
export function rewrittenNotice(name: string): string {
  return (
    `${name} was rewritten in place by another program, and the samples that you edited are gone. Your edits are kept, ` +
    `but nothing is played or saved until you choose: apply them to what the file holds now, or Revert File.`
  );
}

/** @returns why edits of the one audio make no sense for the other; `undefined` if they do */
export function misfitOf(before: AudioSize, now: AudioSize): string | undefined {
  const { sampleRate, channels, frames } = before;
  if (now.sampleRate === sampleRate && now.channels === channels && now.frames >= frames) return undefined;
  const words = (of: AudioSize): string =>
    `${of.frames} frames, ${of.channels} channels, ${of.sampleRate} Hz`;
  return `The edits do not fit: they were made for ${words(before)}; the file holds ${words(now)} now.`;
}

interface AudioSize {
  readonly frames: number;
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
}
