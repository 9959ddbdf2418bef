/** Style sheets that esbuild puts into the program's own (dist/webview/*.css). */
declare module "*.css";
