/** The files that the chains of an album name, as absolute paths: the workers do not know where the album lies. */
import { resolve } from "node:path";
import type { AlbumDocument } from "../session/albumDocument.js";
import type { Insert } from "../session/insertTable.js";

/** @param folder of the album document */
export function locateFiles(album: AlbumDocument, folder: string): AlbumDocument {
  const locate = (insert: Insert): Insert =>
    insert.type === "convolution" ? { ...insert, file: resolve(folder, insert.file) } : insert;
  return {
    ...album,
    ...(album.cover !== undefined && { cover: resolve(folder, album.cover) }),
    chain: album.chain.map(locate),
    songs: album.songs.map((song) => ({ ...song, chain: song.chain.map(locate) })),
  };
}
