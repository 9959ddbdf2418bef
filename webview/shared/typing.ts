/** Whether keys go into a field as text: VS Code's bindings of an editor's keys rest meanwhile. */

/** Whether the element takes keys itself. */
export function isTyping(target: Element): boolean {
  return (
    target.closest("input, select, textarea, [role=menu], dialog, [role=tablist], [role=slider]") !== null
  );
}

/** Tells whenever it changes. */
export function followTyping(tell: (isTyping: boolean) => void): void {
  let isTold = false;
  const change = (typing: boolean): void => {
    if (typing !== isTold) tell(typing);
    isTold = typing;
  };
  document.addEventListener("focusin", ({ target }) => change(target instanceof Element && isTyping(target)));
  document.addEventListener("focusout", () => change(false));
}
