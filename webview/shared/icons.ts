/** Small signs, drawn on a grid of 16 by 16. */
const PATHS = {
  good: "M13.2 4.2 6.6 10.8 3 7.2l-.9.9 4.5 4.5L14 5.1z",
  warning: "M8 1.5 15 14H1L8 1.5zm0 2.6L3.2 12.8h9.6L8 4.1zM7.4 6.8h1.2v3.4H7.4V6.8zm0 4.1h1.2v1.1H7.4v-1.1z",
  error:
    "M8 1.2a6.8 6.8 0 1 1 0 13.6A6.8 6.8 0 0 1 8 1.2zm0 1.2a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4zM5.8 5l2.2 2.2L10.2 5l.8.8L8.8 8l2.2 2.2-.8.8L8 8.8 5.8 11l-.8-.8L7.2 8 5 5.8l.8-.8z",
  play: "M4 2.4v11.2L13.4 8z",
  pause: "M4 3h2.8v10H4zM9.2 3H12v10H9.2z",
  more: "M2 6.8h2.4v2.4H2zM6.8 6.8h2.4v2.4H6.8zM11.6 6.8H14v2.4h-2.4z",
  stop: "M3.5 3.5h9v9h-9z",
} as const;

/** The same as lines of one pixel. */
const LINES = {
  loop: "M4.5 5h6.8a2.7 2.7 0 0 1 2.7 2.7M11.5 11H4.7A2.7 2.7 0 0 1 2 8.3M6.5 3l-2 2 2 2M9.5 13l2-2-2-2",
  start: "M3.5 3v10M13 3.5 7 8l6 4.5z",
  end: "M12.5 3v10M3 3.5 9 8l-6 4.5z",
  zoomIn: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3 14 14M4.8 7h4.4M7 4.8v4.4",
  zoomOut: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3 14 14M4.8 7h4.4",
  zoomFit: "M1.5 3v10M14.5 3v10M4 8h8M6 6 4 8l2 2M10 6l2 2-2 2",
  zoomSelection: "M4.5 2.5h-2v11h2M11.5 2.5h2v11h-2M5 8h6M6.5 6.5 5 8l1.5 1.5M9.5 6.5 11 8 9.5 9.5",
  waveform: "M1 8h1.5M4 5.5v5M6.5 3v10M9 5v6M11.5 6.5v3M13.5 8H15",
  spectrogram: "M2 2.5h12v11H2zM2 10.5h12M2 7.5h7M5 5h9",
  both: "M2 2.5h12v5H2zM3 11.5h1.5M6 9.8v3.6M8.5 9v5M11 10v3M12.5 11.5H14",
  cut: "M4 10.5a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM12 10.5a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6zM5 10.8 10.5 2M11 10.8 5.5 2",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  paste: "M5.5 3.5h-2v10h9v-10h-2M5.5 2.5h5v2.5h-5zM5.5 8h5M5.5 10.5h5",
  delete: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9M7 7v4.5M9 7v4.5",
  trim: "M5 1.5V11h9.5M1.5 5H11v9.5",
  fadeIn: "M1.5 13.5h13V3zM1.5 13.5 14.5 3",
  fadeOut: "M14.5 13.5h-13V3zM14.5 13.5 1.5 3",
  gain: "M3.5 2.5v11M8 2.5v11M12.5 2.5v11M2 10h3M6.5 5h3M11 8h3",
  normalize: "M1.5 3h13M1.5 13h13M4 10V6M6.5 11V5M9 10.5v-5M11.5 11.5v-7",
  marker: "M4 14.5v-12h8l-2.5 3 2.5 3H4",
  volume: "M2 6v4h2.5L8 13V3L4.5 6zM10.5 5.5a3.5 3.5 0 0 1 0 5M12.5 3.5a6.4 6.4 0 0 1 0 9",
  channels:
    "M8 2.5a5.5 5.5 0 0 0-5.5 5.5v3M8 2.5A5.5 5.5 0 0 1 13.5 8v3M2.5 9h2.2v4.5H2.5zM11.3 9h2.2v4.5h-2.2z",
  snap: "M8 1.5v13M1.5 8h13M1.5 12c2.2 0 3.5-8 6.5-4s4.3-4 6.5-4",
  sidebar: "M1.5 2.5h13v11h-13zM10 2.5v11",
  help: "M5.5 6A2.5 2.5 0 1 1 8 8.6v1.6M8 12.5v.5",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  add: "M8 3v10M3 8h10",
  up: "M3.5 10 8 5.5l4.5 4.5",
  down: "M3.5 6 8 10.5 12.5 6",
  power: "M8 2v6M4.8 4.2a5 5 0 1 0 6.4 0",
  settings:
    "M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4zM8 1.5v2.3M8 12.2v2.3M1.5 8h2.3M12.2 8h2.3M3.4 3.4 5 5M11 11l1.6 1.6M12.6 3.4 11 5M5 11l-1.6 1.6",
  save: "M2.5 2.5h9l2 2v9h-11zM5 2.5v4h5.5v-4M4.5 13.5v-4h7v4",
} as const;

export type IconName = keyof typeof PATHS | keyof typeof LINES;

const SVG = "http://www.w3.org/2000/svg";

/** Decoration only: the text beside it says the same. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute(
    "d",
    name in LINES ? LINES[name as keyof typeof LINES] : PATHS[name as keyof typeof PATHS],
  );
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon ${name}${name in LINES ? " lines" : ""}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}
