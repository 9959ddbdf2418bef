/** A part of a page: it holds no state of the document and paints what `show` is given. */
export interface Part<State> {
  readonly element: HTMLElement;
  show(state: State): void;
}
