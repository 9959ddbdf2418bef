import type {
  DocumentChange,
  DocumentPath,
  InsertRow,
  JsonValue,
} from "../../../src/protocol/mixProtocol.js";
import type { Channel, Insert } from "../mixer/channel.js";
import { insertName } from "../mixer/insertNames.js";
import type { MixModel } from "../mixModel.js";

/** The insert of a panel, as it is now: its place and its content change while the panel is open. */
export interface InsertScope {
  readonly model: MixModel;
  readonly row: InsertRow;
  readonly channel: Channel;
  readonly insert: Insert;
  readonly path: DocumentPath;
}

/** "Compressor of Kick". */
export const scopeName = ({ insert, channel }: InsertScope): string =>
  `${insertName(insert)} of ${channel.name}`;

/** Changes of values within the insert: one step for undo, heard at once. */
export function changeInsert(
  { model, path }: InsertScope,
  label: string,
  values: readonly (readonly [key: DocumentPath, value: JsonValue])[],
): void {
  if (values.length === 0 || !model.canEdit) return;
  const changes = values.map(([key, value]): DocumentChange => ({
    type: "set",
    path: [...path, ...key],
    value,
  }));
  for (const change of changes) if (change.type === "set") model.preview(change.path, change.value);
  void model.commit(label, changes);
}
