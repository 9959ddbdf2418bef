import * as vscode from "vscode";
import {
  NORMALIZE_KINDS,
  NORMALIZE_UNITS,
  parseLevel,
  SUGGESTED_TARGETS,
  type NormalizeKind,
  type NormalizeTarget,
} from "../../mastering/normalizing.js";

const NAMES: Readonly<Record<NormalizeKind, string>> = {
  loudness: "Loudness",
  truePeak: "True peak",
  samplePeak: "Sample peak",
};

/** Asks for the level that files are normalized to. @returns `undefined` if the user changed their mind */
export async function chooseTarget(): Promise<NormalizeTarget | undefined> {
  const items = NORMALIZE_KINDS.flatMap((kind) => [
    { label: NAMES[kind], kind: vscode.QuickPickItemKind.Separator },
    ...SUGGESTED_TARGETS.filter((target) => target.kind === kind).map((target) => ({
      label: `${target.level} ${NORMALIZE_UNITS[kind]}`,
      description: target.purpose,
      choose: () => Promise.resolve<NormalizeTarget | undefined>({ kind, level: target.level }),
    })),
    { label: `Other ${NAMES[kind].toLowerCase()}…`, choose: () => enterLevel(kind) },
  ]);
  const chosen = await vscode.window.showQuickPick(items, {
    title: "Normalize",
    placeHolder: "Level to reach",
    matchOnDescription: true,
  });
  return chosen && "choose" in chosen ? chosen.choose() : undefined;
}

async function enterLevel(kind: NormalizeKind): Promise<NormalizeTarget | undefined> {
  const text = await vscode.window.showInputBox({
    title: `Normalize: ${NAMES[kind]}`,
    prompt: `Level in ${NORMALIZE_UNITS[kind]}`,
    value: kind === "loudness" ? "-14" : "-1",
    validateInput: (typed) => {
      const level = parseLevel(typed, kind);
      return typeof level === "string" ? level : undefined;
    },
  });
  const level = text === undefined ? undefined : parseLevel(text, kind);
  return typeof level === "number" ? { kind, level } : undefined;
}
