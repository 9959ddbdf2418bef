import { element } from "../../shared/element.js";

/**
 * Where the impulse response of a convolution is chosen.
 *
 * @param path of the one that is chosen
 */
export function impulseField(path: string | undefined, onChoose: () => void): HTMLElement {
  const name = path === undefined ? "None chosen" : (path.split(/[\\/]/).at(-1) ?? path);
  const choose = element("button", { type: "button", class: "preset" }, "Choose impulse response…");
  choose.addEventListener("click", onChoose);
  return element(
    "div",
    { class: "list" },
    element("p", { class: "note", title: path ?? "" }, `Impulse response: ${name}`),
    choose,
  );
}
