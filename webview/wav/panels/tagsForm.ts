import type { AudioTags } from "../../../src/protocol/wavProtocol.js";
import { element } from "../../shared/element.js";
import { textField, type Field } from "../../shared/fields.js";
import { button } from "../../shared/toolkit.js";
import type { WavModel } from "../wavModel.js";
import type { WavPart } from "../wavPart.js";

/** INFO entries that can be added, beside those that the file has; names after the RIFF specification. */
const INFO: readonly [id: string, name: string][] = [
  ["INAM", "Title"],
  ["IART", "Artist"],
  ["IPRD", "Album"],
  ["ITRK", "Track"],
  ["ICRD", "Date"],
  ["IGNR", "Genre"],
  ["ICMT", "Comment"],
  ["ICOP", "Copyright"],
  ["ISFT", "Software"],
];

type Bext = NonNullable<AudioTags["bext"]>;

/** Fields of `bext` with their room in characters (EBU Tech 3285). */
const BEXT: readonly [key: keyof Bext, name: string, most: number][] = [
  ["description", "Description", 256],
  ["originator", "Originator", 32],
  ["originatorReference", "Reference", 32],
  ["originationDate", "Date (yyyy-mm-dd)", 10],
  ["originationTime", "Time (hh:mm:ss)", 8],
  ["codingHistory", "Coding history", 4096],
];

const EMPTY_BEXT: Bext = {
  ...{ description: "", originator: "", originatorReference: "" },
  ...{ originationDate: "", originationTime: "", codingHistory: "" },
};

/** Texts of the file; each change is an edit of its own. */
export function tagsForm(model: WavModel): WavPart {
  const info = element("div", {});
  const bext = element("div", {});
  const addBext = button({
    label: "Add broadcast extension (bext)",
    onPress: () => change({ bext: EMPTY_BEXT }),
  });
  const infoFields = new Map<string, Field<string>>();
  const bextFields = new Map<keyof Bext, Field<string>>();
  const change = (tags: Partial<AudioTags>): void => {
    if (model.canEdit) void model.edit({ type: "tags", tags: { ...model.audio.tags, ...tags } });
  };
  const setInfo = (id: string, value: string): void => {
    const entries = Object.entries(model.audio.tags.info).filter(([each]) => each !== id);
    change({ info: Object.fromEntries(value === "" ? entries : [...entries, [id, value]]) });
  };
  const addInfo = (id: string, label: string): void => {
    const field = textField({ label, value: "", most: 4096, onChange: (value) => setInfo(id, value) });
    infoFields.set(id, field);
    info.append(field.element);
  };
  INFO.forEach(([id, name]) => addInfo(id, name));
  for (const [key, label, most] of BEXT) {
    const isLong = most > 100;
    const onChange = (value: string): void =>
      change({ bext: { ...(model.audio.tags.bext ?? EMPTY_BEXT), [key]: value } });
    const field = textField({ ...{ label, value: "", most, isLong, onChange } });
    bextFields.set(key, field);
    bext.append(field.element);
  }
  return {
    element: element("div", {}, info, addBext, element("h3", {}, "Broadcast extension"), bext),
    show() {
      const { tags } = model.audio;
      for (const id of Object.keys(tags.info)) if (!infoFields.has(id)) addInfo(id, id);
      for (const [id, field] of infoFields) {
        field.write(tags.info[id] ?? "");
        field.control.toggleAttribute("disabled", !model.canEdit);
      }
      const title = bext.previousElementSibling;
      bext.hidden = tags.bext === null;
      if (title instanceof HTMLElement) title.hidden = bext.hidden;
      addBext.hidden = tags.bext !== null || !model.canEdit;
      for (const [key, field] of bextFields) {
        field.write(tags.bext?.[key] ?? "");
        field.control.toggleAttribute("disabled", !model.canEdit);
      }
    },
  };
}
