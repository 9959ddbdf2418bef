// @ts-check
/** Lint rules; a dot-file, hence `--config .eslint.config.mjs` in every call. */
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import { floors } from "./.ci/floors.mjs";

/** Functions of node:test return a promise that the runner itself awaits. */
const NODE_TEST = { from: "package", name: ["it", "test", "describe", "suite"], package: "node:test" };

const NO_DEFAULT_EXPORT = { selector: "ExportDefaultDeclaration", message: "Export it by name." };
/** A `!` is for elements of lists that have just been bounded or looked up. */
const NO_ASSERTED_PROPERTY = {
  selector: "TSNonNullExpression > MemberExpression[computed=false]",
  message: "A property that may be missing is checked, not asserted.",
};

export default defineConfig(
  // The kernels are AssemblyScript: typescript-eslint cannot resolve their built-in functions.
  globalIgnores(["dist/", "src/dsp/", "**/*.d.ts", ".vscode-test/"]),
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": ["error", { allowForKnownSafeCalls: [NODE_TEST] }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      // An abort signal's reason is unknown and handed on as it is.
      "@typescript-eslint/prefer-promise-reject-errors": ["error", { allowThrowingUnknown: true }],
      "no-restricted-syntax": ["error", NO_DEFAULT_EXPORT, NO_ASSERTED_PROPERTY],
      "no-console": "error",
    },
  },
  {
    files: ["**/*.mjs"],
    extends: [tseslint.configs.base],
    rules: { "no-unused-vars": "error", "no-var": "error", "prefer-const": "error" },
  },
  {
    files: ["**/*.ts", "**/*.mjs"],
    plugins: { headroom: { rules: { floors } } },
    rules: { "headroom/floors": "error", eqeqeq: ["error", "always", { null: "ignore" }] },
  },
  { files: ["src/cli/**", "test/**", "examples/**"], rules: { "no-console": "off" } },
  { files: ["test/**/*.ts"], rules: { "no-restricted-syntax": ["error", NO_DEFAULT_EXPORT] } },
);
