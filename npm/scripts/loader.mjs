// How esbuild makes the loader of src/: the same for the build and for the test of its size.
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

/** What devanture.js may weigh, in bytes after brotli; `size-budget.json` says so too. */
export const budget = 3 * 1024;

export const compressed = (contents) => brotliCompressSync(contents).length;

/**
 * Builds one entry of src/, `script.ts` or `index.ts`, with esbuild's `options` besides. `hash` names the WebAssembly build; `split` is
 * whether it has a file per widget.
 */
export function bundle(entry, { hash, split = true, version }, options) {
  return build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}`, import.meta.url))],
    bundle: true,
    target: "es2022",
    define: {
      __BUILD__: JSON.stringify(hash),
      __SCRIPT__: String(entry === "script.ts"),
      __SPLIT__: String(split),
      __VERSION__: JSON.stringify(version),
    },
    logLevel: "warning",
    ...options,
  });
}

/** How `devanture.js` is written. */
export const script = { format: "iife", minify: true };
