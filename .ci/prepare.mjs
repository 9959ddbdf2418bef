// @ts-check
/** Before F5: what is missing is installed and built. */
import { ensureBuild, ensurePackages } from "./setup.mjs";

ensurePackages();
ensureBuild();
