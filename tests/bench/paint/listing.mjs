// A listing of 500 cards with the size memory: how long its tasks keep the main thread, and how much longer a frame takes with its marks than with
// one line that the page itself writes on its first card. The API is played here, so that nothing but the page is measured.
import { launch, middle, repeated, reporter, serve } from "./stage.mjs";
import { CATEGORIES, longest, tasks } from "./trace.mjs";

const CARDS = 500;
const RUNS = 7;
const TARGETS = { task: 16, frame: 1.5, requests: 1 };
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
  for (const [part, name] of [["first", "500 cards, from the first look at them to their marks"], ["more", "500 more cards"]]) {
    const of = (what) => middle(runs.map((run) => run[part][what]));
    report(`longest script task of ${name}, median of ${RUNS}`, of("script"), "ms", TARGETS.task);
    report(`longest frame of ${name}, median of ${RUNS}`, of("frame"), "ms", TARGETS.frame, { own: of("own"), against: "the frame of a line that the page writes on its first card" });
  }
  report(`main thread for the first 500 cards in all, frames included, median of ${RUNS}`, middle(runs.map((run) => run.first.all)), "ms");
  report(`requests for 500 cards, most of ${RUNS}`, Math.max(...runs.map((run) => run.requests)), "requests", TARGETS.requests);
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
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.goto(server.url, { waitUntil: "commit" });
  await page.evaluate((count) => window.marked(count), CARDS / 2);
  const requests = asked;
  await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  const first = { ...parts(await browser.stopTracing()), own: await own(page) };
  await browser.startTracing(page, { categories: CATEGORIES });
  // The page's own work for its own cards is done before.
  await page.evaluate(async (html) => {
    const list = document.createElement("ul");
    list.innerHTML = html;
    document.body.append(list);
    list.getBoundingClientRect();
    await new Promise((done) => setTimeout(done, 0));
  }, cards(CARDS));
  await page.evaluate((count) => window.marked(count), CARDS);
  const more = { ...parts(await browser.stopTracing()), own: await own(page) };
  await context.close();
  return { first, more, requests };
}

/** What scripts and frames took, from the request to the last mark. */
function parts(trace) {
  const all = tasks(trace, "asked", "marked");
  const [script, frame] = [false, true].map((paints) => longest(all.filter((task) => task.paints === paints)));
  return { script, frame, all: all.reduce((sum, task) => sum + task.ms, 0) };
}

/** The frame in which a line of the page's own appears on its first card. */
async function own(page) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.evaluate(async () => {
    performance.mark("asked");
    const line = document.createElement("p");
    line.textContent = "New";
    document.querySelector("li").append(line);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
    performance.mark("marked");
  });
  return parts(await browser.stopTracing()).frame;
}
