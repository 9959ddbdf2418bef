/** Layouts of a PCM sample: their numbers are their places in SAMPLE_LAYOUTS of src/audio/audioFile.ts. */
export const enum Layout {
  U8 = 0,
  S16 = 1,
  S24 = 2,
  S32 = 3,
  F32 = 4,
  F64 = 5,
}
