/** esbuild.mjs bundles a program for an AudioWorklet into a string: `import program from "./worklet/main?worklet"`. */
declare module "*?worklet" {
  const program: string;
  export default program;
}
