// Serves a page on one origin with the widget from another, loads it cold on a slow phone and network, and prints
// when the list was painted. See README.md.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { launch, reporter } from "./stage.mjs";
import { CATEGORIES, longestTask } from "./trace.mjs";
import { watch, waterfall } from "./waterfall.mjs";

const { DEVANTURE_API: api, DEVANTURE_SHOP_KEY: key, PAGE_PORT = "0" } = process.env;
if (!api || !key) throw new Error("DEVANTURE_API and DEVANTURE_SHOP_KEY say where the API is: use `cargo xtask bench paint`");

const RUNS = 7;
/** As DevTools calls it, a slow 4G: 1.6 Mbit/s down, 750 kbit/s up, 150 ms for every request. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const CPU = 4;
/** A list that is not there by then does not come. */
const PATIENCE = 20_000;
const TARGETS = { paint: 900, shift: 0, task: 50, thirdParty: 0 };

const html = readFileSync(new URL("page.html", import.meta.url), "utf8").replaceAll("{{api}}", api).replaceAll("{{key}}", key);
const server = createServer((request, response) => {
  response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(request.url === "/" ? html : "");
});
await new Promise((done) => server.listen(Number(PAGE_PORT), "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}/`;

const browser = await launch();
const { report, missed } = reporter();
try {
  const runs = [];
  // The first run starts processes and is not counted.
  for (let run = 0; run <= RUNS; run++) {
    const result = await load({ slow: true });
    if (run) runs.push(result);
  }
  runs.sort((a, b) => a.painted - b.painted);
  const middle = runs[RUNS >> 1];
  const tasks = [];
  for (let run = 0; run < 3; run++) tasks.push((await load({ trace: true })).task);
  tasks.sort((a, b) => a - b);
  const fast = await load({});

  waterfall(middle.requests, middle.painted);
  const at = runs.map((run) => Math.round(run.painted));
  console.log(`list painted after ${at.join(", ")} ms`);
  report("first paint of the list with its data, median of 7", middle.painted, "ms", TARGETS.paint);
  report("first paint of the list, unthrottled", fast.painted, "ms");
  report("cumulative layout shift, worst of 7", Math.max(...runs.map((run) => run.shift)), "", TARGETS.shift);
  report("longest main-thread task unthrottled, median of 3", tasks[1], "ms", TARGETS.task);
  report("requests to a third party", Math.max(...runs.map((run) => run.thirdParty)), "requests", TARGETS.thirdParty);
  report("requests until the list", middle.requests.length, "requests");
  report("bytes until the list, with headers", middle.requests.reduce((sum, request) => sum + request.bytes, 0), "bytes");
} finally {
  await browser.close();
  server.close();
}
process.exit(missed() ? 1 : 0);

/** One cold load: a context of its own has a cache, connections and a code cache of its own. */
async function load({ slow = false, trace = false }) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const requests = await watch(session);
  if (slow) {
    await session.send("Network.emulateNetworkConditions", NETWORK);
    await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  }
  await page.addInitScript(observe);
  if (trace) await browser.startTracing(page, { categories: [...CATEGORIES, "disabled-by-default-devtools.timeline"] });
  await page.goto(url, { waitUntil: "commit" });
  const painted = await page.evaluate((patience) => Promise.race([window.painted, new Promise((done) => setTimeout(done, patience))]), PATIENCE);
  if (painted === undefined) throw new Error(`no list after ${PATIENCE} ms; the page says: ${await page.locator("devanture-store-locator").ariaSnapshot()}`);
  const before = requests().filter((request) => request.start < painted);
  // What shifts afterwards counts as well.
  const shift = await page.evaluate(() => new Promise((done) => setTimeout(() => done(window.shift), 1500)));
  const task = trace ? longestTask(await browser.stopTracing()) : undefined;
  const origins = new Set([new URL(url).origin, new URL(api).origin]);
  const thirdParty = requests().filter((request) => !origins.has(new URL(request.url).origin)).length;
  await context.close();
  return { painted, shift, task, thirdParty, requests: before };
}

/** In the page: when a card with data is in a frame that has been painted, and what has shifted. */
function observe() {
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  window.painted = new Promise((done) => {
    const look = () => {
      const card = document.querySelector("devanture-store-locator")?.shadowRoot?.querySelector(".card:not(.ghost)");
      // Found before this frame is painted: the next one begins after that.
      requestAnimationFrame(card ? () => done(performance.now()) : look);
    };
    requestAnimationFrame(look);
  });
}
