/** The tools themselves. What an agent sends is checked: it may be anything. */
import { basename } from "node:path";
import * as vscode from "vscode";
import {
  changeList,
  checkReport,
  compareReport,
  describeReport,
  measureReport,
  mixdownOf,
  problemLines,
  renderReport,
  type AgentDocument,
} from "../../mastering/agents/reports.js";
import { agentDocumentFile, agentEdit, agentFile, agentRevision } from "../../protocol/agentInput.js";
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
      invoke: (input) => studio.use((each) => measureReport(each, fileIn(input).fsPath)),
    },
    headroom_describe: {
      prepare: (input) => ({ message: `Reading ${titleIn(input)}` }),
      invoke: async (input) => describeReport(await openedIn(input)),
    },
    headroom_check: {
      prepare: (input) => ({ message: `Checking ${titleIn(input)}` }),
      invoke: async (input, token) => {
        const document = await vscode.workspace.openTextDocument(documentIn(input));
        const problems = await documentProblems(document);
        return studio.use((each) => checkReport(each, agentDocument(document), problems, signalOf(token)));
      },
    },
    headroom_compare: {
      prepare: (input) => ({ message: `Comparing ${titleIn(input)} with ${agentRevision(input)}` }),
      invoke: async (input, token) => {
        const document = await openedIn(input);
        return studio.use((each) => compareReport(each, document, agentRevision(input), signalOf(token)));
      },
    },
    headroom_edit: {
      prepare: (input) => {
        const { label, changes } = agentEdit(input);
        return {
          message: `Editing ${titleIn(input)}`,
          confirmation: `${label}, in ${titleIn(input)}:\n\n${changeList(changes)}`,
        };
      },
      invoke: async (input) => {
        const document = await vscode.workspace.openTextDocument(documentIn(input));
        await editDocument(document, agentEdit(input).changes);
        const problems = problemLines(document.uri.fsPath, await documentProblems(document));
        return ["The text is changed, as one undo step, and not saved.", ...problems].join("\n");
      },
    },
    headroom_render: {
      prepare: (input) => ({
        message: `Rendering ${titleIn(input)}`,
        confirmation: `Mix down ${titleIn(input)} to ${basename(mixdownOf(documentIn(input).fsPath))} beside it, over a file of that name if there is one?`,
      }),
      invoke: async (input, token) => {
        if (!vscode.workspace.isTrusted)
          throw new Error("Rendering writes files, which needs a trusted workspace.");
        const { fsPath } = documentIn(input);
        const output = mixdownOf(fsPath);
        const target = { output, shown: vscode.workspace.asRelativePath(output) };
        return studio.use((each) => renderReport(each, fsPath, target, signalOf(token)));
      },
    },
  };
}

/** The document as it stands in VS Code, saved or not. */
const openedIn = async (input: unknown): Promise<AgentDocument> =>
  agentDocument(await vscode.workspace.openTextDocument(documentIn(input)));

const agentDocument = (document: vscode.TextDocument): AgentDocument => ({
  path: document.uri.fsPath,
  text: document.getText(),
});

const roots = (): string[] => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
const fileIn = (input: unknown): vscode.Uri => vscode.Uri.file(agentFile(input, roots()));
const documentIn = (input: unknown): vscode.Uri => vscode.Uri.file(agentDocumentFile(input, roots()));
const nameIn = (input: unknown): string => basename(fileIn(input).fsPath);
const titleIn = (input: unknown): string => basename(documentIn(input).fsPath);

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
