import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkAlbumRequest } from "../../src/protocol/albumProtocol.js";

describe("checkAlbumRequest", () => {
  const valid: [name: string, params: unknown][] = [
    ["open", null],
    ["act", "master"],
    ["act", "cancel"],
    ["openSource", 0],
    ["goTo", { line: 3, character: 0 }],
  ];
  for (const [name, params] of valid) {
    it(`takes ${name} with ${JSON.stringify(params)}`, () => {
      assert.deepEqual(checkAlbumRequest(name, params), params);
    });
  }
  const invalid: [name: string, params: unknown][] = [
    ["open", "file"],
    ["act", "delete"],
    ["act", ["master"]],
    ["openSource", -1],
    ["openSource", 1.5],
    ["openSource", "0"],
    ["openSource", 1e12],
    ["goTo", null],
    ["goTo", { line: 3 }],
    ["goTo", { line: Number.NaN, character: 0 }],
    ["toString", null],
  ];
  for (const [name, params] of invalid) {
    it(`refuses ${name} with ${JSON.stringify(params)}`, () => {
      assert.throws(() => checkAlbumRequest(name, params), TypeError);
    });
  }
});
