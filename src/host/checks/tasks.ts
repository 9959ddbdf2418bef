/** Tasks of the type `headroom`: the command line on a document, in VS Code's terminal. */
import { join } from "node:path";
import * as vscode from "vscode";

const TYPE = "headroom";
const SOURCE = "headroom";
const MATCHER = "$headroom";

/** As package.json defines it. */
interface HeadroomTask extends vscode.TaskDefinition {
  readonly command: "mix" | "master" | "stems" | "check";
  /** Relative to the folder of the workspace. */
  readonly document: string;
}

export function registerTasks(extensionPath: string): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: async () => {
      const found = await vscode.workspace.findFiles("**/*.{mix,album}.json", "**/node_modules/**");
      return found.flatMap((uri) => {
        const folder = vscode.workspace.getWorkspaceFolder(uri);
        if (!folder) return [];
        const document = vscode.workspace.asRelativePath(uri, false);
        const commands = document.endsWith(".mix.json") ? MIX_COMMANDS : ALBUM_COMMANDS;
        return commands.map((command) => taskOf({ type: TYPE, command, document }, folder, extensionPath));
      });
    },
    resolveTask: (task) => {
      const definition = task.definition as HeadroomTask;
      const scope = task.scope;
      const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
      return folder ? taskOf(definition, folder, extensionPath) : undefined;
    },
  });
}

const MIX_COMMANDS = ["mix", "stems", "check"] as const;
const ALBUM_COMMANDS = ["master", "check"] as const;

function taskOf(
  definition: HeadroomTask,
  folder: vscode.WorkspaceFolder,
  extensionPath: string,
): vscode.Task {
  const { command, document } = definition;
  const stems = `${document.replace(/\.mix\.json$/, "")}-stems`;
  const words = command === "stems" ? ["mix", document, "--stems", stems] : [command, document];
  // VS Code's own Node runs the program that lies in the extension.
  const execution = new vscode.ProcessExecution(
    process.execPath,
    [join(extensionPath, "dist", "headroom.js"), ...words],
    { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: "1" } },
  );
  const task = new vscode.Task(definition, folder, `${command} ${document}`, SOURCE, execution, MATCHER);
  task.group = command === "check" ? vscode.TaskGroup.Test : vscode.TaskGroup.Build;
  return task;
}
