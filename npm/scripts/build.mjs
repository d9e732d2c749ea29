// Builds dist/: devanture.js for a script tag, index.js for bundlers, and the types.
//   node scripts/build.mjs [--build HASH] [--unsplit] [--version X.Y.Z] [--out FOLDER]
// HASH names the folder of WebAssembly files that this loader belongs to; it may also come as
// DEVANTURE_BUILD, so that `npm pack` makes a package for one build. With --unsplit (DEVANTURE_UNSPLIT=1) that
// build is one module, and nothing is preloaded.
import { execFileSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { budget, bundle, compressed, script } from "./loader.mjs";

const here = fileURLToPath(new URL("../", import.meta.url));
const manifest = JSON.parse(await readFile(path.join(here, "package.json"), "utf8"));
const { values } = parseArgs({
  options: {
    build: { type: "string", default: process.env.DEVANTURE_BUILD ?? "dev" },
    unsplit: { type: "boolean", default: process.env.DEVANTURE_UNSPLIT === "1" },
    version: { type: "string", default: manifest.version },
    out: { type: "string", default: path.join(here, "dist") },
  },
});
if (!/^[\w.-]+$/.test(values.build)) throw new Error(`not a build's name: ${values.build}`);

const out = path.resolve(values.out);
const made = { hash: values.build, split: !values.unsplit, version: values.version };

for (const name of ["index.js", "index.js.map", "types"]) {
  await rm(path.join(out, name), { recursive: true, force: true });
}
await bundle("script.ts", made, { ...script, outfile: path.join(out, "devanture.js") });
await bundle("index.ts", made, { format: "esm", sourcemap: true, outfile: path.join(out, "index.js") });
execFileSync(
  process.execPath,
  [fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json"))), "-p", here, "--outDir", path.join(out, "types")],
  { stdio: "inherit" },
);

const loader = await readFile(path.join(out, "devanture.js"));
const size = compressed(loader);
console.log(`devanture.js ${loader.length} bytes, ${size} brotli; build ${values.build}, version ${values.version}`);
if (size > budget) throw new Error(`devanture.js is over its budget of ${budget} bytes`);
