/** The JSON Schemas that editors complete and validate with, generated from the documents' own schemas. */
import { toJSONSchema } from "zod";
import { albumSchema } from "./albumDocument.js";
import { insertSchema } from "./insertTable.js";
import { mixSchema } from "./mixDocument.js";
import { PRESETS } from "./presets/presets.js";

/** What VS Code offers where an insert may stand: the presets, complete. */
const SNIPPETS = PRESETS.map(({ name, purpose, insert }) => ({
  label: `${insert.type}: ${name}`,
  description: purpose,
  body: insert,
}));

/** @returns draft-07 schemas by the names of their files in dist/schemas */
export function publishedSchemas(): Record<string, object> {
  const publish = (schema: typeof albumSchema | typeof mixSchema, title: string): object => ({
    title,
    // VS Code's own keys: comments and trailing commas are part of the format.
    allowComments: true,
    allowTrailingCommas: true,
    ...toJSONSchema(schema, {
      ...{ target: "draft-7", io: "input", unrepresentable: "any" },
      override: ({ zodSchema, jsonSchema }) => {
        if (zodSchema === insertSchema) Object.assign(jsonSchema, { defaultSnippets: SNIPPETS });
        Object.assign(jsonSchema, descriptions(jsonSchema.description));
      },
    }),
  });
  return {
    "album.schema.json": publish(albumSchema, "Headroom album"),
    "mix.schema.json": publish(mixSchema, "Headroom mix session"),
  };
}

/** VS Code shows `description` as it stands, and Markdown only under a key of its own. */
function descriptions(text = ""): { description?: string; markdownDescription?: string } {
  return text.includes("`") ? { description: text.replaceAll("`", ""), markdownDescription: text } : {};
}
