const NOTES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];

/** Nearest note of equal temperament with A4 = 440 Hz, and the distance: `A4 +12 ct`. @param hertz above 0 */
export function noteName(hertz: number): string {
  const semitones = 69 + 12 * Math.log2(hertz / 440);
  const note = Math.round(semitones);
  const cents = Math.round((semitones - note) * 100);
  const name = `${NOTES[((note % 12) + 12) % 12]}${Math.floor(note / 12) - 1}`;
  return cents === 0 ? name : `${name} ${cents > 0 ? "+" : "-"}${Math.abs(cents)} ct`;
}
