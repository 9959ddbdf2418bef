// @ts-check
/** `npm run fuzz`: a million cases, from a seed that is printed; `HEADROOM_FUZZ_SEED` and `_CASES` set others. */
process.env.HEADROOM_FUZZ_CASES ??= "1000000";
process.env.HEADROOM_FUZZ_SEED ??= String(Math.floor(Math.random() * 1_000_000));
console.log(`seed ${process.env.HEADROOM_FUZZ_SEED}`);
process.argv.push("--unit", "--only", "fuzz/fuzz");
await import("../run.mjs");
