// @ts-check
/** Names of VS Code's own themes. */
const THEMES = {
  dark: "Default Dark Modern",
  light: "Default Light Modern",
  contrast: "Default High Contrast",
};
/** @typedef {keyof typeof THEMES} Theme */

/**
 * The user's settings for a workbench in which nothing pops up, moves or asks.
 * @param {Theme} theme
 */
export const calmSettings = (theme = "dark") => ({
  "workbench.colorTheme": THEMES[theme],
  "window.autoDetectColorScheme": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  // As on a desktop; in a browser VS Code saves by itself, and counts as remote.
  "files.autoSave": "off",
  "headroom.mix.playback": "editor",
  "git.openRepositoryInParentFolders": "never",
});
