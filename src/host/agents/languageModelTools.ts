/** What an agent can do with Headroom: read-only tools at once, those that write after a confirmation. */
import * as vscode from "vscode";
import type { StudioService } from "../studioService.js";
import type { AgentTool } from "./agentTools.js";

/** As package.json declares them. */
const NAMES = [
  "headroom_measure",
  "headroom_describe",
  "headroom_check",
  "headroom_compare",
  "headroom_edit",
  "headroom_render",
] as const;
export type ToolName = (typeof NAMES)[number];

/** Their code is loaded when the first of them is asked. */
export function registerLanguageModelTools(studio: Pick<StudioService, "use">): vscode.Disposable {
  const toolOf = async (name: ToolName): Promise<AgentTool> =>
    (await import("./agentTools.js")).agentTools(studio)[name];
  return vscode.Disposable.from(
    ...NAMES.map((name) =>
      vscode.lm.registerTool<unknown>(name, {
        prepareInvocation: async ({ input }) => {
          const { message, confirmation } = (await toolOf(name)).prepare(input);
          return {
            invocationMessage: message,
            ...(confirmation !== undefined && {
              confirmationMessages: { title: "Headroom", message: new vscode.MarkdownString(confirmation) },
            }),
          };
        },
        invoke: async ({ input }, token) => {
          const text = await (await toolOf(name)).invoke(input, token);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
        },
      }),
    ),
  );
}
