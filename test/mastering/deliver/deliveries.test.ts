import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { safeFileName as fileName } from "../../../src/session/fileNameTemplate.js";

describe("fileName", () => {
  it("keeps an ordinary title", () => {
    assert.equal(fileName("Señorita, pt. 2 (live)"), "Señorita, pt. 2 (live)");
  });

  it("never leaves the folder, whatever the title", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (title) => {
        const name = fileName(title);
        assert.doesNotMatch(name, /[/\\:*?"<>|\u0000-\u001f]/);
        assert.ok(name.length > 0 && name.length <= 120);
        assert.ok(!name.startsWith(".") && !name.endsWith("."));
      }),
    );
  });

  it("names what would have no name", () => {
    for (const title of ["", "..", " . "]) assert.equal(fileName(title), "Untitled");
  });
});
