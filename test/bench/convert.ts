/** Sample rate conversion alone, file to file, as the bench compares it: `convert INPUT OUTPUT RATE`. */
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { WavWriter } from "../../src/audio/wavWriter.js";
import { Dsp } from "../../src/engine/dsp.js";
import { FileSong } from "../../src/engine/fileSong.js";
import { PcmEncoder } from "../../src/engine/pcmEncoder.js";
import { Resampler } from "../../src/engine/resampler.js";
import { Song } from "../../src/engine/song.js";

const [input, output, rate] = process.argv.slice(2) as [string, string, string];
const sampleRate = Number(rate);
const dsp = new Dsp();
const song = new Song(dsp, new FileSong(dsp, openAudioFile(input)));
const resampler = new Resampler(dsp, song.sampleRate, sampleRate);
const encoder = new PcmEncoder(dsp, "s24", "none", sampleRate, resampler.maxOutput);
const writer = WavWriter.create(output, { sampleRate, channels: 2, layout: "s24" });
for (let block = song.next(); block; block = song.next())
  writer.write(encoder.encode(resampler.process(block)));
writer.write(encoder.encode(resampler.finish()));
writer.finish();
