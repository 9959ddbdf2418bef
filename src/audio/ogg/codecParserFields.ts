/**
 * Stands in for the package codec-parser in the bundle, of which @wasm-audio-decoders/ogg-vorbis only needs the names
 * of a page's fields here: pages of Ogg are taken apart in this folder.
 */

export const codecFrames = "codecFrames";
export const data = "data";
export const header = "header";
export const isLastPage = "isLastPage";
export const totalSamples = "totalSamples";
export const vorbisComments = "vorbisComments";
export const vorbisSetup = "vorbisSetup";

/** The package's parser, which is made but not used. */
class UnusedParser {}

export { UnusedParser as default };
