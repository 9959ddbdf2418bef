/**
 * Standard controls. The only module that knows where they come from (@vscode/webview-ui-toolkit,
 * which is no longer developed), so that a successor replaces it here.
 */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from "@vscode/webview-ui-toolkit";
import { element } from "./element.js";

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());

export interface ButtonOptions {
  readonly label: string;
  /** What it does, where the label alone does not say. */
  readonly description?: string;
  readonly isPrimary?: boolean;
  readonly onPress: () => void;
}

export function button({ label, description, isPrimary = false, onPress }: ButtonOptions): HTMLElement {
  const control = element("vscode-button", { appearance: isPrimary ? "primary" : "secondary" }, label);
  if (description !== undefined) control.title = description;
  control.addEventListener("click", onPress);
  return control;
}

/** A turning ring: something is under way. Decoration; the text beside it says what. */
export function progressRing(): HTMLElement {
  return element("vscode-progress-ring", { class: "ring", "aria-hidden": "true" });
}
