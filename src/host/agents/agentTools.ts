/** The tools themselves. What an agent sends is checked: it may be anything. */
import { basename, isAbsolute, join, relative } from "node:path";
import * as vscode from "vscode";
import { comparisonText } from "../../mastering/compare/comparisonText.js";
import { textAt } from "../../mastering/compare/textAt.js";
import { brokenChecks } from "../../mastering/checkSound.js";
import { isRecord } from "../../protocol/checks.js";
import { isEditRequest, type EditRequest } from "../../protocol/editRequest.js";
import { formatDiagnostic } from "../../session/diagnostic.js";
import { outlineOf, type OutlineItem } from "../../session/outline.js";
import { documentProblems } from "../documentProblems.js";
import { editDocument } from "../editors/editDocument.js";
import type { StudioService } from "../studioService.js";
import type { ToolName } from "./languageModelTools.js";

export interface AgentTool {
  /** What is being done, and for tools that write what the user has to agree to. @throws Error if the input is wrong */
  readonly prepare: (input: unknown) => { readonly message: string; readonly confirmation?: string };
  /** @returns text for the model. @throws Error with a sentence for it */
  readonly invoke: (input: unknown, token: vscode.CancellationToken) => Promise<string>;
}

type Services = Pick<StudioService, "use">;

export function agentTools(studio: Services): Readonly<Record<ToolName, AgentTool>> {
  return {
    headroom_measure: {
      prepare: (input) => ({ message: `Measuring ${nameIn(input)}` }),
      invoke: async (input) => {
        const path = fileIn(input).fsPath;
        return json(await studio.use((each) => each.overview(path)), ["shortTerm"]);
      },
    },
    headroom_describe: {
      prepare: (input) => ({ message: `Reading ${titleIn(input)}` }),
      invoke: async (input) => {
        const document = await vscode.workspace.openTextDocument(documentIn(input));
        return outlineText(outlineOf(document.getText()));
      },
    },
    headroom_check: {
      prepare: (input) => ({ message: `Checking ${titleIn(input)}` }),
      invoke: (input, token) => check(studio, documentIn(input), token),
    },
    headroom_compare: {
      prepare: (input) => ({ message: `Comparing ${titleIn(input)} with ${revisionIn(input)}` }),
      invoke: async (input, token) => {
        const [{ fsPath }, revision] = [documentIn(input), revisionIn(input)];
        const before = { path: fsPath, text: await textAt(fsPath, revision) };
        const signal = signalOf(token);
        const result = await studio.use((each) => each.compare(before, { path: fsPath }, { signal }));
        return comparisonText(result, `${basename(fsPath)} at ${revision}`, `${basename(fsPath)} now`);
      },
    },
    headroom_edit: {
      prepare: (input) => {
        const { label, changes } = editIn(input);
        const list = changes.map((change) => `- \`${changeText(change)}\``).join("\n");
        return {
          message: `Editing ${titleIn(input)}`,
          confirmation: `${label}, in ${titleIn(input)}:\n\n${list}`,
        };
      },
      invoke: async (input) => {
        const document = await vscode.workspace.openTextDocument(documentIn(input));
        await editDocument(document, editIn(input).changes);
        const problems = (await documentProblems(document)).map((each) =>
          formatDiagnostic(titleIn(input), each),
        );
        return ["The text is changed, as one undo step, and not saved.", ...problems].join("\n");
      },
    },
    headroom_render: {
      prepare: (input) => ({
        message: `Rendering ${titleIn(input)}`,
        confirmation: `Mix down ${titleIn(input)} to ${basename(mixdownOf(documentIn(input)))} beside it, over a file of that name if there is one?`,
      }),
      invoke: async (input, token) => {
        if (!vscode.workspace.isTrusted)
          throw new Error("Rendering writes files, which needs a trusted workspace.");
        const session = documentIn(input);
        const output = mixdownOf(session);
        const job = { path: session.fsPath, output, layout: "s24", dither: "tpdf" } as const;
        const { overview, clipped, warnings } = await studio.use((each) =>
          each.mixdown(job, { signal: signalOf(token) }),
        );
        return json({ output: vscode.workspace.asRelativePath(output), ...overview, clipped, warnings }, [
          "shortTerm",
        ]);
      },
    },
  };
}

async function check(studio: Services, uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
  const document = await vscode.workspace.openTextDocument(uri);
  const [path, text] = [uri.fsPath, document.getText()];
  const problems = await documentProblems(document);
  const hasErrors = problems.some(({ severity }) => severity === "error");
  const checks = hasErrors
    ? []
    : await studio.use((each) => each.checkSound({ path, text }, { signal: signalOf(token) }));
  const lines = [...problems, ...brokenChecks(text, checks)].map((each) =>
    formatDiagnostic(basename(path), each),
  );
  const held = checks.filter(({ holds }) => holds).map(({ sentence }) => `holds: ${sentence}`);
  return [...lines, ...held].join("\n") || "Nothing is wrong, and there are no checks.";
}

function outlineText(items: readonly OutlineItem[], indent = ""): string {
  return items
    .map(({ kind, name, detail, children }) => {
      const line = `${indent}${kind} ${name}${detail === "" ? "" : ` (${detail})`}`;
      return [line, ...(children.length > 0 ? [outlineText(children, `${indent}  `)] : [])].join("\n");
    })
    .join("\n");
}

function changeText(change: EditRequest["changes"][number]): string {
  const path = change.path.join("/");
  if (change.type === "move") return `${path}: entry ${change.from} to ${change.to}`;
  const value = change.value === undefined ? "removed" : JSON.stringify(change.value);
  const text = `${change.type === "insert" ? "new " : ""}${path}: ${value}`.replaceAll("`", "'");
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** @throws Error unless it names a file in a folder of the workspace */
function fileIn(input: unknown): vscode.Uri {
  const file = isRecord(input) ? input.file : undefined;
  if (typeof file !== "string" || file === "" || file.includes("\0"))
    throw new Error('"file" must be the path of a file in the workspace.');
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const path = isAbsolute(file) ? file : join(uri.fsPath, file);
    const within = relative(uri.fsPath, path);
    if (!within.startsWith("..") && !isAbsolute(within)) return vscode.Uri.file(path);
  }
  throw new Error(`${file} is not in a folder of the workspace.`);
}

/** @throws Error unless it names a session or an album in the workspace */
function documentIn(input: unknown): vscode.Uri {
  const uri = fileIn(input);
  if (!/\.(mix|album)\.json$/.test(uri.path))
    throw new Error(`${uri.fsPath} is no *.mix.json or *.album.json.`);
  return uri;
}

const nameIn = (input: unknown): string => basename(fileIn(input).fsPath);
const titleIn = (input: unknown): string => basename(documentIn(input).fsPath);

function revisionIn(input: unknown): string {
  const revision = isRecord(input) ? (input.revision ?? "HEAD") : "HEAD";
  if (typeof revision !== "string" || revision === "")
    throw new Error('"revision" must be a revision of git.');
  return revision;
}

/** @throws Error if the changes are none */
function editIn(input: unknown): EditRequest {
  const request = isRecord(input) ? { label: input.label ?? "Edit", changes: input.changes } : undefined;
  if (!isEditRequest(request))
    throw new Error(
      '"changes" must be a list of { type: "set" | "insert" | "move", path: [keys and indexes], value }.',
    );
  return request as EditRequest;
}

function mixdownOf({ fsPath }: vscode.Uri): string {
  if (!fsPath.endsWith(".mix.json")) throw new Error(`${fsPath} is no *.mix.json.`);
  return fsPath.replace(/\.mix\.json$/, ".wav");
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** @param without keys that would fill a model's memory */
function json(value: object, without: readonly string[]): string {
  const kept = Object.fromEntries(Object.entries(value).filter(([key]) => !without.includes(key)));
  return JSON.stringify(kept, undefined, 1);
}
