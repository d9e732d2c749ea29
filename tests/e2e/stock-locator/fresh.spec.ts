// An open list stays true: stores are asked again every minute while it is looked at, without a word and without losing what is there.
import { times, within } from "../support/clock.ts";
import { expect, test } from "../support/stack.ts";
import { element, stocked, StockLocator } from "../support/stock.ts";

test("asked again every minute, not where the page is hidden, and a lost answer takes nothing away", async ({ page, stack, traffic }) => {
  await page.clock.install();
  const at = await times(page, "/v1/availability?");
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  const asked = (): number => traffic.all.filter((url) => url.pathname === "/v1/availability").length;
  const before = asked();
  const first = stock.cards.first();
  await expect(first.locator("[part=state]")).toContainText(/In stock|left/);
  const [store] = await stock.names();
  let lost = false;
  await page.route(/\/v1\/availability\?/, async (route) => {
    if (lost) return route.abort();
    const response = await route.fetch();
    const answer = (await response.json()) as { items: { items: { availability: string; left?: number }[] }[] };
    answer.items[0]!.items[0] = { ...answer.items[0]!.items[0]!, availability: "low", left: 1 };
    await route.fulfill({ response, json: answer });
  });
  await page.clock.runFor(50_000);
  expect(asked()).toBe(before);
  await within(page, 30, () => asked() > before);
  await expect(first.locator("[part=state]")).toContainText("1 left");
  expect(asked()).toBe(before + 1);
  lost = true;
  await within(page, 90, () => asked() > before + 1);
  expect(asked()).toBe(before + 2);
  const [last, again, lostAt] = (await at()).slice(-3) as [number, number, number];
  expect(again - last).toBeGreaterThanOrEqual(60_000);
  expect(lostAt - again).toBeGreaterThanOrEqual(60_000);
  await expect(first.getByRole("heading")).toHaveText(store!);
  await expect(stock.root.getByRole("alert")).toHaveCount(0);
  lost = false;
  await page.evaluate(() => Object.defineProperty(document, "hidden", { value: true, configurable: true }));
  await page.clock.runFor(180_000);
  expect(asked()).toBe(before + 2);
  await page.evaluate(() => Object.defineProperty(document, "hidden", { value: false }));
  await within(page, 90, () => asked() === before + 3);
});
