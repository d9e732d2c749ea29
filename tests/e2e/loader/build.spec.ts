// Every part of every widget, from whichever build DEVANTURE_ASSETS names: `cargo xtask test` runs this once more against
// one module with the other allocator.
import { readdirSync } from "node:fs";
import path from "node:path";
import { StoreLocator } from "../support/locator.ts";
import { element as reviewed, PRODUCT, Reviews } from "../support/reviews.ts";
import { shopPage, SizeMemory } from "../support/sizes.ts";
import { assets, expect, test } from "../support/stack.ts";
import { element, stocked, StockLocator } from "../support/stock.ts";

const [build] = readdirSync(path.join(assets, "build"));
const modules = readdirSync(path.join(assets, "build", build!)).filter((name) => name.endsWith(".wasm"));

test("list, suggestions, map, details, times to book, stock, a reservation, what there is instead, sizes and reviews, from all the modules that were built and no others", async ({ page, stack, traffic }) => {
  const refused: string[] = [];
  page.on("response", (response) => response.ok() || !response.url().includes("/build/") || refused.push(`${response.status()} ${response.url()}`));
  await page.goto(`${stack.shop}/en/stores`);
  const shop = new StoreLocator(page);
  await expect(shop.cards).toHaveCount(20);
  await shop.open((await shop.names())[0]!);
  await expect(shop.panel.getByRole("link", { name: /^Directions/ })).toBeVisible();

  await page.goto(stack.page({ body: stack.element('search="local" services="alterations"') }));
  const locator = new StoreLocator(page);
  await locator.input.pressSequentially("strasbuorg");
  await expect(locator.options.first()).toContainText("Strasbourg");
  await locator.button("Clear").click();
  await locator.button("Map").click();
  await expect(locator.map.locator(".land").first()).toBeAttached();
  await locator.open((await locator.names())[0]!);
  await locator.button("Book an appointment").click();
  await expect(locator.panel.locator("[part=time]").first()).toBeVisible();

  const { sku } = await stocked(stack);
  const stock = new StockLocator(page);
  const product = `<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","sku":"${sku}"}</script>`;
  await page.goto(stack.page({ body: product + element() }));
  await stock.ready();
  await stock.reserve();
  await page.goto(stack.page({ body: element('gtin="4006381333931"') }));
  await expect(stock.root.locator("[part=instead]")).toBeVisible();

  const memory = new SizeMemory(page);
  await page.goto(await shopPage(stack, "generic"));
  await memory.button("Find my size").click();
  await expect(memory.panel).toBeVisible();
  await memory.button("Also on my other devices").click();
  await expect(memory.button("Make a private link")).toBeVisible();

  const reviews = new Reviews(page);
  const rating = `<devanture-rating product="${PRODUCT}"></devanture-rating>`;
  await page.goto(stack.page({ body: rating + reviewed() }));
  await expect(page.locator("devanture-rating [part=rating]")).toBeVisible();
  await reviews.ready();
  await reviews.cards.first().getByRole("button", { name: /^Yes/ }).click();
  await expect(reviews.cards.first().getByRole("button", { name: /^Yes/ })).toHaveAttribute("aria-pressed", "true");
  await reviews.button("Write a review").click();
  await expect(reviews.form).toBeVisible();

  expect(refused).toEqual([]);
  const asked = traffic.all.map((url) => path.basename(url.pathname)).filter((name) => name.endsWith(".wasm"));
  expect([...new Set(asked)].sort()).toEqual(modules.sort());
});
