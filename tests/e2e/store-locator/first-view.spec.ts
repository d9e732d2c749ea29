// What the server draws is there before the widget, and the widget takes its place without a trace.
import type { Page } from "@playwright/test";
import { hold, StoreLocator } from "../support/locator.ts";
import { expect, KEY, test } from "../support/stack.ts";

const core = /core\.wasm$/;
const views = /\/v1\/ssr\/store-locator\?/;

/** Every piece of text that shows, and where. */
const picture = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const root = document.querySelector("devanture-store-locator")!.shadowRoot!;
    const shown = [...root.querySelectorAll(".root")].find((element) => element.getClientRects().length)!;
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    // Two neighbours are one: what is beside what is the same.
    const lines = new Map<string, string>();
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const [box] = range.getClientRects();
      if (!box || walker.currentNode.parentElement!.closest("option")) continue;
      const at = walker.currentNode.parentElement!.getBoundingClientRect();
      const where = [at.x, at.y, at.width, at.height].map(Math.round).join(" ");
      lines.set(where, (lines.get(where) ?? "") + walker.currentNode.textContent);
    }
    const boxes = [...shown.querySelectorAll("li, button, a, .action, input, select, svg")]
      .filter((element) => element.getClientRects().length)
      .map((element) => element.getBoundingClientRect())
      .map((at) => [at.x, at.y, at.width, at.height].map(Math.round).join(" "));
    return [...lines].map(([where, text]) => `${where} ${text}`).concat(boxes);
  });

for (const [what, locale, options] of [
  ["in French", "fr-FR", { lang: "fr" }],
  ["in British English", "en-GB", {}],
  ["in American English", "en-US", {}],
  ["near a place, in French", "fr-FR", { lang: "fr", place: true }],
  ["near a place, in miles", "en-US", { place: true }],
  ["near a place, in kilometres", "en-IE", { place: true }],
] as [string, string, { lang?: string; place?: boolean }][]) {
  for (const width of [390, 1280]) {
    test.describe(`${what}, ${width} pixels wide`, () => {
      test.use({ locale, viewport: { width, height: 844 }, timezoneId: "America/New_York" });
      test("taking over changes nothing", async ({ page, stack }) => {
        const held = await hold(page, core);
        const place = options.place ? 'lat="47.218" lng="-1.553"' : "";
        await page.goto(stack.page({ lang: options.lang, body: stack.element(place) }));
        await expect(page.locator("devanture-store-locator .first .card")).toHaveCount(20);
        await page.evaluate(() => document.fonts.ready);
        const before = await picture(page);
        expect(before.length).toBeGreaterThan(100);
        await held.release();
        await expect(new StoreLocator(page).cards).toHaveCount(20);
        await expect(page.locator("devanture-store-locator .first")).toHaveCount(0);
        expect(await picture(page)).toEqual(before);
      });
    });
  }
}

test("nothing in it can be pressed or focused, and it goes when the widget does not come", async ({ page, stack }) => {
  const held = await hold(page, core);
  await page.goto(stack.page());
  const first = page.locator("devanture-store-locator .first");
  await expect(first).toBeVisible();
  await expect(first).toHaveAttribute("inert", "");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector("devanture-store-locator")!.shadowRoot!.activeElement)).toBeNull();
  await page.route(core, (route) => route.fulfill({ status: 503, body: "" }));
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("This content could not be loaded.");
  await expect(first).toHaveCount(0);
  void held;
});

test("the shopper's own store and the page's own texts are the widget's to show", async ({ page, stack }) => {
  let asked = 0;
  page.on("request", (request) => (asked += Number(views.test(request.url()))));
  await page.addInitScript((key) => localStorage.setItem(`devanture:my-store:${key}`, "none"), KEY);
  await page.goto(stack.page());
  await expect(new StoreLocator(page).status).toHaveText("190 stores");
  expect(asked).toBe(0);
});

test("a language that the server cannot draw is drawn by the widget", async ({ page, stack }) => {
  const answers: number[] = [];
  page.on("response", (response) => void (views.test(response.url()) && answers.push(response.status())));
  await page.goto(stack.page({ lang: "fr-CA" }));
  await expect(new StoreLocator(page).status).toHaveText("190 magasins");
  await expect.poll(() => answers).toEqual([204]);
});

test("a slow view does not come after the widget", async ({ page, stack }) => {
  const held = await hold(page, views);
  await page.goto(stack.page());
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText("190 stores");
  await held.release();
  await expect(page.locator("devanture-store-locator .first")).toHaveCount(0);
  await expect(locator.cards).toHaveCount(20);
});
