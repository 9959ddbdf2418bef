import { themeColors } from "../theme.js";

/** Custom properties that the meters are painted with. */
const NAMES = ["--text", "--quiet", "--line", "--good", "--warning", "--error", "--meter-track"] as const;

export type MeterColors = ReturnType<typeof meterColors>;

export const meterColors = () => themeColors(NAMES);
