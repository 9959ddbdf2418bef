import { element } from "../element.js";

export interface ValueEntryOptions {
  /** What the field is laid over. */
  readonly over: HTMLElement;
  /** What has the focus afterwards. */
  readonly back: HTMLElement;
  readonly label: string;
  readonly text: string;
  /** Typing replaces the text; otherwise it goes on behind it. */
  readonly isSelected?: boolean;
  /** @returns what is wrong with the text; `undefined` if it was taken */
  readonly take: (text: string) => string | undefined;
}

/** Narrower is hard to type in, CSS pixels. */
const LEAST_WIDTH = 64;

/** A field for a moment: Enter takes what was typed, so does leaving it if that is allowed; Escape gives up. */
export function openEntry({ over, back, label, text, isSelected = true, take }: ValueEntryOptions): void {
  const input = element("input", {
    ...{ type: "text", class: "value-entry", "aria-label": label, autocomplete: "off", spellcheck: "false" },
  });
  input.value = text;
  let isOpen = true;
  const close = (): void => {
    isOpen = false;
    input.remove();
  };
  const attempt = (): boolean => {
    const fault = take(input.value);
    if (fault === undefined) return true;
    input.setAttribute("aria-invalid", "true");
    input.title = fault;
    return false;
  };
  const giveBack = (): void => {
    close();
    back.focus({ preventScroll: true });
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") giveBack();
    else if (event.key === "Enter" && attempt()) giveBack();
  });
  input.addEventListener("blur", () => {
    if (!isOpen) return;
    isOpen = false;
    if (input.value !== text) attempt();
    input.remove();
  });
  const box = over.getBoundingClientRect();
  (document.querySelector("main") ?? document.body).append(input);
  const { height } = input.getBoundingClientRect();
  const width = Math.max(LEAST_WIDTH, box.width);
  const left = Math.min(window.innerWidth - width - 2, Math.max(2, box.left + (box.width - width) / 2));
  input.style.width = `${width}px`;
  input.style.left = `${left}px`;
  input.style.top = `${box.top + (box.height - height) / 2}px`;
  input.focus({ preventScroll: true });
  if (isSelected) input.select();
}
