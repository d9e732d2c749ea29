// A listing of 500 cards with the size memory: how long its tasks keep the main thread. The API is played here, so that nothing but the
// page is measured.
import { launch, middle, repeated, reporter, serve } from "./stage.mjs";
import { tasks } from "./trace.mjs";

const CARDS = 500;
const RUNS = 7;
const TARGETS = { task: 16, requests: 1 };
const SIZES = ["34", "36", "38", "40", "42", "44", "46"];

const card = (at) => `<li data-product-card data-product-id="P-${at}"><a href="/p/${at}"><img alt="" width="200" height="260"><h3>Dress ${at}</h3><p>€89.00</p></a></li>`;
const cards = (from) => Array.from({ length: CARDS }, (_, at) => card(from + at)).join("");
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Listing</title>
<style>devanture-size-memory { display: block; height: 48px } ul { display: grid; grid-template-columns: repeat(4, 1fr) }</style>
<script src="/devanture.js" data-site-key="pk_bench" async></script>
<devanture-size-memory consent="granted"></devanture-size-memory><ul>${cards(0)}</ul></html>`;

let asked = 0;
const server = await serve(html, (url) => {
  if (url.pathname !== "/v1/sizes") return undefined;
  asked++;
  const keys = url.searchParams.get("products").split(",");
  const items = keys.map((key, at) => ({ key, brand: "Lormelle", category: "women > dress", sizes: SIZES, gone: at % 2 ? ["40"] : ["36", "46"] }));
  return { items, locale: "fr" };
});
const browser = await launch();
const { report, missed } = reporter();
try {
  const runs = await repeated(RUNS, load);
  report("longest task from the first look at 500 cards to their marks, median of 7", middle(runs.map((run) => run.first)), "ms", TARGETS.task);
  report("longest task of 500 more cards, median of 7", middle(runs.map((run) => run.more)), "ms", TARGETS.task);
  report("main thread for the first 500 cards in all, median of 7", middle(runs.map((run) => run.all)), "ms");
  report("requests for 500 cards, most of 7", Math.max(...runs.map((run) => run.requests)), "requests", TARGETS.requests);
} finally {
  await browser.close();
  server.close();
}
process.exit(missed() ? 1 : 0);

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
  await page.goto(server.url, { waitUntil: "commit" });
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
