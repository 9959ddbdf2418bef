import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reportHtml } from "../../src/mastering/report/html.js";
import type { AlbumResult, SongOverview, SongResult } from "../../src/mastering/results.js";
import { servicePlayback } from "../../src/mastering/services/playback.js";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { launchBrowser } from "../host/browser.mjs";

const TITLES = ["One <b>&", 'Two "quoted"'];

function overview(level: number): SongOverview {
  const loudness = { integrated: level, momentaryMax: level + 3, shortTermMax: level + 1, lra: 5 };
  const peaks = { truePeak: -1.1, samplePeak: -1.2, plr: -1.1 - level };
  const shortTerm = [null, null, level, level + 2, level - 3, level];
  return {
    source: "a.wav",
    sampleRate: 44100,
    channels: 2,
    duration: 6,
    loudness: { ...loudness, ...peaks },
    shortTerm,
  };
}

const song = (title: string, index: number): SongResult => ({
  ...{
    index,
    title,
    before: overview(-20 + index),
    after: overview(-14),
    notes: [],
    chainGain: 0,
    stages: [],
  },
  ...{
    gain: 6,
    targetLoudness: -14,
    gainReductionP95: -0.5,
    gainReductionMax: -2,
    warnings: ["It is short."],
  },
  quality: {
    before: [{ kind: "click", severity: "warning", time: 2.5, message: "Click: a spike." }],
    after: [],
  },
  files: [`${index}.wav`],
  deliveries: [
    {
      file: `${index}.wav`,
      format: "wav",
      bytes: 1e6,
      sha256: "ab".repeat(32),
      integrated: -14,
      truePeak: -1.1,
    },
  ],
});

const RESULT: AlbumResult = {
  ...{
    title: "Album </title><script>",
    folder: "/x",
    reportPath: "/x/r.md",
    seconds: 1,
    images: [],
    tone: null,
    transitions: [{ from: 0, end: -20, start: -9, jump: 11, silence: 2.5 }],
  },
  before: { integrated: -19.5, spread: 1 },
  after: { integrated: -14, spread: 0 },
  songs: TITLES.map(song),
  services: servicePlayback([{ integrated: -14, truePeak: -1.1 }], -14),
};
const ALBUM = parseAlbum(
  JSON.stringify({
    headroom: 1,
    title: "Album",
    artist: "Somebody",
    songs: TITLES.map((title) => ({ source: "a.wav", title })),
  }),
).value!;

describe("the report as a page", () => {
  it("is the same for the same release, and tells of no machine", () => {
    assert.equal(reportHtml(RESULT, ALBUM), reportHtml({ ...RESULT, seconds: 9, folder: "/y" }, ALBUM));
  });

  it("shows what it is given, and runs and fetches nothing", async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.setContent(reportHtml(RESULT, ALBUM));
      assert.equal(await page.locator("script").count(), 0);
      assert.equal(await page.locator("h1").innerText(), RESULT.title);
      const cells = await page
        .locator("table")
        .first()
        .locator("tbody tr")
        .first()
        .locator("td")
        .allInnerTexts();
      assert.deepEqual(cells.slice(0, 5), ["1", TITLES[0], "0:06", "-20.0", "-1.10"]);
      // Two songs, each with a curve of its source and of its master.
      assert.equal(await page.locator("svg polyline").count(), 4);
      assert.match(await page.locator("body").innerText(), /One <b>&, source, 0:02\.5: Click: a spike\./);
      assert.match(await page.locator("body").innerText(), /→ .*\t-20\.0\t0:02\.5\t-9\.0\t11\.0/);
      // The page itself never scrolls sideways; wide tables do by themselves.
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
      assert.deepEqual(asked, []);
    } finally {
      await browser.close();
    }
  });
});
