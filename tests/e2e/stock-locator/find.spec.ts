// Which stores have it: by attributes, by the page, near a place; what is said of each.
import { plainTimes, words } from "../support/hours.ts";
import { expect, test } from "../support/stack.ts";
import { availability, element, NANTES, PRODUCT, rewrite, stocked, StockLocator, variants, type ItemAvailability } from "../support/stock.ts";

const near = "Nantes";

test("nearest stores with it, each with its state, distance, hours and from when it is ready", async ({ page, stack, traffic }) => {
  const { sku } = await stocked(stack);
  await page.clock.setFixedTime(Date.now());
  const now = await page.evaluate(() => Date.now());
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await stock.search(near);
  await expect(stock.status).toContainText(`nearest to ${near}`);
  const expected = await availability(stack, sku, { q: near, limit: "5" });
  expect(await stock.names()).toEqual(expected.items.map((one) => one.store.name));
  const device = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  for (const { store, items } of expected.items) {
    const card = stock.card(store.name);
    const state = items[0]!.availability === "in_stock" ? "In stock" : `${items[0]!.left} left`;
    await expect(card.locator("[part=state]")).toHaveText(state);
    await expect(card.locator("[part=distance]")).toHaveText(/\d (km|mi|m)$/);
    expect(plainTimes((await card.locator("[part=opening]").textContent())!)).toBe(plainTimes(words(store, now, device)));
    await expect(card.locator(".ready")).toHaveText(/^Reserve now, collect (today|tomorrow|\S+day|\S+ \d+ \S+) from \d/);
    await expect(card.getByRole("link", { name: /^Directions/ })).toBeVisible();
    await expect(card.getByRole("button", { name: /^Reserve/ })).toBeVisible();
  }
  expect(traffic.to("/ssr/stock-locator")).toEqual([]);
});

test("an English reader's words for every state and every reason", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  const states: [Partial<ItemAvailability>, string, string | undefined][] = [
    [{ availability: "in_stock", confidence: { trust: "high", reason: "counted" } }, "In stock", "Counted by staff 12 min ago"],
    [{ availability: "in_stock", confidence: { trust: "high", reason: "recent" } }, "In stock", "Updated 12 min ago"],
    [{ availability: "in_stock", confidence: { trust: "high", reason: "reliable" } }, "In stock", "Updated 12 min ago, and this store’s figures are right"],
    [{ availability: "low", left: 2, confidence: { trust: "medium", reason: "often_refused" } }, "2 left", "not always found here"],
    [{ availability: "low", left: 1, confidence: { trust: "medium", reason: "last_piece" } }, "1 left", "someone may be trying it on"],
    [{ availability: "in_stock", confidence: { trust: "low", reason: "old" } }, "In stock", "call or reserve before you set out"],
    [{ availability: "to_order", expected_on: "2027-03-05" }, "To order, due Fri, 5 Mar", undefined],
    [{ availability: "out" }, "Out of stock", undefined],
  ];
  await rewrite(page, (answer) => {
    const [one] = answer.items;
    answer.items = states.map(([item], index) => ({
      ...one!,
      has_all: index < 6,
      items: [{ sku, counted_at: Date.now() - 12 * 60_000 - 5_000, ...item } as ItemAvailability],
      store: { ...one!.store, code: `S${index}`, name: `Store ${index}` },
    }));
  });
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await expect(stock.cards).toHaveCount(states.length);
  for (const [index, [, state, sure]] of states.entries()) {
    const card = stock.card(`Store ${index}`);
    expect((await card.locator("[part=state]").textContent())!.replace("Fri 5", "Fri, 5")).toBe(state);
    if (sure) await expect(card).toContainText(sure);
    else await expect(card).not.toContainText("ago");
    await expect(card.locator("[part=reserve]")).toHaveCount(index < 6 ? 1 : 0);
  }
});

test("one's own store first, and others around it where it has none", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  const { items: all } = await stack.stores({ limit: "10", ...NANTES });
  const held = await availability(stack, sku, { first: all.map((store) => store.code).join() });
  const without = held.items.slice(0, 10).find((one) => !one.has_all)!.store;
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await page.evaluate(([key, code]) => localStorage.setItem(key!, code!), ["devanture:my-store:pk_Lorm3LLeB0utiqueFr2026AA", without.code]);
  await page.reload();
  await expect(stock.cards.first().getByRole("heading")).toHaveText(without.name);
  await expect(stock.cards.first().locator("[part=state]")).toHaveText(/Out of stock|To order/);
  await expect(stock.status).toContainText(`nearest to ${without.name}`);
  await expect(stock.cards.nth(1).locator("[part=distance]")).toBeVisible();
  await expect(stock.cards.first().getByRole("button", { name: /^My store/ })).toHaveAttribute("aria-pressed", "true");
});

test("the store of an ad before one's own", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  const { items } = await availability(stack, sku, { limit: "50" });
  const [mine, ad] = [items[3]!.store, items[5]!.store];
  await page.addInitScript(([key, code]) => localStorage.setItem(key!, code!), ["devanture:my-store:pk_Lorm3LLeB0utiqueFr2026AA", mine.code]);
  await page.goto(`${stack.page({ body: element(`sku="${sku}"`) })}?store_code=${ad.code}`);
  const stock = new StockLocator(page);
  await stock.ready();
  expect((await stock.names()).slice(0, 2)).toEqual([ad.name, mine.name]);
});

test("make it my store, told to the page and kept", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await page.evaluate(() => addEventListener("devanture-my-store", (e) => ((window as any).told = (e as CustomEvent).detail)));
  const name = (await stock.names())[2]!;
  await stock.card(name).getByRole("button", { name: /^Make it my store/ }).click();
  await expect(stock.card(name).getByRole("button", { name: /^My store/ })).toHaveAttribute("aria-pressed", "true");
  expect(await page.evaluate(() => (window as any).told.name)).toBe(name);
  await page.reload();
  await stock.ready();
  expect((await stock.names())[0]).toBe(name);
});

test("a town with suggestions, by keyboard; the position on a click only", async ({ page, stack, context, traffic }) => {
  const { sku } = await stocked(stack);
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 43.604_65, longitude: 1.444_21 });
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await stock.input.pressSequentially("strasbuorg");
  await expect(stock.options.first()).toContainText("Strasbourg");
  await stock.input.press("ArrowDown");
  await stock.input.press("Enter");
  await expect(stock.status).toContainText("nearest to Strasbourg");
  expect(traffic.to("/availability").some((url) => url.searchParams.get("lat")?.startsWith("43"))).toBe(false);
  await stock.button("Use my position").click();
  await expect(stock.status).toContainText("nearest to you");
  const asked = traffic.to("/availability").at(-1)!;
  expect([asked.searchParams.get("lat"), asked.searchParams.get("lng")]).toEqual(["43.605", "1.444"]);
});

test("a position that is refused, and a town that nobody knows, are said", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await stock.button("Use my position").click();
  await expect(stock.root.getByRole("alert")).toContainText("Type a town");
  await stock.search("zqxzqx");
  await expect(stock.status).toContainText("We do not know “zqxzqx”");
});

test("more stores, as far as there are any", async ({ page, stack }) => {
  const { sku } = await stocked(stack, 8);
  await page.goto(stack.page({ body: element(`sku="${sku}" limit="2"`) }));
  const stock = new StockLocator(page);
  await expect(stock.cards).toHaveCount(2);
  await stock.button("Show more stores").click();
  await expect(stock.cards).not.toHaveCount(2);
});

test("colours and sizes to choose from, nothing asked before", async ({ page, stack, traffic }) => {
  const all = await variants(stack);
  const [first] = all;
  await page.goto(stack.page({ body: element(`product-id="${PRODUCT}"`) }));
  const stock = new StockLocator(page);
  await expect(stock.status).toHaveText("Choose a size to see which stores have it.");
  expect(traffic.to("/availability")).toHaveLength(0);
  const sizes = stock.group(/^Size$/).getByRole("button");
  expect(await sizes.allTextContents()).toEqual(all.filter((v) => v.colour === first!.colour).map((v) => v.size));
  await sizes.nth(1).click();
  await expect(sizes.nth(1)).toHaveAttribute("aria-pressed", "true");
  await stock.ready();
  expect(traffic.to("/availability").at(-1)!.searchParams.get("items")).toBe(all[1]!.sku);
  // Another colour keeps the size.
  const other = all.find((v) => v.colour !== first!.colour && v.size === all[1]!.size)!;
  await stock.group(/^Colour$/).getByRole("button", { name: other.colour!, exact: true }).click();
  await expect.poll(() => traffic.to("/availability").at(-1)!.searchParams.get("items")).toBe(other.sku);
});

test("the page's own product, read from its JSON-LD and followed; the reader comes only then", async ({ page, stack, traffic }) => {
  const all = await variants(stack);
  const ld = (sku: string): string => JSON.stringify({ "@context": "https://schema.org", "@type": "Product", name: "Robe", sku, offers: { "@type": "Offer", price: "99.00", priceCurrency: "EUR" } });
  const head = `<script type="application/ld+json">${ld(all[0]!.sku)}</script>${stack.script()}`;
  await page.goto(stack.page({ head, body: element() }));
  const stock = new StockLocator(page);
  const asked = (): string | null => traffic.to("/availability").at(-1)?.searchParams.get("items") ?? null;
  await expect.poll(asked).toBe(all[0]!.sku);
  await expect(stock.group(/^Size$/).locator("[aria-pressed=true]")).toHaveText(all[0]!.size!);
  expect(traffic.to("/product-page.wasm")).toHaveLength(1);
  await page.evaluate((text) => (document.querySelector("script[type='application/ld+json']")!.textContent = text), ld(all[2]!.sku));
  await expect.poll(asked).toBe(all[2]!.sku);
  await expect(stock.group(/^Size$/).locator("[aria-pressed=true]")).toHaveText(all[2]!.size!);
  // What the shopper chooses here stays until the page changes.
  await stock.group(/^Size$/).getByRole("button").nth(3).click();
  await expect.poll(asked).toBe(all[3]!.sku);
});

test("attributes that change are followed, and the page's reader is not loaded for them", async ({ page, stack, traffic }) => {
  const all = await variants(stack);
  await page.goto(stack.page({ body: element(`sku="${all[0]!.sku}"`) }));
  const asked = (): string | null => traffic.to("/availability").at(-1)?.searchParams.get("items") ?? null;
  await expect.poll(asked).toBe(all[0]!.sku);
  await page.locator("devanture-stock-locator").evaluate((e, sku) => ((e as any).sku = sku), all[1]!.sku);
  await expect.poll(asked).toBe(all[1]!.sku);
  expect(traffic.to("/product-page.wasm")).toHaveLength(0);
  expect(traffic.to("/reserve.wasm")).toHaveLength(0);
});

test("a page without a product says so", async ({ page, stack }) => {
  await page.goto(stack.page({ body: element() }));
  await expect(new StockLocator(page).status).toHaveText("There is no product here to look for in stores.");
});

test("no answer: said, and asked again on a click", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await page.route(/\/v1\/availability/, (route) => route.abort());
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await expect(stock.root.getByRole("alert")).toContainText("No connection");
  await page.unrouteAll();
  await stock.button("Try again").click();
  await stock.ready();
  await expect(stock.root.getByRole("alert")).toHaveCount(0);
});
