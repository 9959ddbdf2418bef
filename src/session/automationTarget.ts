/** What an automation path such as `inserts/0/bands/1/gain` names. */
import * as z from "zod";
import { canMove, controlOf, type Control, type MovingControl } from "./parameter.js";
import { nearestWord } from "./nearestWord.js";
import { childSchema, namedSchema } from "./knownKeys.js";

/**
 * @param schema of what has the automation: a channel, a group or the master
 * @param owner its document
 * @param path keys and indexes, counted from 0, with `/` between them
 * @returns the control of the parameter that moves, or a sentence that says why there is none
 */
export function automationTarget(schema: z.ZodType, owner: unknown, path: string): MovingControl | string {
  const walked: string[] = [];
  let [at, value]: [z.core.$ZodType | undefined, unknown] = [schema, owner];
  for (const step of path.split("/")) {
    const inside = namedSchema(at, value);
    const isList = inside instanceof z.ZodArray;
    if (!isList && !(inside instanceof z.ZodObject)) return beyond(path, walked);
    const objection = isList ? objectionToIndex(step, value, walked) : objectionToKey(step, inside, walked);
    if (objection !== undefined) return objection;
    at = childSchema(inside, isList ? Number(step) : step);
    value = (value as Record<string, unknown> | undefined)?.[step];
    walked.push(step);
  }
  const control = at && controlOf(at);
  return control && canMove(control) ? control : describeFixed(path, control);
}

function objectionToIndex(step: string, value: unknown, walked: readonly string[]): string | undefined {
  const count = Array.isArray(value) ? value.length : 0;
  const list = walked.join("/");
  if (count === 0) return `\`${list}\` is empty here; there is nothing to automate in it.`;
  if (/^(0|[1-9]\d*)$/.test(step) && Number(step) < count) return undefined;
  const range = count === 1 ? "the only one is 0" : `they go from 0 to ${count - 1}`;
  return `There is no \`${[...walked, step].join("/")}\`. Entries of \`${list}\` are counted from 0; ${range}.`;
}

function objectionToKey(step: string, schema: z.ZodObject, walked: readonly string[]): string | undefined {
  if (Object.hasOwn(schema.shape, step)) return undefined;
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const keys = Object.entries(shape).flatMap(([key, each]) => (leadsOn(each) ? [key] : []));
  const shown = (key: string): string => `\`${[...walked, key].join("/")}\``;
  const meant = nearestWord(step, keys);
  const hint =
    meant === undefined ? `Use one of ${keys.map(shown).join(", ")}.` : `Did you mean ${shown(meant)}?`;
  return `There is no parameter ${shown(step)}. ${hint}`;
}

/** Whether something that moves is at or below a key. */
function leadsOn(schema: z.core.$ZodType): boolean {
  const control = controlOf(schema);
  if (control) return canMove(control) || control.kind === "list";
  const inside = namedSchema(schema, undefined);
  return (
    inside instanceof z.ZodArray &&
    (inside.element instanceof z.ZodObject || inside.element instanceof z.ZodDiscriminatedUnion)
  );
}

const beyond = (path: string, walked: readonly string[]): string =>
  `There is no \`${path}\`: \`${walked.join("/")}\` has nothing below it.`;

function describeFixed(path: string, control: Control | undefined): string {
  switch (control?.kind) {
    case "number":
    case "level":
      return `\`${path}\` cannot be automated: it stays as it is while the session plays.`;
    case "choice":
      return `\`${path}\` cannot be automated: it is a choice. Only numbers and levels are.`;
    case "switch":
      return `\`${path}\` cannot be automated: it is a switch. Automate a level instead, with "hold" as the shape.`;
    default:
      return `\`${path}\` cannot be automated: it is not a number or a level.`;
  }
}
