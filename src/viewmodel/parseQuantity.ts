/**
 * A number as people type it: "-6", "-6,5", "+3 dB", ".5"; a true minus sign counts too.
 *
 * @param unit that may stand behind it; its case does not matter
 * @returns -Infinity for "-inf" and "-∞"; `undefined` for what is no number
 */
export function parseQuantity(text: string, unit = ""): number | undefined {
  const plain = text.trim().replace(",", ".").replace("\u2212", "-");
  const hasUnit = unit !== "" && plain.toLowerCase().endsWith(unit.toLowerCase());
  const figures = hasUnit ? plain.slice(0, -unit.length).trim() : plain;
  if (/^-(inf|∞)/i.test(figures)) return -Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(figures) ? Number(figures) : undefined;
}
