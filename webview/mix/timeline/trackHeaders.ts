/** The heads of the tracks in sight: colour, name, mute, solo. */
import { element } from "../../shared/element.js";
import { editableText } from "../../shared/editableText.js";
import { hasAny, type MixPart } from "../mixPart.js";
import { LANE_HEIGHT, type TimelineModel, type Track } from "./timelineModel.js";
import { trackColor } from "./trackColor.js";

export interface HeaderActions {
  readonly openMenu: (at: { x: number; y: number }, track: number) => void;
  readonly openAutomation: (at: { x: number; y: number }, track: number) => void;
  /** Of one parameter of a track. */
  readonly openLane: (at: { x: number; y: number }, track: number, path: string) => void;
  /** A key on the name of a parameter. @returns whether it is done */
  readonly pressLaneKey: (event: KeyboardEvent, track: number, path: string) => boolean;
  /** Name and value of a parameter. */
  readonly nameOfLane: (track: number, path: string) => string;
}

interface Header {
  readonly element: HTMLElement;
  show(track: Track, index: number): void;
}

export function trackHeaders(timeline: TimelineModel, actions: HeaderActions): MixPart {
  const { mix } = timeline;
  const list = element("ul", { class: "heads", "aria-label": "Tracks" });
  const box = element("div", { class: "head-column" }, list);
  const headers = new Map<number, Header>();
  box.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      timeline.scrollTo(timeline.scrollTop + event.deltaY);
    },
    { passive: false },
  );
  return {
    element: box,
    show(_, topics) {
      if (!hasAny(topics, "viewport", "mix", "selection", "state")) return;
      const rows = timeline.rows.between(timeline.scrollTop, timeline.scrollTop + box.clientHeight);
      const wanted = new Set(rows.map(({ index }) => index));
      for (const [index, header] of headers) {
        if (wanted.has(index)) continue;
        // One that has the focus stays until it loses it.
        if (header.element.contains(document.activeElement) && index < timeline.tracks.length) continue;
        header.element.remove();
        headers.delete(index);
      }
      for (const { index, top, height } of rows) {
        let header = headers.get(index);
        if (!header) {
          header = trackHeader(timeline, index, actions);
          headers.set(index, header);
          list.append(header.element);
        }
        header.element.style.transform = `translateY(${top - timeline.scrollTop}px)`;
        header.element.style.height = `${height}px`;
        header.show(timeline.tracks[index]!, index);
        const { channel } = mix.selection;
        header.element.classList.toggle("selected", channel?.list === "tracks" && channel.index === index);
      }
    },
  };
}

function trackHeader(timeline: TimelineModel, index: number, actions: HeaderActions): Header {
  const { openMenu } = actions;
  const { mix } = timeline;
  const track = (): Track => timeline.tracks[index]!;
  const nameOf = ({ name, id }: Track): string => name ?? id;
  const stripe = element("span", { class: "stripe" });
  const name = element("button", { type: "button", class: "name" });
  const rename = (): void => {
    if (!mix.canEdit) return;
    editableText(
      name,
      nameOf(track()),
      "Name of the track",
      (text) => void mix.set(`Rename ${nameOf(track())}`, ["tracks", index, "name"], text),
    );
  };
  name.addEventListener("click", () => mix.select({ channel: { list: "tracks", index } }));
  name.addEventListener("dblclick", rename);
  name.addEventListener("keydown", (event) => {
    if (event.key !== "F2") return;
    rename();
    event.preventDefault();
  });
  const toggle = (key: "mute" | "solo", sign: string): HTMLButtonElement => {
    const button = element("button", { type: "button", class: `toggle ${key}` }, sign);
    button.addEventListener("click", () => {
      const word = { mute: "Mute", solo: "Solo" }[key];
      void mix.set(`${word} ${nameOf(track())}`, ["tracks", index, key], !track()[key]);
    });
    return button;
  };
  const [mute, solo] = [toggle("mute", "M"), toggle("solo", "S")];
  const below = (target: HTMLElement): { x: number; y: number } => {
    const { left, bottom } = target.getBoundingClientRect();
    return { x: left, y: bottom };
  };
  const lanes = element("button", { type: "button", class: "toggle automation" }, "A");
  lanes.addEventListener("click", () => actions.openAutomation(below(lanes), index));
  const head = element("li", { class: "head" }, stripe, name, lanes, mute, solo);
  let laneNames: readonly { readonly path: string; readonly button: HTMLElement }[] = [];
  const showLanes = (): void => {
    const paths = timeline.lanesOf(index);
    if (paths.join() !== laneNames.map(({ path }) => path).join()) {
      laneNames.forEach(({ button }) => button.remove());
      laneNames = paths.map((path) => {
        const button = element("button", { type: "button", class: "lane-name" });
        button.setAttribute("aria-description", "Arrow keys go from breakpoint to breakpoint and move them.");
        button.addEventListener("click", () => actions.openLane(below(button), index, path));
        button.addEventListener("keydown", (event) => {
          if (!actions.pressLaneKey(event, index, path)) return;
          event.preventDefault();
          event.stopPropagation();
        });
        head.append(button);
        return { path, button };
      });
    }
    head.style.paddingBottom = `${paths.length * LANE_HEIGHT}px`;
    laneNames.forEach(({ path, button }, i) => {
      const text = actions.nameOfLane(index, path);
      if (button.textContent !== text) button.textContent = text;
      button.title = `Automation: ${text}`;
      button.style.top = `${timeline.clipHeight + i * LANE_HEIGHT}px`;
      button.style.height = `${LANE_HEIGHT}px`;
    });
  };
  head.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    openMenu({ x: event.clientX, y: event.clientY }, index);
  });
  return {
    element: head,
    show(shown, at) {
      const text = nameOf(shown);
      stripe.style.backgroundColor = trackColor(shown, at);
      if (!name.querySelector("input") && name.textContent !== text) name.textContent = text;
      showLanes();
      const isAutomated = Object.values(shown.automation ?? {}).some((points) => points.length > 0);
      lanes.classList.toggle("used", isAutomated);
      lanes.setAttribute("aria-label", `Automation of ${text}`);
      lanes.title = `Automation of ${text}`;
      name.title = `${text}. Double click or F2 renames it.`;
      for (const [button, key, word] of [
        [mute, "mute", "Mute"],
        [solo, "solo", "Solo"],
      ] as const) {
        button.setAttribute("aria-pressed", String(shown[key]));
        button.setAttribute("aria-label", `${word} ${text}`);
        button.title = `${word} ${text}`;
        button.disabled = !mix.canEdit;
      }
    },
  };
}
