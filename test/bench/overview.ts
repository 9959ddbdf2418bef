/** The overview of an audio file, made anew, as the bench compares it: `overview INPUT OUTPUT`. */
import { rmSync } from "node:fs";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { buildOverviewJob } from "../../src/mastering/overviewJobs.js";

const [path, target] = process.argv.slice(2) as [string, string];
rmSync(target, { force: true });
const file = openAudioFile(path);
const { frames } = file.info;
file.close();
buildOverviewJob({ source: { path, frames }, target });
