// Builds, serves, measures, prints. See README.md.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "playwright-core";
import { stores } from "./stores.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const data = join(root, "../shared/data/stores-worldwide.csv");
const out = join(root, "target/bench-search");

const QUERIES = [
  "90210", "são paulo", "dusseldorf", "amsterdm", "san fransisco", "sw1a", "w 42nd st", "berlin alexanderplatz",
  "toronto union station", "new york times square", "paris gare du nord", "münchen hbf", "北京西大望路", "서울", "istanbul taksim",
  "los angles airport", "philadephia", "m5j 1e5", "kings cross london", "rio de janero",
];

if (!existsSync(data)) {
  console.log("skipped: ../shared/data/stores-worldwide.csv is not there");
  process.exit(0);
}

const run = (program, ...args) => execFileSync(program, args, { cwd: root, stdio: ["ignore", 2, 2] });
mkdirSync(out, { recursive: true });
run("cargo", "run", "--quiet", "--release", "-p", "devanture-search", "--features", "encode", "--example", "measure", "--", join(out, "index.bin"));
run("cargo", "build", "--quiet", "-p", "devanture-bench-search", "--target", "wasm32-unknown-unknown", "--profile", "wasm");
run("wasm-bindgen", "--target", "web", "--remove-name-section", "--remove-producers-section", "--out-dir", join(out, "pkg"),
  join(root, "target/wasm32-unknown-unknown/wasm/devanture_bench_search.wasm"));

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
const modules = join(here, "node_modules");
const quality = readFileSync(join(root, "crates/search/tests/quality.tsv"), "utf8").split("\n")
  .filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t"));
const files = {
  "/": join(here, "page.html"),
  "/page.mjs": join(here, "page.mjs"),
  "/minisearch.mjs": join(modules, "minisearch/dist/es/index.js"),
  "/fuse.mjs": join(modules, "fuse.js/dist/fuse.mjs"),
  "/index.bin": join(out, "index.bin"),
  "/pkg/devanture_bench_search.js": join(out, "pkg/devanture_bench_search.js"),
  "/pkg/devanture_bench_search_bg.wasm": join(out, "pkg/devanture_bench_search_bg.wasm"),
};
const made = { "/stores.json": JSON.stringify(stores(data)), "/queries.json": JSON.stringify({ queries: QUERIES, quality }) };
const types = { ".html": "text/html", ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

const server = createServer((request, response) => {
  const path = request.url.split("?")[0];
  const body = made[path] ?? (files[path] && readFileSync(files[path]));
  response.writeHead(body ? 200 : 404, {
    "content-type": types[extname(files[path] ?? path)] ?? "application/octet-stream",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  response.end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const executablePath = process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let failed = false;
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(String(error)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const figures = await page.evaluate(() => window.figures);
  await page.close();
  // Nothing compiled, nothing cached: a context is a process of its own.
  const starts = [];
  for (let i = 0; i < 5; i++) {
    const context = await browser.newContext();
    const fresh = await context.newPage();
    await fresh.goto(`http://127.0.0.1:${server.address().port}/?start`);
    starts.push(await fresh.evaluate(() => window.figures));
    await context.close();
  }
  report(figures, starts);
} finally {
  await browser.close();
  server.close();
}
process.exit(failed ? 1 : 0);

function report(figures, starts) {
  const median = (name) => starts.map((start) => start[name]).sort((a, b) => a - b)[2];
  const round = (value) => Number(value.toPrecision(4));
  const print = (name, value, unit, { against, target, most = true } = {}) => {
    const ratio = against === undefined ? null : round(value / against);
    const limit = target ?? against;
    const ok = limit === undefined ? null : most ? value <= limit : value >= limit;
    failed ||= ok === false;
    console.log(JSON.stringify({ name, value: round(value), unit, ratio, against: against === undefined ? null : round(against), target: limit === undefined ? null : round(limit), ok }));
  };
  const index = readFileSync(files["/index.bin"]);
  const { search, miniSearch, nearest, quality: right } = figures;
  print("search keystroke, median (against MiniSearch)", search[0], "ms", { against: miniSearch[0] });
  print("search keystroke, p95 (against MiniSearch)", search[1], "ms", { against: miniSearch[1] });
  print("search keystroke, slowest (against MiniSearch)", search[2], "ms", { against: miniSearch[2] });
  print("index ready after its bytes, fresh page, median of 5 (against MiniSearch building)", median("ready"), "ms", { against: figures.miniReady, target: 50 });
  print("index ready after its bytes, again", figures.readyAgain, "ms", { target: 50 });
  print("index, brotli 11 (against MiniSearch)", brotli(index), "bytes", { against: brotli(Buffer.from(figures.miniJson)) });
  print("index per store, brotli 11", brotli(index) / figures.stores, "bytes", { target: 24 });
  print("first search of a fresh page, median of 5", median("search"), "ms");
  print("first postcode of a fresh page, median of 5", median("postcode"), "ms");
  print("first nearest 20 of a fresh page, which builds its tree, median of 5", median("nearest"), "ms");
  print("nearest 20, median", nearest[0], "ms", { target: 0.5 });
  print("nearest 20, p95", nearest[1], "ms", { target: 0.5 });
  print("nearest 20, exact of 1000 points", figures.exact, "points", { target: 1000, most: false });
  print("quality, expected town first", right.ours, "queries", { target: right.of, most: false });
  print("quality, MiniSearch", right.mini, "queries");
  print("quality, Fuse.js", right.fuse, "queries");
  print("wasm with bindings, brotli 11", brotli(readFileSync(files["/pkg/devanture_bench_search_bg.wasm"])), "bytes");
  console.error(`${figures.keystrokes} keystrokes; missed by MiniSearch: ${figures.missed.mini.join(", ")}; by Fuse.js: ${figures.missed.fuse.join(", ")}; by ours: ${figures.missed.ours.join(", ")}`);
}
