/** Keys by their names. */

/** `Ctrl+Shift+T`, `Space`, `ArrowLeft`, `?`; Command counts as Ctrl. */
export function keyOf(event: KeyboardEvent): string {
  const { key } = event;
  const name = key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key;
  // The shift of a sign is part of it.
  const isSign = key.length === 1 && !/[a-z0-9 ]/i.test(key);
  const parts = [
    ...(event.ctrlKey || event.metaKey ? ["Ctrl"] : []),
    ...(event.altKey ? ["Alt"] : []),
    ...(event.shiftKey && !isSign ? ["Shift"] : []),
    name,
  ];
  return parts.join("+");
}

/** Whether the key presses the button that has the focus. */
export function isPress(target: HTMLElement, { key }: KeyboardEvent): boolean {
  return (key === " " || key === "Enter") && target.closest("button, vscode-button, summary") !== null;
}
