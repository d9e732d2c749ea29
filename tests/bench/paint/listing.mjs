// A listing of 500 cards with the size memory: how long its tasks keep the main thread. The API is played here, so that nothing but the
// page is measured.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";
import { tasks } from "./trace.mjs";

const { DEVANTURE_ASSETS: assets } = process.env;
if (!assets) throw new Error("DEVANTURE_ASSETS says where the widgets are: use `cargo xtask bench listing`");

const CARDS = 500;
const RUNS = 7;
const TARGETS = { task: 16, requests: 1 };
const SIZES = ["34", "36", "38", "40", "42", "44", "46"];
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

const card = (at) => `<li data-product-card data-product-id="P-${at}"><a href="/p/${at}"><img alt="" width="200" height="260"><h3>Dress ${at}</h3><p>€89.00</p></a></li>`;
const cards = (from) => Array.from({ length: CARDS }, (_, at) => card(from + at)).join("");
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Listing</title>
<style>devanture-size-memory { display: block; height: 48px } ul { display: grid; grid-template-columns: repeat(4, 1fr) }</style>
<script src="/devanture.js" data-site-key="pk_bench" async></script>
<devanture-size-memory consent="granted"></devanture-size-memory><ul>${cards(0)}</ul></html>`;

let asked = 0;
const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname === "/") return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
  if (url.pathname === "/v1/sizes") {
    asked++;
    const keys = url.searchParams.get("products").split(",");
    const items = keys.map((key, at) => ({ key, brand: "Lormelle", category: "women > dress", sizes: SIZES, gone: at % 2 ? ["40"] : ["36", "46"] }));
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ items, locale: "fr" }));
  }
  try {
    const body = readFileSync(path.join(assets, path.normalize(url.pathname)));
    response.writeHead(200, { "content-type": TYPES[path.extname(url.pathname)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}/`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim(),
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let missed = false;
try {
  const runs = [];
  // The first run starts processes and is not counted.
  for (let run = 0; run <= RUNS; run++) {
    const result = await load();
    if (run) runs.push(result);
  }
  const middle = (values) => values.sort((a, b) => a - b)[RUNS >> 1];
  report("longest task from the first look at 500 cards to their marks, median of 7", middle(runs.map((run) => run.first)), "ms", TARGETS.task);
  report("longest task of 500 more cards, median of 7", middle(runs.map((run) => run.more)), "ms", TARGETS.task);
  report("main thread for the first 500 cards in all, median of 7", middle(runs.map((run) => run.all)), "ms");
  report("requests for 500 cards, most of 7", Math.max(...runs.map((run) => run.requests)), "requests", TARGETS.requests);
} finally {
  await browser.close();
  server.close();
}
process.exit(missed ? 1 : 0);

async function load() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    localStorage.setItem("devanture:sizes:pk_bench", "1\nP\t\ns\ttops\t\t40");
    const fetch = window.fetch;
    window.fetch = (...all) => {
      if (String(all[0]).includes("/v1/sizes")) performance.mark("asked");
      return fetch(...all);
    };
    // Without a look at the page, which would be measured too.
    window.marked = (count) =>
      new Promise((done) => {
        const look = () => {
          if (document.getElementsByClassName("devanture-size-mark").length < count) return setTimeout(look, 30);
          performance.mark("marked");
          done();
        };
        look();
      });
  });
  asked = 0;
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "blink.user_timing"] });
  await page.goto(url, { waitUntil: "commit" });
  await page.evaluate((count) => window.marked(count), CARDS / 2);
  const requests = asked;
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  const first = tasks(await browser.stopTracing(), "asked", "marked");
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "blink.user_timing"] });
  // The page's own work for its own cards is done before.
  await page.evaluate(async (html) => {
    const list = document.createElement("ul");
    list.innerHTML = html;
    document.body.append(list);
    list.getBoundingClientRect();
    await new Promise((done) => setTimeout(done, 0));
  }, cards(CARDS));
  await page.evaluate((count) => window.marked(count), CARDS);
  const more = tasks(await browser.stopTracing(), "asked", "marked");
  await context.close();
  return { first: Math.max(...first), all: first.reduce((sum, task) => sum + task, 0), more: Math.max(...more), requests };
}

function report(name, value, unit, target) {
  const round = Number(value.toPrecision(4));
  const ok = target === undefined ? null : round <= target;
  missed ||= ok === false;
  console.log(JSON.stringify({ name, value: round, unit, ratio: null, against: null, target: target ?? null, ok }));
}
