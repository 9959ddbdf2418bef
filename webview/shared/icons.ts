/** Small signs, drawn on a grid of 16 by 16. */
const PATHS = {
  good: "M13.2 4.2 6.6 10.8 3 7.2l-.9.9 4.5 4.5L14 5.1z",
  warning: "M8 1.5 15 14H1L8 1.5zm0 2.6L3.2 12.8h9.6L8 4.1zM7.4 6.8h1.2v3.4H7.4V6.8zm0 4.1h1.2v1.1H7.4v-1.1z",
  error:
    "M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 0 1 8 1.2zm0 1.2a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4zM5.8 5l2.2 2.2L10.2 5l.8.8L8.8 8l2.2 2.2-.8.8L8 8.8 5.8 11l-.8-.8L7.2 8 5 5.8l.8-.8z",
} as const;

const SVG = "http://www.w3.org/2000/svg";

/** Decoration only: the text beside it says the same. */
export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon ${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}
