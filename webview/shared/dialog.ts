import { element } from "./element.js";
import type { Field } from "./fields.js";
import { button } from "./toolkit.js";

export interface DialogOptions {
  readonly title: string;
  /** A sentence on what is going to happen. */
  readonly note?: string;
  readonly fields: readonly Pick<Field<unknown>, "element" | "control">[];
  /** Name of the button that does it. */
  readonly action: string;
  /** @returns whether the dialog may close: everything entered was allowed */
  readonly onSubmit: () => boolean;
}

/** Asks in the middle of the page; Enter does it, Escape gives up, the focus goes back to where it was. */
export function openDialog({ title, note, fields, action, onSubmit }: DialogOptions): void {
  const submit = button({ label: action, isPrimary: true, onPress: () => attempt() });
  const cancel = button({ label: "Cancel", onPress: () => dialog.close() });
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: "dialog-title" }, title),
    ...(note === undefined ? [] : [element("p", { class: "note" }, note)]),
    ...fields.map((field) => field.element),
    element("div", { class: "actions" }, cancel, submit),
  );
  const dialog = element("dialog", { "aria-labelledby": "dialog-title" }, form);
  const attempt = (): void => {
    if (onSubmit()) dialog.close();
    else dialog.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || (event.target as HTMLElement).closest("vscode-button, button, textarea"))
      return;
    event.preventDefault();
    attempt();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  showModal(dialog);
  const first = fields[0]?.control;
  first?.focus();
  if (first instanceof HTMLInputElement) first.select();
}

/** Shows a dialog over the page until it is closed; a press beside it closes it. */
export function showModal(dialog: HTMLDialogElement): void {
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog && !contains(dialog, event)) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function contains(dialog: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
