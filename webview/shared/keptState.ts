import { vsCodeApi } from "./vsCodeApi.js";

/** What VS Code keeps for a webview while its tab is there, also when the page is loaded again. */
type Kept = Readonly<Record<string, unknown>>;

const kept = (): Kept => (vsCodeApi().getState() as Kept | undefined) ?? {};

/** @param initial what it is before anything was kept, or if that is of another type */
export function keptState<T>(key: string, initial: T): T {
  const value = kept()[key];
  return typeof value === typeof initial && value !== null ? (value as T) : initial;
}

export function keepState(key: string, value: unknown): void {
  vsCodeApi().setState({ ...kept(), [key]: value });
}
