/** Changes of the inserts of a channel: each one step for undo. */
import type { InsertRow, JsonValue } from "../../../src/protocol/mixProtocol.js";
import { chosenValues, type ParameterRow, type ParameterValues } from "../../shared/insertChain.js";
import type { MixModel } from "../mixModel.js";
import { levelJson, setValue } from "../mixValue.js";
import { automationMoves, withMovedEntry, withoutEntry } from "./automationMoves.js";
import type { Channel, Insert } from "./channel.js";
import { insertName } from "./insertNames.js";

export const insertsOf = (channel: Channel): readonly Insert[] =>
  channel.kind === "group" ? [] : channel.content.inserts;

/** Values as a person would have written them: without those that go without saying. */
export function valuesJson(
  parameters: readonly ParameterRow[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    parameters.flatMap(({ key, control }): [string, JsonValue][] => {
      const value = values[key];
      if (control.kind === "list") {
        const entries = (value ?? []) as readonly ParameterValues[];
        return [[key, entries.map((entry) => valuesJson(control.items, entry))]];
      }
      if (value === undefined || (control.default !== undefined && value === control.default)) return [];
      return [[key, typeof value === "number" ? levelJson(value) : (value as JsonValue)]];
    }),
  );
}

/** @param chosen type, or with a preset "compressor: Vocal, gentle" */
export async function addInsert(
  model: MixModel,
  channel: Channel,
  row: InsertRow,
  chosen: string,
): Promise<void> {
  // A convolution is nothing without its impulse response.
  const file = row.takesImpulse ? await model.ask("chooseImpulse", null).catch(() => null) : undefined;
  if (file === null) return;
  const values = valuesJson(row.parameters, chosenValues(row, chosen));
  const value = { type: row.type, ...(file === undefined ? {} : { file }), ...values };
  await model.commit(`Add ${insertName({ type: row.type as Insert["type"] })} to ${channel.name}`, [
    { type: "insert", path: [...channel.path, "inserts", -1], value },
  ]);
}

export function removeInsert(model: MixModel, channel: Channel, index: number): void {
  const insert = insertsOf(channel)[index];
  if (!insert || channel.kind === "group") return;
  void model.commit(`Remove ${insertName(insert)} of ${channel.name}`, [
    { type: "set", path: [...channel.path, "inserts", index], value: undefined },
    ...automationMoves(channel.path, channel.content.automation, "inserts", withoutEntry(index)),
  ]);
}

export function moveInsert(model: MixModel, channel: Channel, from: number, to: number): void {
  const inserts = insertsOf(channel);
  const insert = inserts[from];
  if (!insert || channel.kind === "group" || to < 0 || to >= inserts.length || to === from) return;
  void model.commit(`Move ${insertName(insert)} of ${channel.name}`, [
    { type: "move", path: [...channel.path, "inserts"], from, to },
    ...automationMoves(channel.path, channel.content.automation, "inserts", withMovedEntry(from, to)),
  ]);
}

export function toggleBypass(model: MixModel, channel: Channel, index: number): void {
  const insert = insertsOf(channel)[index];
  if (!insert) return;
  const label = `${insert.bypass ? "Switch on" : "Bypass"} ${insertName(insert)} of ${channel.name}`;
  setValue(model, label, [...channel.path, "inserts", index, "bypass"], !insert.bypass);
}

/** All inserts of a channel off, or all on. */
export function bypassAll(model: MixModel, channel: Channel): void {
  const inserts = insertsOf(channel);
  const isBypassed = inserts.some((insert) => !insert.bypass);
  const changes = inserts.flatMap((insert, index) =>
    insert.bypass === isBypassed
      ? []
      : [{ type: "set" as const, path: [...channel.path, "inserts", index, "bypass"], value: isBypassed }],
  );
  if (changes.length === 0 || !model.canEdit) return;
  for (const { path, value } of changes) model.preview(path, value);
  void model.commit(`${isBypassed ? "Bypass" : "Switch on"} the inserts of ${channel.name}`, changes);
}
