/** VS Code's own dialogs, which a suite cannot click on: they answer by themselves. */
import * as vscode from "vscode";

const MESSAGES = ["showInformationMessage", "showWarningMessage", "showErrorMessage"] as const;

/**
 * @param picks labels of what is chosen in pick lists and on the buttons of messages; what offers none of them is dismissed
 * @param work what opens them
 * @returns its result, and what messages have said so far; those that come later are added
 */
export async function answering<T>(
  picks: string | readonly string[],
  work: () => Thenable<T>,
): Promise<[result: T, said: string[]]> {
  const said: string[] = [];
  const choose = (message: string, ...rest: unknown[]): Promise<unknown> => {
    said.push(message);
    return Promise.resolve(rest.find((each) => typeof each === "string" && [picks].flat().includes(each)));
  };
  const result = await replacing(
    {
      ...Object.fromEntries(MESSAGES.map((name) => [name, choose])),
      showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
        Promise.resolve(items.find(({ label }) => [picks].flat().includes(label))),
      // What stands in a field already is taken.
      showInputBox: ({ value }: vscode.InputBoxOptions = {}) => Promise.resolve(value),
    },
    work,
  );
  return [result, said];
}

/** Has the user cancel the first thing that shows progress while `work` runs, as soon as it says how far it is. */
export function cancelling<T>(work: () => Thenable<T>): Promise<T> {
  const source = new vscode.CancellationTokenSource();
  const withProgress = (_: unknown, task: (progress: object, token: object) => Thenable<unknown>) =>
    task({ report: () => source.cancel() }, source.token);
  return replacing({ withProgress }, work).finally(() => source.dispose());
}

async function replacing<T>(others: Readonly<Record<string, unknown>>, work: () => Thenable<T>): Promise<T> {
  const window = vscode.window as unknown as Record<string, unknown>;
  const before = Object.keys(others).map((name) => [name, window[name]] as const);
  Object.assign(window, others);
  try {
    return await work();
  } finally {
    Object.assign(window, Object.fromEntries(before));
  }
}
