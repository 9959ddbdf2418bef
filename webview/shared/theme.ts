/** VS Code's colours for what is drawn on a canvas, where style sheets do not reach. */

/** @param names custom properties of the page's style sheet, for example `--after` */
export function themeColors<K extends string>(names: readonly K[]): Record<K, string> {
  const style = getComputedStyle(document.body);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).trim()])) as Record<
    K,
    string
  >;
}

/** Calls `redraw` whenever the user changes the theme. */
export function onThemeChange(redraw: () => void): void {
  const observer = new MutationObserver(redraw);
  // VS Code sets the theme's kind as the body's class, and its colours as style properties of the root.
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
}

/** The same colours as the pixels of an ImageData: little-endian RGBA, not premultiplied. */
export function themePixels<K extends string>(names: readonly K[]): Record<K, number> {
  const colors = themeColors(names);
  const pixels = colorPixels(names.map((name) => colors[name]));
  return Object.fromEntries(names.map((name, i) => [name, pixels[i]])) as Record<K, number>;
}

/** @param colors as style sheets write them */
export function colorPixels(colors: readonly string[]): readonly number[] {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return colors.map((color) => {
    if (!context) return 0;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0]!;
  });
}
