// One line, a button, everything; events and methods; room kept on the page; hostile attributes.
import { expect, test } from "../support/stack.ts";
import { availability, element, NANTES, stocked, StockLocator, variants } from "../support/stock.ts";

const MINE = "devanture:my-store:pk_Lorm3LLeB0utiqueFr2026AA";

test("compact: one line that says where, and opens the list in its place", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  const { items } = await availability(stack, sku, { ...NANTES, limit: "1" });
  await page.addInitScript(([key, code]) => localStorage.setItem(key!, code!), [MINE, items[0]!.store.code]);
  await page.goto(stack.page({ body: element(`sku="${sku}" mode="compact"`) }));
  const stock = new StockLocator(page);
  await expect(stock.toggle).toContainText(`· ${items[0]!.store.name}`);
  await expect(stock.toggle).toContainText(/ago/);
  await expect(stock.toggle).toHaveAttribute("aria-expanded", "false");
  await expect(stock.cards).toHaveCount(0);
  await stock.toggle.press("Enter");
  await expect(stock.toggle).toHaveAttribute("aria-expanded", "true");
  await stock.ready();
  await expect(stock.toggle).toBeFocused();
  await stock.toggle.press("Enter");
  await expect(stock.cards).toHaveCount(0);
});

test("compact: where nothing is known of the shopper, in how many stores", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  const { total } = await availability(stack, sku);
  await page.goto(stack.page({ body: element(`sku="${sku}" mode="compact"`) }));
  await expect(new StockLocator(page).toggle).toHaveText(`In ${total} stores`);
});

test("button: nothing is asked before it is pressed", async ({ page, stack, traffic }) => {
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: element(`sku="${sku}" mode="button"`) }));
  const stock = new StockLocator(page);
  await expect(stock.toggle).toHaveText("Find it in a store");
  expect(traffic.to("/availability").length + traffic.to("/product").length).toBe(0);
  await stock.toggle.click();
  await stock.ready();
});

test("the page is told of each answer; check asks for other items, and for the page's own again", async ({ page, stack, traffic }) => {
  const all = await variants(stack);
  const { sku } = await stocked(stack);
  await page.addInitScript(() => {
    (window as any).told = [];
    addEventListener("devanture-stock-availability", (e) => (window as any).told.push((e as CustomEvent).detail));
  });
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  const { items } = await availability(stack, sku, { limit: "5" });
  const told = (): Promise<unknown[]> => page.evaluate(() => (window as any).told);
  expect(await told()).toEqual([{ sku, in_stock: true, store_code: items[0]!.store.code }]);
  const check = (items?: string): Promise<void> => stock.root.evaluate((e, items) => (e as any).check(items), items);
  await check(`${all[0]!.sku}*2,${all[1]!.sku}`);
  await expect.poll(() => traffic.to("/availability").at(-1)!.searchParams.get("items")).toBe(`${all[0]!.sku}*2,${all[1]!.sku}`);
  await expect.poll(async () => ((await told()).at(-1) as { sku: string }).sku).toBe(`${all[0]!.sku}*2,${all[1]!.sku}`);
  await check();
  await expect.poll(() => traffic.to("/availability").at(-1)!.searchParams.get("items")).toBe(sku);
  const before = traffic.to("/availability").length;
  await stock.root.evaluate((e) => (e as any).refresh());
  await expect.poll(() => traffic.to("/availability").length).toBe(before + 1);
});

test("with a height the page does not shift, whatever comes", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await page.addInitScript(() => {
    (window as any).shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) (window as any).shift += (entry as any).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(stack.page({ body: `${element(`sku="${sku}" height="560" style="display: block; height: 560px"`)}<p>Below</p>` }));
  const stock = new StockLocator(page);
  await stock.ready();
  expect(await page.evaluate(() => (window as any).shift)).toBeLessThan(0.01);
  expect((await stock.root.boundingBox())!.height).toBe(560);
});

test("texts of the page's own, and another language while it runs", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await stock.root.evaluate((e) => ((e as any).strings = { reserve: "Put it aside <b>now</b>" }));
  await expect(stock.cards.first().locator("[part=reserve]")).toHaveText("Put it aside <b>now</b>");
  await stock.root.evaluate((e) => {
    (e as any).strings = null;
    e.setAttribute("lang", "fr");
  });
  await expect(stock.cards.first().locator("[part=reserve]")).toHaveText("Réserver");
});

test("attributes that make no sense break nothing", async ({ page, stack }) => {
  const bad = ["sku='<img src=x onerror=alert(1)>'", "items=',,*,*9,'", "items='A*-1,A*1e99'", "limit='-5' sku='x'", "mode='sideways' product-id='%00'", `sku='${"x".repeat(5000)}'`];
  for (const attributes of bad) {
    await page.goto(stack.page({ body: element(attributes) }));
    const stock = new StockLocator(page);
    const said = async (): Promise<string> => (await stock.root.locator("[part=status], [role=alert]").allTextContents()).join("");
    await expect.poll(said, attributes).toMatch(/^(?!Loading)./);
  }
});

test("both widgets on one page share their files, and work", async ({ page, stack, traffic }) => {
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: `${element(`sku="${sku}"`)}${stack.element('loading="eager"')}` }));
  await new StockLocator(page).ready();
  await expect(page.locator("devanture-store-locator").getByRole("listitem").first()).toBeVisible();
  expect(new Set(traffic.to("/stores.wasm").map(String)).size).toBe(1);
});
