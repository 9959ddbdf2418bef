import { element } from "./element.js";
import { icon, type IconName } from "./icons.js";

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** A colour to show beside the label. */
  readonly swatch?: string;
  /** Key that does the same, for people. */
  readonly keys?: string | undefined;
  readonly isEnabled?: boolean;
  /** Given: the item is on or off. */
  readonly isChecked?: boolean;
  readonly run: () => void;
}

/** Opens a menu at a point of the page; arrow keys, Home, End, letters, Enter and Escape work. `null`: a line. */
export function openMenu(
  items: readonly (MenuItem | null)[],
  at: { x: number; y: number },
  label: string,
): void {
  const before = document.activeElement;
  const menu = element("div", { class: "menu", role: "menu", "aria-label": label, tabindex: -1 });
  const close = (): void => {
    menu.remove();
    document.removeEventListener("pointerdown", onPress, true);
    window.removeEventListener("blur", close);
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
  const onPress = (event: PointerEvent): void => {
    if (!menu.contains(event.target as Node)) close();
  };
  menu.append(
    ...items.map((item) =>
      item ? menuItem(item, close) : element("div", { class: "divider", role: "separator" }),
    ),
  );
  // Within the main landmark, where assistive technology looks for it.
  (document.querySelector("main") ?? document.body).append(menu);
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(0, Math.min(at.x, window.innerWidth - width - 4))}px`;
  menu.style.top = `${Math.max(0, Math.min(at.y, window.innerHeight - height - 4))}px`;
  document.addEventListener("pointerdown", onPress, true);
  window.addEventListener("blur", close);
  menu.addEventListener("keydown", (event) => moveByKey(menu, event, close));
  menu.addEventListener("contextmenu", (event) => event.preventDefault());
  itemsOf(menu)[0]?.focus();
}

function menuItem(
  { label, icon: sign, swatch, keys, isEnabled = true, isChecked, run }: MenuItem,
  close: () => void,
): HTMLElement {
  const item = element(
    "button",
    {
      ...{ type: "button", tabindex: -1, "aria-disabled": !isEnabled ? "true" : undefined },
      role: isChecked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": isChecked === undefined ? undefined : String(isChecked),
    },
    element("span", { class: "sign" }, ...(isChecked ? [icon("good")] : sign ? [icon(sign)] : [])),
    element("span", { class: "label" }, label),
    element("span", { class: "keys" }, keys ?? ""),
  );
  if (swatch !== undefined) {
    const patch = element("span", { class: "swatch" });
    patch.style.background = swatch;
    item.insertBefore(patch, item.children[1] ?? null);
  }
  item.addEventListener("click", () => {
    if (!isEnabled) return;
    close();
    run();
  });
  item.addEventListener("pointermove", () => item.focus());
  return item;
}

const itemsOf = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>("[role^=menuitem]:not([aria-disabled])"),
];

function moveByKey(menu: HTMLElement, event: KeyboardEvent, close: () => void): void {
  const items = itemsOf(menu);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const go = (to: number): void => items[(to + items.length) % items.length]?.focus();
  if (event.key === "ArrowDown") go(at + 1);
  else if (event.key === "ArrowUp") go(at <= 0 ? items.length - 1 : at - 1);
  else if (event.key === "Home") go(0);
  else if (event.key === "End") go(items.length - 1);
  else if (event.key === "Escape" || event.key === "Tab") close();
  else if (event.key.length === 1 && !event.ctrlKey && event.key !== " ") {
    const rest = [...items.slice(at + 1), ...items];
    rest
      .find(({ textContent }) => textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))
      ?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
