// Where nothing is near, there is always something to do.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "../support/stack.ts";
import { availability, element, NANTES, rewrite, stocked, StockLocator, variants, type AvailabilityPage, type SimilarPage } from "../support/stock.ts";

const nothing = (answer: AvailabilityPage): void => void Object.assign(answer, { items: [], total: 0 });

test("other sizes that are in stock, delivery, and the nearest store to call", async ({ page, stack }) => {
  const all = await variants(stack);
  const { sku, colour } = await stocked(stack);
  await rewrite(page, (answer, url) => {
    answer.shippable = answer.shippable.map(() => true);
    if (url.searchParams.get("items") === sku) nothing(answer);
  });
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await expect(stock.status).toHaveText("In none of our stores at the moment");
  const instead = stock.root.locator("[part=instead]");
  await expect(instead).toContainText("What you can do instead:");
  await expect(instead).toContainText("It can be delivered to your home");
  const sizes = instead.getByRole("group", { name: "Other sizes are in stock:" }).getByRole("button");
  const others = all.filter((variant) => variant.colour === colour && variant.sku !== sku);
  await expect(sizes).toHaveCount(others.length);
  // The demo's stores all have a telephone.
  const { items } = await stack.stores({ limit: "1" });
  await expect(instead.getByRole("heading", { level: 3 })).toHaveText(items[0]!.name);
  await expect(instead.getByRole("link", { name: /^Call/ })).toHaveAttribute("href", /^tel:\+/);
  await sizes.first().click();
  await stock.ready();
  await expect(stock.group(/^Size$/).locator("[aria-pressed=true]")).toHaveText(others[0]!.size!);
  await expect(instead).toHaveCount(0);
});

test("similar products in the same size, each with its store and its page; of another place others", async ({ page, stack }) => {
  const { sku, size } = await stocked(stack);
  await rewrite(page, nothing);
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await expect(stock.status).toHaveText("In none of our stores at the moment");
  const list = stock.root.getByRole("list", { name: "Similar, in our stores:" });
  await expect(list.getByRole("listitem").first()).toBeVisible();
  const asked = page.waitForRequest(/\/v1\/availability\/similar\?.*(lat|q)=/);
  await stock.search("Nantes");
  const { key: _, ...query } = Object.fromEntries(new URL((await asked).url()).searchParams);
  const { items } = await stack.get<SimilarPage>("/v1/availability/similar", query);
  expect(items.length, "the demo has what is like it").toBeGreaterThan(0);
  for (const one of items) expect(one.size).toBe(size);
  const shown = items.filter((one) => one.url).slice(0, 4);
  await expect(list.getByRole("link")).toHaveText(shown.map((one) => one.name));
  const first = list.getByRole("listitem").first();
  await expect(first).toContainText(shown[0]!.store.name);
  const { violations } = await new AxeBuilder({ page }).include("devanture-stock-locator").analyze();
  expect(violations).toEqual([]);
  await page.route(shown[0]!.url!, (route) => route.fulfill({ contentType: "text/html", body: "<title>Product</title>" }));
  await first.getByRole("link", { name: shown[0]!.name }).click();
  await expect(page).toHaveURL(shown[0]!.url!);
});

test("nothing similar near: nothing is said of it", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await rewrite(page, nothing);
  await page.route(/\/v1\/availability\/similar\?/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { items: [] } });
  });
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const instead = new StockLocator(page).root.locator("[part=instead]");
  await expect(instead.getByRole("group", { name: "Other sizes are in stock:" })).toHaveCount(0);
  await expect(instead.getByRole("link", { name: /^Call/ })).toBeVisible();
  await expect(instead.locator("[part=similar]")).toHaveCount(0);
});

test("far away only: that is said, with the list below", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await rewrite(page, (answer, url) => {
    if (!url.searchParams.get("lat")) return;
    for (const one of answer.items) one.store = { ...one.store, distance_m: 312_000 };
  });
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await stock.input.pressSequentially("Nantes");
  await expect(stock.options.first()).toContainText("Nantes");
  await stock.input.press("ArrowDown");
  await stock.input.press("Enter");
  await expect(stock.root.locator("[part=instead]")).toContainText("None within 50 km. What you can do:");
  await expect(stock.cards).toHaveCount(5);
  await expect(stock.root.getByRole("link", { name: /^Call/ }).first()).toBeVisible();
});

test("one's own store is out, nothing else has it: it can be called", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  const [own] = (await stack.stores({ limit: "1", ...NANTES })).items;
  const found = await availability(stack, sku, { first: own!.code, limit: "1" });
  await rewrite(page, (answer) => {
    Object.assign(answer, { total: 0, items: [{ ...found.items[0]!, has_all: false, items: [{ sku, availability: "out" }] }] });
  });
  await page.addInitScript((code) => localStorage.setItem("devanture:my-store:pk_Lorm3LLeB0utiqueFr2026AA", code), own!.code);
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await expect(stock.root.locator("[part=instead]")).toBeVisible();
  await expect(stock.cards).toHaveCount(1);
  await expect(stock.cards.getByRole("link", { name: /^Call/ })).toBeVisible();
  await expect(stock.root.locator("[part=instead] [part=card]")).toHaveCount(0);
});

test("a product that the stores do not know leads somewhere too", async ({ page, stack }) => {
  await page.goto(stack.page({ body: element('gtin="4006381333931"') }));
  const stock = new StockLocator(page);
  await expect(stock.status).toHaveText("In none of our stores at the moment");
  await expect(stock.root.getByRole("link", { name: /^Call/ })).toBeVisible();
});
