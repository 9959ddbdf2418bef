/**
 * The arena. Everything is allocated while a graph is set up and lives as long as the
 * WASM instance; nothing is allocated while audio is processed, nothing is ever freed.
 */

/** @returns address of `bytes` zeroed bytes, 16-byte aligned */
export function allocate(bytes: i32): usize {
  return heap.alloc(<usize>bytes);
}
