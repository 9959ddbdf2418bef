/**
 * `headroom mcp`: the tools for agents as a server of the Model Context Protocol, on standard input and output. What
 * the tools are called and take stands in package.json, where VS Code's language model tools stand.
 */
import { realpathSync } from "node:fs";
import { basename, relative } from "node:path";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type Tool,
} from "@modelcontextprotocol/sdk/types.js";
import { contributes, version } from "../../package.json";
import { writeFileAtomically } from "../audio/atomicFile.js";
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
} from "../mastering/agents/reports.js";
import { checkText } from "../mastering/checkDocument.js";
import { readDocument } from "../mastering/readDocument.js";
import type { Studio } from "../mastering/studio.js";
import { agentDocumentFile, agentEdit, agentFile, agentRevision } from "../protocol/agentInput.js";
import { editedText } from "../session/edits/editText.js";
import type { CommonOptions } from "./terminal.js";
import { withStudio } from "./withStudio.js";

export interface McpOptions extends CommonOptions {
  /** Lets agents write without asking. */
  readonly write?: boolean;
}

/** Other than in VS Code, they write to the disk. */
const WRITING: Readonly<Record<string, string>> = {
  headroom_edit:
    "Changes values of a *.mix.json or *.album.json by the smallest edits of its text, and writes the file; comments and layout stay. Levels are in dB, times in seconds, pan from -1 to 1. Refused if the document would have errors.",
  headroom_render: "Mixes down a *.mix.json to a 24-bit WAV file beside it, and measures that.",
};

/** Serves until the client goes. @param folder whose files agents may read */
export async function mcp(folder: string, options: McpOptions): Promise<boolean> {
  const root = realpathSync(folder);
  await withStudio(options, async (studio, signal) => {
    const server = new Server({ name: "headroom", version }, { capabilities: { tools: {} } });
    const agents = new AgentServer(studio, root, (question) => mayWrite(server, question, options));
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: TOOLS }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal: cancelled }) =>
      answer(() => agents.call(params.name, params.arguments, AbortSignal.any([signal, cancelled]))),
    );
    await new Promise<void>((done, fail) => {
      server.onclose = done;
      // The client that goes closes our input.
      process.stdin.once("end", done);
      signal.addEventListener("abort", () => done(), { once: true });
      server.connect(new StdioServerTransport()).catch(fail);
    });
    await server.close();
  });
  return true;
}

const TOOLS: Tool[] = contributes.languageModelTools.map(
  ({ name, displayName, modelDescription, inputSchema }): Tool => ({
    name,
    description: WRITING[name] ?? modelDescription,
    inputSchema: inputSchema as Tool["inputSchema"],
    annotations: {
      title: displayName,
      readOnlyHint: !(name in WRITING),
      destructiveHint: name in WRITING,
      openWorldHint: false,
    },
  }),
);

/** Results and failures are both told to the agent. */
async function answer(work: () => Promise<string>): Promise<CallToolResult> {
  try {
    return { content: [{ type: "text", text: await work() }] };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { content: [{ type: "text", text }], isError: true };
  }
}

/** @throws Error unless the user agrees, or has agreed beforehand */
async function mayWrite(server: Server, question: string, { write = false }: McpOptions): Promise<void> {
  if (write) return;
  if (!server.getClientCapabilities()?.elicitation)
    throw new Error(
      "This client cannot ask its user. Start the server as `headroom mcp --write` to let agents write.",
    );
  const { action } = await server.elicitInput({
    message: question,
    requestedSchema: { type: "object", properties: {} },
  });
  if (action !== "accept") throw new Error("The user does not want that.");
}

class AgentServer {
  readonly #studio: Studio;
  readonly #root: string;
  readonly #ask: (question: string) => Promise<void>;

  /** @param root absolute path @param ask throws unless the user agrees */
  constructor(studio: Studio, root: string, ask: (question: string) => Promise<void>) {
    this.#studio = studio;
    this.#root = root;
    this.#ask = ask;
  }

  /** @returns text for the model. @throws Error with a sentence for it */
  async call(name: string, input: unknown, signal: AbortSignal): Promise<string> {
    switch (name) {
      case "headroom_measure":
        return measureReport(this.#studio, this.#within(agentFile(input, [this.#root])));
      case "headroom_describe":
        return describeReport(this.#document(input));
      case "headroom_check": {
        const document = this.#document(input);
        return checkReport(this.#studio, document, checkText(document.path, document.text), signal);
      }
      case "headroom_compare":
        return compareReport(this.#studio, this.#document(input), agentRevision(input), signal);
      case "headroom_edit":
        return this.#edit(input);
      case "headroom_render":
        return this.#render(input, signal);
      default:
        throw new Error(`There is no tool ${name}.`);
    }
  }

  async #edit(input: unknown): Promise<string> {
    const { path, text } = this.#document(input);
    const { label, changes } = agentEdit(input);
    const edited = editedText(text, changes);
    const problems = checkText(path, edited);
    if (problems.some(({ severity }) => severity === "error"))
      throw new Error(
        ["Nothing is changed: the document would have errors.", ...problemLines(path, problems)].join("\n"),
      );
    await this.#ask(`${label}, in ${basename(path)}:\n\n${changeList(changes)}`);
    if (readDocument(path) !== text)
      throw new Error(`${basename(path)} has changed meanwhile: read it again.`);
    writeFileAtomically(path, edited);
    return ["The file is written.", ...problemLines(path, problems)].join("\n");
  }

  async #render(input: unknown, signal: AbortSignal): Promise<string> {
    const { path } = this.#document(input);
    const output = mixdownOf(path);
    await this.#ask(
      `Mix down ${basename(path)} to ${basename(output)} beside it, over a file of that name if there is one?`,
    );
    return renderReport(this.#studio, path, { output, shown: relative(this.#root, output) }, signal);
  }

  #document(input: unknown): AgentDocument {
    const path = this.#within(agentDocumentFile(input, [this.#root]));
    return { path, text: readDocument(path) };
  }

  /** @throws Error if a link leads out of the folder */
  #within(path: string): string {
    return agentFile({ file: realpathSync(path) }, [this.#root]);
  }
}
