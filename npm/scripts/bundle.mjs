// Bundles the scripts of a WebAssembly build: what wasm-bindgen and the splitter wrote (`core`), and
// the map (`map`). `cargo xtask wasm` calls it:
//   node scripts/bundle.mjs core|map --work FOLDER --out FOLDER
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { work: { type: "string" }, out: { type: "string" } },
});
const here = fileURLToPath(new URL("../", import.meta.url));
const [what] = positionals;
const entry = { core: path.join(values.work, "core.js"), map: path.join(here, "../crates/ui/js/map.ts") }[what];
if (!entry) throw new Error(`nothing is called ${what}: core or map`);

// Leaflet looks for SVG and VML, when it loads, by HTML strings that Trusted Types refuse; every browser that runs
// WebAssembly has SVG and none has VML.
const leaflet = {
  name: "leaflet-without-html",
  setup(bundler) {
    bundler.onLoad({ filter: /leaflet-src\.(esm\.)?js$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replace("div.innerHTML = '<svg/>'", "").replace(`div.innerHTML = '<v:shape adj="1"/>'`, "return false"),
      loader: "js",
    }));
  },
};

await build({
  plugins: [leaflet],
  entryPoints: [entry],
  outfile: path.join(values.out, `${what}.js`),
  bundle: true,
  format: "esm",
  minify: true,
  // MooTools puts its own into these places, and what the bindings ask of them would be false of everything.
  banner: { js: what === "core" ? "const Element=Object.getPrototypeOf(HTMLElement),Event=Object.getPrototypeOf(CustomEvent),Window={[Symbol.hasInstance]:w=>w===self};" : "" },
  // What is fetched lies beside the script, as it is named there.
  external: ["*.wasm"],
  target: "es2022",
  nodePaths: [path.join(here, "node_modules")],
  loader: { ".css": "text" },
  // wasm-bindgen names the splitter's script once per split point.
  logOverride: { "duplicate-object-key": "silent" },
  logLevel: "warning",
});

if (what === "map") {
  const world = await readFile(path.join(here, "node_modules/world-atlas/countries-50m.json"), "utf8");
  const land = JSON.parse(world);
  delete land.objects.land;
  for (const country of land.objects.countries.geometries) {
    delete country.properties;
    delete country.id;
  }
  await writeFile(path.join(values.out, "world.json"), JSON.stringify(land));
}
