// From telling a change of stock to its being painted in the widget of a shopper who comes to the page then. See README.md.
import { createServer } from "node:http";
import { launch, reporter } from "./stage.mjs";

const { DEVANTURE_API: api, DEVANTURE_SHOP_KEY: key, DEVANTURE_FEEDS_KEY: secret, SKU: sku, STORE: store, PAGE_PORT = "0" } = process.env;
if (!api || !key || !secret || !sku || !store) throw new Error("what is measured is made by `cargo xtask bench feed`");

const ROUNDS = 40;
const TARGET_MS = 2000;
/** A state that is not there by then does not come. */
const PATIENCE = 20_000;

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<title>A product</title><script src="${api}/devanture.js" data-site-key="${key}" async></script></head>
<body><h1>A product</h1><devanture-stock-locator sku="${sku}" limit="1"></devanture-stock-locator></body></html>`;
const server = createServer((_, response) => response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html));
await new Promise((done) => server.listen(Number(PAGE_PORT), "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}/?store_code=${encodeURIComponent(store)}`;

const browser = await launch();
const { report, missed } = reporter();
try {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: "en-GB" });
  const waits = [];
  // The first round fills the browser's cache, as an earlier product of the same shop has, and is not counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const wait = await once(page, round);
    if (round) waits.push(wait);
  }
  waits.sort((a, b) => a - b);
  const percentile = (percent) => waits[Math.min(Math.floor((waits.length * percent) / 100), waits.length - 1)];
  report(`delta to painted in the widget, page loaded after it, 50th percentile of ${ROUNDS}`, percentile(50), "ms");
  report(`delta to painted in the widget, page loaded after it, 99th percentile of ${ROUNDS}`, percentile(99), "ms", TARGET_MS);
} finally {
  await browser.close();
  server.close();
}
process.exit(missed() ? 1 : 0);

/** Tells a count, by turns of none and of many, and has a shopper come who waits for what it makes of the store. */
async function once(page, round) {
  const there = round % 2 === 1;
  const item = { sequence: round + 1, sku, location: store, counted: there ? 900 : 0, at: Date.now() };
  const began = performance.now();
  const told = await fetch(`${api}/admin/v1/stock/moves`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ source: "visible", items: [item] }),
  });
  const answer = await told.json();
  if (answer.items?.[0]?.result !== "applied") throw new Error(`a delta was not applied: ${JSON.stringify(answer)}`);
  await page.goto(url, { waitUntil: "commit" });
  const state = await page.evaluate(painted, PATIENCE);
  if (/in stock/i.test(state) !== there) throw new Error(`${item.counted} pieces are shown as ${state}`);
  return performance.now() - began;
}

/** In the page: what the store's card says, once a frame with it has been painted. */
function painted(patience) {
  return new Promise((done) => {
    const began = performance.now();
    const look = () => {
      const state = document.querySelector("devanture-stock-locator")?.shadowRoot?.querySelector(".card [part=state]")?.textContent;
      if (state) return requestAnimationFrame(() => done(state));
      if (performance.now() - began > patience) return done("nothing");
      requestAnimationFrame(look);
    };
    look();
  });
}
