// "My store": chosen once, on top everywhere, kept only because the shopper asked for it.
import { instant } from "../support/hours.ts";
import { StoreLocator } from "../support/locator.ts";
import { expect, KEY, test, type Stack } from "../support/stack.ts";
import type { Page } from "@playwright/test";

const CHOSEN = "Lormelle Nevers";

async function opened(page: Page, stack: Stack): Promise<StoreLocator> {
  await page.goto(stack.page());
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText("190 stores");
  return locator;
}

const choose = (locator: StoreLocator, name = CHOSEN): Promise<void> => locator.card(name).getByRole("button", { name: "Make it my store" }).click();

/** All that a page may have put down in the browser. */
const stored = async (page: Page): Promise<unknown[]> => [
  ...(await page.context().cookies()),
  ...(await page.evaluate(async () => [
    ...Object.entries({ ...localStorage }),
    ...Object.entries({ ...sessionStorage }),
    ...(await indexedDB.databases()),
    ...(await caches.keys()),
  ])),
];

test("chosen, it stands on top with today's closing, on its card and in the event", async ({ page, stack }) => {
  await page.clock.setFixedTime(instant("2027-03-16", 15 * 60, "Europe/Paris"));
  const locator = await opened(page, stack);
  await page.evaluate(() => addEventListener("devanture-my-store", (e) => ((window as any).told ??= []).push((e as CustomEvent).detail)));
  await expect(locator.mine).toHaveCount(0);
  await choose(locator);
  await expect(locator.mine.getByRole("button", { name: CHOSEN })).toBeVisible();
  await expect(locator.mine).toContainText(/Open · until 19:00/);
  await expect(locator.card(CHOSEN).getByRole("button", { name: "My store" })).toHaveAttribute("aria-pressed", "true");
  const { code } = (await stack.stores()).items.find((store) => store.name === CHOSEN)!;
  expect(await page.evaluate(() => (window as any).told)).toEqual([{ code, name: CHOSEN }]);
  await locator.mine.getByRole("button", { name: "Forget" }).click();
  await expect(locator.mine).toHaveCount(0);
  await expect(locator.card(CHOSEN).getByRole("button", { name: "Make it my store" })).toHaveAttribute("aria-pressed", "false");
  expect(await page.evaluate(() => (window as any).told)).toEqual([{ code, name: CHOSEN }, null]);
});

test("nothing is stored before the click, one code after it, nothing again once it is forgotten", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.search("Nantes");
  await expect(locator.status).toContainText("Nantes");
  expect(await stored(page)).toEqual([]);
  await choose(locator, "Lormelle Nantes");
  await expect(locator.mine).toBeVisible();
  const { code } = (await stack.stores({ q: "Nantes" })).items.find((store) => store.name === "Lormelle Nantes")!;
  expect(await stored(page)).toEqual([[expect.stringContaining("devanture"), code]]);
  await locator.mine.getByRole("button", { name: "Forget" }).click();
  expect(await stored(page)).toEqual([]);
});

test("it survives a reload and another page, also where the store is far from what is listed", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await choose(locator);
  await page.reload();
  await expect(locator.mine.getByRole("button", { name: CHOSEN })).toBeVisible();
  await page.goto(stack.page({ body: stack.element('lat="-20.9" lng="55.4" limit="5"') }));
  await expect(locator.cards).toHaveCount(5);
  await expect(locator.card(CHOSEN)).toHaveCount(0);
  await expect(locator.mine.getByRole("button", { name: CHOSEN })).toBeVisible();
  await locator.mine.getByRole("button", { name: CHOSEN }).click();
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText(CHOSEN);
});

test("every locator on the page, and in another tab, hears of it at once", async ({ page, context, stack }) => {
  await page.goto(stack.page({ body: stack.element('id="a"') + stack.element('id="b" lat="43.6" lng="1.44" limit="3" loading="eager"') }));
  const [first, second] = ["#a", "#b"].map((id) => new StoreLocator(page, page.locator(id))) as [StoreLocator, StoreLocator];
  const tab = await context.newPage();
  const other = await opened(tab, stack);
  await expect(second.cards).toHaveCount(3);
  await choose(first);
  for (const locator of [first, second, other]) await expect(locator.mine.getByRole("button", { name: CHOSEN })).toBeVisible();
  await second.mine.getByRole("button", { name: "Forget" }).click();
  for (const locator of [first, second, other]) await expect(locator.mine).toHaveCount(0);
});

test("forgotten in another tab, it is forgotten here too", async ({ page, context, stack }) => {
  const locator = await opened(page, stack);
  await choose(locator);
  const tab = await context.newPage();
  const other = await opened(tab, stack);
  await other.mine.getByRole("button", { name: "Forget" }).click();
  await expect(locator.mine).toHaveCount(0);
});

test("it is kept under the site's key, so that two sites on one origin do not share it", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await choose(locator);
  const keys = await page.evaluate(() => Object.keys(localStorage));
  expect(keys).toEqual([expect.stringContaining(KEY)]);
});

test("a store that is no longer there is dropped without a word", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await choose(locator);
  await expect(locator.mine).toBeVisible();
  await page.evaluate(() => localStorage.setItem(Object.keys(localStorage)[0]!, "no-such-store"));
  await page.reload();
  await expect(locator.status).toHaveText("190 stores");
  await expect.poll(() => stored(page)).toEqual([]);
  await expect(locator.mine).toHaveCount(0);
  await expect(locator.root.getByRole("alert")).toHaveCount(0);
});

for (const what of ["throws", "is full"] as const) {
  test(`where storage ${what}, the choice lives as long as the page`, async ({ page, stack }) => {
    await page.addInitScript((what) => {
      const no = (): never => {
        throw new DOMException("no", what === "throws" ? "SecurityError" : "QuotaExceededError");
      };
      if (what === "throws") Object.defineProperty(window, "localStorage", { get: no });
      else Storage.prototype.setItem = no;
    }, what);
    await page.goto(stack.page({ body: stack.element('id="a"') + stack.element('id="b" loading="eager"') }));
    const [first, second] = ["#a", "#b"].map((id) => new StoreLocator(page, page.locator(id))) as [StoreLocator, StoreLocator];
    await expect(first.status).toHaveText("190 stores");
    await expect(second.status).toHaveText("190 stores");
    await choose(first);
    await expect(first.mine.getByRole("button", { name: CHOSEN })).toBeVisible();
    await expect(second.mine.getByRole("button", { name: CHOSEN })).toBeVisible();
    await first.mine.getByRole("button", { name: "Forget" }).click();
    await expect(second.mine).toHaveCount(0);
  });
}
