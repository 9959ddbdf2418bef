/** Names of delivered files from what is known of the song: `{number} {title}`. */

export const FILE_NAME_FIELDS = ["number", "title", "artist", "album", "year", "isrc", "format"] as const;
export type FileNameField = (typeof FILE_NAME_FIELDS)[number];

const FIELD = /\{([^{}]*)\}/g;

/** @returns the fields of `template` that do not exist, as they are written */
export function unknownFields(template: string): string[] {
  return [...template.matchAll(FIELD)]
    .map(([, name]) => name!)
    .filter((name) => !FILE_NAME_FIELDS.some((field) => field === name));
}

/** @returns the template with its fields filled in, as a file name that every system takes */
export function expandFileName(template: string, values: Readonly<Record<FileNameField, string>>): string {
  const filled = template.replace(FIELD, (written, name: string) =>
    name in values ? values[name as FileNameField] : written,
  );
  return safeFileName(filled);
}

/** A text as a file name that every system takes: no separators, no control characters, no dots or blanks at the ends. */
export function safeFileName(text: string): string {
  const safe = text
    .normalize("NFC")
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, "-")
    .slice(0, 120)
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return safe === "" ? "Untitled" : safe;
}
