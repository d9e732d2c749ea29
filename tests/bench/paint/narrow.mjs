// Filters and sorts a long list of reviews in the page: how long each click or choice keeps the main thread, until the list is drawn from what
// is known and again until the API's answer is. The API is played here.
import { launch, middle, repeated, reporter, serve } from "./stage.mjs";
import { CATEGORIES, longest, tasks } from "./trace.mjs";

const ALL = 20_000;
const PAGE = 20;
/** Pages that the shopper has opened before. */
const OPENED = 10;
const RUNS = 7;
const MOST_MS = 50;

const BODIES = ["Très belle coupe, le tissu tombe bien et ne froisse pas. Je la porte au bureau comme le soir.", "Fits as expected, the colour is a little darker than in the photos.\nStill love it.", "Taille un peu petit, prenez une taille au-dessus."];
const review = (at) => ({
  id: `r${at}`,
  rating: 1 + ((at * 7) % 5),
  title: at % 3 ? "Parfaite" : undefined,
  body: BODIES[at % 3],
  language: at % 3 === 1 ? "en" : "fr",
  fit: ["small", "true", "large"][at % 3],
  size: ["36", "38", "40", "42"][at % 4],
  author: `Zoé ${at}`,
  checked: "purchase",
  experienced_on: "2026-10-02",
  published_at: 1_790_000_000_000 - at * 60_000,
  helpful: (at * 13) % 50,
  unhelpful: at % 7,
  criteria: [{ code: "comfort", points: 1 + (at % 5) }],
});
const REVIEWS = Array.from({ length: ALL }, (_, at) => review(at));
const SUMMARY = {
  count: ALL,
  average_hundredths: 300,
  stars: [4000, 4000, 4000, 4000, 4000],
  fit: { small: 6666, true: 6667, large: 6667 },
  fit_verdict: "true",
  criteria: [{ code: "comfort", name: "Comfort", scale: 5, count: ALL, average_hundredths: 300 }],
  sizes: ["36", "38", "40", "42"].map((value) => ({ value, count: ALL / 4 })),
  languages: [{ value: "fr", count: 13333 }, { value: "en", count: 6667 }],
  with_photos: 0,
  verified: ALL,
  incentivised: 0,
};

/** What the shopper does one after the other: a click on what a selector finds, or a choice. */
const STEPS = [
  { name: "five stars", find: "[part=histogram]" },
  { name: "highest first", find: "#sort", value: "highest" },
  { name: "size 38", find: "#size", value: "38" },
];

const server = await serve(
  `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Reviews</title>
<script src="/devanture.js" data-site-key="pk_bench" async></script><devanture-reviews product="P" loading="eager"></devanture-reviews></html>`,
  (url) => {
    if (url.pathname !== "/v1/reviews") return undefined;
    const { cursor, stars, size, sort = "newest" } = Object.fromEntries(url.searchParams);
    const from = Number(cursor ?? 0);
    const fits = REVIEWS.filter((one) => (!stars || stars.split(",").includes(String(one.rating))) && (!size || one.size === size));
    if (sort === "highest") fits.sort((a, b) => b.rating - a.rating);
    const items = fits.slice(from, from + PAGE);
    return { ...(cursor ? {} : { summary: SUMMARY }), sort, open: false, items, next: String(from + PAGE) };
  },
);
const browser = await launch();
const { report, missed } = reporter();
try {
  const runs = await repeated(RUNS, load);
  for (const [at, { name }] of STEPS.entries()) {
    report(`${name} among ${OPENED * PAGE} reviews that are there, longest task, median of ${RUNS}`, middle(runs.map((run) => run[at])), "ms", MOST_MS);
  }
} finally {
  await browser.close();
  server.close();
}
process.exit(missed() ? 1 : 0);

/** The longest task of each step, in ms. */
async function load() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(server.url, { waitUntil: "commit" });
  await page.locator("devanture-reviews .card:not(.ghost)").first().waitFor();
  for (let opened = 1; opened < OPENED; opened++) {
    await page.locator("devanture-reviews .more").click();
    await page.waitForFunction((count) => document.querySelector("devanture-reviews").shadowRoot.querySelectorAll("ol > li").length === count, (opened + 1) * PAGE);
  }
  const steps = [];
  for (const { find, value } of STEPS) {
    await browser.startTracing(page, { categories: CATEGORIES });
    await page.evaluate(act, { find, value });
    steps.push(longest(tasks(await browser.stopTracing(), "acted", "drawn")));
  }
  await context.close();
  return steps;
}

/** Does it, and waits until the list is that of the answer. */
async function act({ find, value }) {
  const root = document.querySelector("devanture-reviews").shadowRoot;
  const field = root.querySelector(find);
  // As it has when it is clicked.
  field.focus({ preventScroll: true });
  await new Promise((done) => setTimeout(done, 100));
  performance.mark("acted");
  if (value === undefined) field.click();
  else {
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const is = (busy) => root.querySelector(`section[aria-busy=${busy}]`);
  for (const busy of [true, false]) while (!is(busy)) await new Promise((done) => setTimeout(done, 0));
  await new Promise((done) => setTimeout(done, 50));
  performance.mark("drawn");
}
