// @ts-check
/** `npm run faults`: programs that are killed at a thousand random moments; `HEADROOM_FAULTS` sets another number. */
process.env.HEADROOM_FAULTS ??= "1000";
process.env.HEADROOM_FILE_SECONDS ??= "3600";
process.argv.push("--unit", "--only", "faults/");
await import("../run.mjs");
