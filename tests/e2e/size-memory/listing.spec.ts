// Listings: what is not left in the shopper's size is marked and can be hidden; one request for all cards.
import { expect, test } from "../support/stack.ts";
import { element, leaveOnly, listingPage, remembered, SHOPS, SizeMemory } from "../support/sizes.ts";

const card = (key: string): string => `<li data-product-card data-product-id="${key}"><a href="#">${key}</a></li>`;
const list = (keys: string[]): string => `${element()}<ul class="list">${keys.map(card).join("")}</ul>`;

test.beforeEach(({ page }) => remembered(page, "s\ttops\t\t40"));

for (const shop of SHOPS) {
  test(`${shop}: marked, counted, hidden and shown again; more cards are followed with one more request`, async ({ page, stack, traffic }) => {
    const ids = ["ROBE-AUGUSTINE", "ROBE-NOLWENN", "UNKNOWN"];
    const hasSkus = shop === "magento" || shop === "woocommerce";
    // The second one is known by its SKU where cards have it; of the others they have none.
    const sku = (await stack.get<{ variants: { sku: string }[] }>("/v1/product", { id: ids[1]! })).variants[0]!.sku;
    await leaveOnly(page, (size, key) => key === "ROBE-AUGUSTINE" || size !== "40");
    await page.goto(listingPage(stack, shop, ids.map((id, at) => ({ id, ...(at === 1 && { sku }) }))));
    const memory = new SizeMemory(page);
    await expect(memory.root.locator("[part=status]")).toHaveText("1 product is left in your size");
    expect(traffic.to("/v1/sizes")).toHaveLength(1);
    const asked = (at: number, list: string) => traffic.to("/v1/sizes")[at]!.searchParams.get(list);
    const products = hasSkus ? [ids[0], ids[2]] : ids;
    expect(asked(0, "products")?.toUpperCase()).toBe(products.join());
    expect(asked(0, "skus")).toBe(hasSkus ? sku : null);
    const gone = page.locator("[data-devanture-size=no]");
    await expect(gone).toHaveCount(1);
    await expect(gone).toContainText(ids[1]!);
    await memory.button("Only what is left in my size").click();
    await expect(gone).toBeHidden();
    await expect(page.getByText("UNKNOWN")).toBeVisible();
    await memory.button("Only what is left in my size").click();
    await expect(gone.locator(".devanture-size-mark")).toHaveText("Not left in 40");
    await page.evaluate((cards) => (window as unknown as { more: (cards: object[]) => void }).more(cards), [{ id: "JUPE-PLISSEE-1" }, { id: "ROBE-DINAN" }]);
    await expect.poll(() => traffic.to("/v1/sizes").length).toBe(2);
    expect(asked(1, "products")?.toUpperCase()).toBe("JUPE-PLISSEE-1,ROBE-DINAN");
    // What was drawn anew is marked anew.
    await expect(gone.filter({ hasText: ids[1]! }).locator(".devanture-size-mark")).toHaveText("Not left in 40");
  });
}

test("five hundred cards: one request, and nothing runs while the page rests", async ({ page, stack, traffic }) => {
  const keys = Array.from({ length: 500 }, (_, at) => `P-${at}`);
  await page.route(/\/v1\/sizes\?/, async (route) => {
    const asked = new URL(route.request().url()).searchParams.get("products")!.split(",");
    const items = asked.map((key, at) => ({ key, category: "women > dress", sizes: ["34", "36", "38", "40", "42", "44", "46"], gone: at % 2 ? ["40"] : [] }));
    await route.fulfill({ json: { items, locale: "fr" }, headers: { "access-control-allow-origin": "*" } });
  });
  await page.goto(stack.page({ body: list(keys) }));
  await expect(page.locator("[data-devanture-size=no]")).toHaveCount(250);
  expect(traffic.to("/v1/sizes")).toHaveLength(1);
  // What is written on the cards is a change of the page, which is looked at once more and is then at rest.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  const ran = await page.evaluate(async () => {
    let ran = 0;
    const kept = [window.setTimeout.bind(window), window.requestAnimationFrame.bind(window)] as const;
    window.setTimeout = ((...all: Parameters<typeof setTimeout>) => (ran++, kept[0](...all))) as typeof setTimeout;
    window.requestAnimationFrame = (callback) => (ran++, kept[1](callback));
    await new Promise((done) => kept[0](done, 1000));
    return ran;
  });
  expect(ran).toBe(0);
  expect(traffic.to("/v1/sizes")).toHaveLength(1);
});

test("an API that fails marks nothing and breaks nothing", async ({ page, stack }) => {
  await page.route(/\/v1\/sizes\?/, (route) => route.fulfill({ status: 503, body: "" }));
  await page.goto(stack.page({ body: list(["ROBE-AUGUSTINE"]) }));
  await expect(new SizeMemory(page).root).toContainText("Choose a size on any product");
  await expect(page.locator("[data-devanture-size]")).toHaveCount(0);
});
