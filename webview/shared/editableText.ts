import { element } from "./element.js";

/**
 * Lets the text of an element be typed over, in its place: Enter and leaving take it, Escape does not.
 * @param label for assistive technology
 * @param onTaken told of a text that is another one, and not empty
 */
export function editableText(
  owner: HTMLElement,
  text: string,
  label: string,
  onTaken: (text: string) => void,
): void {
  const field = element("input", { type: "text", class: "renaming", "aria-label": label, value: text });
  const before = [...owner.childNodes];
  let isOver = false;
  const end = (isTaken: boolean): void => {
    if (isOver) return;
    isOver = true;
    owner.replaceChildren(...before);
    owner.focus({ preventScroll: true });
    const typed = field.value.trim();
    if (isTaken && typed !== "" && typed !== text) onTaken(typed);
  };
  field.addEventListener("blur", () => end(true));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(true);
    else if (event.key === "Escape") end(false);
    event.stopPropagation();
  });
  for (const name of ["pointerdown", "click", "dblclick"])
    field.addEventListener(name, (event) => event.stopPropagation());
  owner.replaceChildren(field);
  field.focus();
  field.select();
}
