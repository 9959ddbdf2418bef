/** Files to open that are not as they should be. */
import {
  bytesOf,
  concat,
  counting,
  data,
  extensibleFmt,
  fmt,
  u16,
  u32,
  u64,
  wav,
  wave64,
} from "./wavFixtures.js";

const adpcm = (tag: number, extension: Uint8Array) => {
  const format = fmt(tag, 2, 4);
  format.bytes.set(u16(32), 12);
  return { id: "fmt ", bytes: concat(format.bytes, u16(extension.length), extension) };
};
const list = { id: "LIST", bytes: concat(bytesOf("INFOINAM"), u32(3), bytesOf("abc\0")) };
const ds64 = { id: "ds64", bytes: concat(u64(0n), u64(100n), u64(25n), u32(1), bytesOf("LIST"), u64(16n)) };

/** A small whole file of each kind. */
export const WAV_KINDS: Readonly<Record<string, Uint8Array>> = {
  RIFF: wav("RIFF", fmt(1, 2, 16), list, data(counting(100))),
  RIFX: wav("RIFX", fmt(1, 2, 24, true), data(counting(100)), { id: "abcd", bytes: counting(7) }),
  RF64: wav("RF64", ds64, extensibleFmt(3, 2, 32, 32, 3), list, data(counting(100), 0xffffffff)),
  Wave64: wave64(fmt(6, 1, 8), data(counting(99))),
  "IMA ADPCM": wav("RIFF", adpcm(0x11, u16(25)), { id: "fact", bytes: u32(60) }, data(new Uint8Array(100))),
  "MS ADPCM": wav("RIFF", adpcm(2, concat(u16(20), u16(1), u16(256), u16(0))), data(new Uint8Array(100))),
};

const at = (bytes: Uint8Array, place: number, ...values: readonly number[]): Uint8Array => {
  const damaged = bytes.slice();
  damaged.set(values, place);
  return damaged;
};

/** The kinds, each cut short in its samples and damaged in one more way. */
function damagedKinds(): [name: string, bytes: Uint8Array][] {
  return Object.entries(WAV_KINDS).flatMap(([name, whole], number) => {
    const [format, audio] = ["fmt ", "data"].map((id) => Buffer.from(whole).indexOf(id)) as [number, number];
    // Wave64 has longer names and sizes of chunks.
    const isLong = name === "Wave64";
    const more: [name: string, bytes: Uint8Array][] = [
      [`${name} cut in its first chunk.wav`, whole.subarray(0, format + 13)],
      [`${name} cut before its samples.wav`, whole.subarray(0, audio + 8)],
      [`${name} of an unknown codec.wav`, at(whole, format + (isLong ? 24 : 8), 0xaf, 0xfe)],
      [`${name} of chunks too long.wav`, at(whole, format + (isLong ? 16 : 4), 255, 255, 255, 127)],
    ];
    return [[`${name} cut in its samples.wav`, whole.subarray(0, audio + 41)], more[number % more.length]!];
  });
}

const NAN = new Uint8Array(Float32Array.of(0, NaN, Infinity, 0.5, -0.5, NaN, 0, 0).buffer);
const noise = (start: string, bytes = 5000): Uint8Array =>
  concat(
    bytesOf(start),
    Uint8Array.from({ length: bytes }, (_, i) => (i * i * 31 + i * 17) & 255),
  );

/** By name: damaged WAV files, files of other kinds under the names of audio, and audio that is odd. */
export function damagedFiles(): Record<string, Uint8Array> {
  return {
    ...Object.fromEntries(damagedKinds()),
    "empty.wav": new Uint8Array(0),
    "text.wav": bytesOf("This is no audio, it is a text.\n"),
    "zip.wav": noise("PK\x03\x04"),
    "without samples.wav": wav("RIFF", fmt(1, 2, 16)),
    "no frames.wav": wav("RIFF", fmt(1, 2, 16), data(new Uint8Array(0))),
    "no channels.wav": wav("RIFF", fmt(1, 0, 16), data(counting(100))),
    "no rate.wav": wav("RIFF", fmt(1, 2, 16, false, 0), data(counting(100))),
    "no numbers.wav": wav("RIFF", fmt(3, 1, 32), data(NAN)),
    "one sample.wav": wav("RIFF", fmt(1, 1, 16), data(counting(2))),
    "still being written.wav": wav("RIFF", fmt(1, 2, 16), data(counting(4000), 0)),
    "says too much.wav": wav("RIFF", fmt(1, 2, 16), data(counting(4000), 0xfffffff0)),
    "300 channels.wav": wav("RIFF", fmt(1, 300, 16), data(counting(6000))),
    "noise.wav": noise("RIFF\0\0\0\0WAVE"),
    "noise.mp3": noise("\xff\xfb\x90\x00"),
    "noise.flac": noise("fLaC"),
    "noise.ogg": noise("OggS"),
    "noise.opus": noise("OggS\0\x02"),
    "noise.aiff": noise("FORM\0\0\x10\0AIFF"),
    "empty.mp3": new Uint8Array(0),
    "empty.flac": new Uint8Array(0),
    "text.ogg": bytesOf("This is no audio, it is a text.\n"),
  };
}
