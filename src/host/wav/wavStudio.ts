import type { Studio } from "../../mastering/studio.js";

/** Lets `work` use the studio. */
export type UseStudio = <T>(work: (studio: Studio) => Promise<T>) => Promise<T>;
