// Home delivery where nothing is near: who sends it, and the way into the host's own basket.
import type { Locator, Page } from "@playwright/test";
import { look } from "../support/look.ts";
import { expect, test } from "../support/stack.ts";
import { element, NANTES, rewrite, stocked, StockLocator, variants, type AvailabilityPage, type Variant } from "../support/stock.ts";
import { chosenInPage, hostLog, NUMBERS, shopPage, SHOPS } from "../support/sizes.ts";

/** No store has anything, and this is who sends it. */
const sentBy = (page: Page, ...stores: (string | null)[]): Promise<void> =>
  rewrite(page, (answer) => {
    Object.assign(answer, { items: [], total: 0, shippable: answer.shippable.map(() => true) });
    if (stores.length) answer.ships_from = stores;
  });

class Offer {
  readonly root: Locator;
  readonly button: Locator;
  readonly said: Locator;

  constructor(page: Page) {
    this.root = page.locator("devanture-stock-locator [part=deliver]");
    this.button = this.root.getByRole("button", { name: /^(Have it delivered|Me faire livrer)$/ });
    this.said = this.root.getByRole("status");
  }
}

/** The demo's basket: what was put into it. */
const basket = (page: Page): Promise<{ slug: string; colour: string; size: string; count: number }[]> =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem("lormelle-basket") ?? "[]"));

/** The demo's SKU of this size in the colour that its page shows. */
const skuInDemo = async (page: Page, size: string): Promise<string> =>
  `ROBE-AUGUSTINE-${await page.locator("[name=colour]:checked").inputValue()}-${size}`.toUpperCase();

/** What the widget has offered to the page; `take` is whether the page takes it. */
const listen = (page: Page, take: boolean): Promise<unknown> =>
  page.addInitScript((take) => {
    const offers: unknown[] = ((window as any).offers = []);
    addEventListener("devanture-deliver", (e) => {
      offers.push((e as CustomEvent).detail);
      if (take) e.preventDefault();
    });
  }, take);
const offers = (page: Page): Promise<unknown[]> => page.evaluate(() => (window as any).offers);

/** Of the demo's dress in its first colour. */
function ofSize(all: Variant[], size: string): Variant {
  return all.find((variant) => variant.colour === all[0]!.colour && variant.size === size)!;
}

/** The demo's product page with the list open, a size chosen in the page. */
async function openDemo(page: Page, shop: string, path: string): Promise<StockLocator> {
  await page.goto(shop + path);
  await page.locator("[name=size][data-label='38']").check({ force: true });
  const stock = new StockLocator(page);
  await stock.root.scrollIntoViewIfNeeded();
  await stock.toggle.click();
  return stock;
}

test("on the demo's product the size that is looked at goes into the shop's basket, by the shop's own selector and button", async ({ page, stack }) => {
  await sentBy(page, "Lormelle Lyon");
  const stock = await openDemo(page, stack.shop, "/en/product/robe-augustine");
  const offer = new Offer(page);
  await expect(offer.root).toContainText("It can be delivered to your home. Sent by Lormelle Lyon.");
  await stock.group(/^Size$/).getByRole("button", { name: "40", exact: true }).click();
  await expect(stock.group(/^Size$/).locator("[aria-pressed=true]")).toHaveText("40");
  await expect(offer.button).toBeVisible();
  expect(await basket(page)).toEqual([]);
  await offer.button.focus();
  await page.keyboard.press("Enter");
  await expect(offer.said).toHaveText("Sent to your basket, on this page.");
  await expect(page.locator("[name=size]:checked")).toHaveAttribute("data-label", "40");
  await expect(page.locator("[data-said]")).toHaveText("Added to your basket");
  const colour = await page.locator("[name=colour]:checked").inputValue();
  expect(await basket(page)).toEqual([expect.objectContaining({ slug: "robe-augustine", colour, size: "40", count: 1 })]);
  // The button has gone, and what was said has its focus.
  await expect(offer.button).toHaveCount(0);
  await expect(offer.said).toBeFocused();
  // Another size has an offer of its own.
  await stock.group(/^Size$/).getByRole("button", { name: "42", exact: true }).click();
  await expect(offer.button).toBeVisible();
  await expect(offer.said).toHaveText("");
});

test("a colour that the page does not show is not put into its basket", async ({ page, stack }) => {
  await sentBy(page);
  const stock = await openDemo(page, stack.shop, "/en/product/robe-augustine");
  const offer = new Offer(page);
  await expect(offer.button).toBeVisible();
  await stock.group(/^Colour$/).locator("[aria-pressed=false]").first().click();
  await expect(stock.root.locator("[part=instead]")).toContainText("It can be delivered to your home: order it here, online.");
  await expect(offer.button).toHaveCount(0);
});

test("the page takes the event itself: nothing else happens", async ({ page, stack }) => {
  await listen(page, true);
  await sentBy(page, "Lormelle Lyon");
  const stock = await openDemo(page, stack.shop, "/en/product/robe-augustine");
  await stock.group(/^Size$/).getByRole("button", { name: "40", exact: true }).click();
  const offer = new Offer(page);
  await offer.button.focus();
  await page.keyboard.press("Space");
  const sku = await skuInDemo(page, "40");
  await expect.poll(() => offers(page)).toEqual([{ items: [{ sku, quantity: 1 }], from: "Lormelle Lyon" }]);
  await expect(offer.button).toBeFocused();
  await expect(offer.said).toHaveText("");
  await expect(page.locator("[name=size]:checked")).toHaveAttribute("data-label", "38");
  expect(await basket(page)).toEqual([]);
});

test("a page that has a listener and leaves it to the widget", async ({ page, stack }) => {
  await listen(page, false);
  await sentBy(page);
  await openDemo(page, stack.shop, "/en/product/robe-augustine");
  const offer = new Offer(page);
  await offer.button.click();
  await expect(offer.said).toHaveText("Sent to your basket, on this page.");
  const sku = await skuInDemo(page, "38");
  expect(await offers(page)).toEqual([{ items: [{ sku, quantity: 1 }], from: null }]);
  expect((await basket(page)).map((line) => line.size)).toEqual(["38"]);
});

test("no basket in the page: words, and a button where the page says that it takes the event", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await listen(page, true);
  await sentBy(page);
  const offer = new Offer(page);
  const stock = new StockLocator(page);
  for (const attributes of ["", 'deliver="false"']) {
    await page.goto(stack.page({ body: element(`sku="${sku}" ${attributes}`) }));
    await expect(stock.root.locator("[part=instead]")).toContainText("It can be delivered to your home: order it here, online.");
    await expect(offer.root).toHaveCount(0);
  }
  await page.goto(stack.page({ body: element(`sku="${sku}" deliver`) }));
  await expect(offer.root).toContainText("It can be delivered to your home.");
  await offer.button.click();
  await expect.poll(() => offers(page)).toEqual([{ items: [{ sku, quantity: 1 }], from: null }]);
  await stock.root.evaluate((it) => it.setAttribute("deliver", "false"));
  await expect(offer.root).toHaveCount(0);
});

test("several things: all of them to the page that takes them, from one store only if it sends all", async ({ page, stack }) => {
  const [one, other] = await variants(stack);
  await listen(page, true);
  let names: (string | null)[] = ["Lormelle Lyon", "Lormelle Lyon"];
  await rewrite(page, (answer) => void Object.assign(answer, { items: [], total: 0, shippable: [true, true], ships_from: names }));
  const open = (): Promise<unknown> => page.goto(stack.page({ body: element(`items="${one!.sku},${other!.sku}*2" deliver`) }));
  const items = [{ sku: one!.sku, quantity: 1 }, { sku: other!.sku, quantity: 2 }];
  const offer = new Offer(page);
  await open();
  await expect(offer.root).toContainText("It can all be delivered to your home. Sent by Lormelle Lyon.");
  await offer.button.click();
  await expect.poll(() => offers(page)).toEqual([{ items, from: "Lormelle Lyon" }]);
  names = ["Lormelle Lyon", null];
  await open();
  await expect(offer.root).toContainText("It can all be delivered to your home.");
  await expect(offer.root).not.toContainText("Sent by");
  await offer.button.click();
  await expect.poll(() => offers(page)).toEqual([{ items, from: null }]);
});

test("a page that promised and does not take it: that is said", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await sentBy(page);
  await page.goto(stack.page({ body: element(`sku="${sku}" deliver`) }));
  const offer = new Offer(page);
  await offer.button.click();
  await expect(offer.said).toHaveText("This could not be put into your basket. Choose it on this page, and order it there.");
});

test("one of two cannot be sent: no word of delivery", async ({ page, stack }) => {
  const [one, other] = await variants(stack);
  await rewrite(page, (answer) => void Object.assign(answer, { items: [], total: 0, shippable: [true, false] }));
  await page.goto(stack.page({ body: element(`items="${one!.sku},${other!.sku}" deliver`) }));
  const stock = new StockLocator(page);
  await expect(stock.root.locator("[part=instead]")).toBeVisible();
  await expect(stock.root.locator("[part=instead]")).not.toContainText("delivered");
});

test("no warehouse has it: the API names the nearest store that ships, and so does the widget", async ({ page, stack }) => {
  const { sku } = (await variants(stack, "ROBE-NOLWENN"))[0]!;
  const before = await stack.get<AvailabilityPage>("/v1/availability", { items: sku, ...NANTES });
  expect([before.shippable, before.ships_from], "the warehouse sends it").toEqual([[true], undefined]);
  const item = { sequence: 1, sku, location: "WEB", counted: 0, at: Date.now() };
  const { items } = await stack.admin<{ items: { result: string }[] }>("POST", "/stock/moves", { source: "deliver.spec", items: [item] });
  expect(items).toEqual([expect.objectContaining({ result: "applied" })]);
  const { ships_from } = await stack.get<AvailabilityPage>("/v1/availability", { items: sku, ...NANTES });
  expect(ships_from).toEqual([expect.stringMatching(/^Lormelle /)]);
  await rewrite(page, (answer) => {
    for (const one of answer.items) one.store = { ...one.store, distance_m: 312_000 };
  });
  await page.goto(stack.page({ body: element(`sku="${sku}" deliver`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await stock.search("Nantes");
  await expect(new Offer(page).root).toContainText(`Sent by ${ships_from![0]}.`);
});

for (const shop of SHOPS) {
  test(`${shop}: chosen as a shopper would, put in once`, async ({ page, stack }) => {
    const { sku } = ofSize(await variants(stack), "40");
    await sentBy(page);
    await page.goto(await shopPage(stack, shop, { sku, more: element(`sku="${sku}"`) }));
    const offer = new Offer(page);
    await offer.button.click();
    await expect(offer.said).toHaveText("Sent to your basket, on this page.");
    expect(await chosenInPage(page, shop)).toBe("40");
    expect((await hostLog(page)).filter((line) => line.startsWith("added"))).toEqual(["added 40"]);
  });
}

test("the product is read from the page: another of its sizes goes into the basket", async ({ page, stack }) => {
  const all = await variants(stack);
  await sentBy(page);
  await page.goto(await shopPage(stack, "generic", { sku: ofSize(all, "40").sku, more: element() }));
  const stock = new StockLocator(page);
  await stock.group(/^Size$/).getByRole("button", { name: "42", exact: true }).click();
  const offer = new Offer(page);
  await offer.button.click();
  await expect(offer.said).toHaveText("Sent to your basket, on this page.");
  expect(await hostLog(page)).toEqual(["clicked 42", "added 42"]);
});

test("a size that the page does not have, or no longer: that is said, and it can be tried again", async ({ page, stack }) => {
  const all = await variants(stack);
  const { sku } = ofSize(all, "44");
  await sentBy(page);
  const offer = new Offer(page);
  for (const left of [NUMBERS, [...NUMBERS, { label: "44", off: true }]]) {
    await page.goto(await shopPage(stack, "generic", { sku, sizes: left, more: element(`sku="${sku}"`) }));
    await offer.button.focus();
    await page.keyboard.press("Enter");
    await expect(offer.said).toHaveText(/^This could not be put into your basket/);
    await expect(offer.button).toBeFocused();
    expect(await hostLog(page)).toEqual([]);
  }
  await page.evaluate(() => document.querySelectorAll<HTMLButtonElement>("[role=radio]").forEach((it) => (it.disabled = false)));
  await page.keyboard.press("Enter");
  await expect(offer.said).toHaveText("Sent to your basket, on this page.");
  expect(await hostLog(page)).toEqual(["clicked 44", "added 44"]);
});

test("a field that the page still wants: the button is pressed once, and the failure said", async ({ page, stack }) => {
  const { sku } = ofSize(await variants(stack), "40");
  await sentBy(page);
  await page.goto(await shopPage(stack, "generic", { sku, more: element(`sku="${sku}"`) }));
  await page.evaluate(() => {
    document.querySelector("form")!.insertAdjacentHTML("beforeend", "<label>Engraving <input name=engraving required></label>");
    (window as any).presses = 0;
    document.querySelector("[name=add-to-cart]")!.addEventListener("click", () => (window as any).presses++);
  });
  const offer = new Offer(page);
  await offer.button.click();
  await expect(offer.said).toHaveText(/^This could not be put into your basket/);
  expect(await page.evaluate(() => (window as any).presses)).toBe(1);
  expect(await hostLog(page)).toEqual(["clicked 40"]);
});

test("selectors of the page's own are taken", async ({ page, stack }) => {
  const { sku } = ofSize(await variants(stack), "40");
  await sentBy(page);
  const own = `<select><option>36<option>40</select><select id="mine"><option>38<option>40</select><button id="buy">Buy</button>
    <script>window.hostLog = []; document.querySelector("#buy").onclick = () => hostLog.push("added " + document.querySelector("#mine").value);</script>`;
  const html = (attributes: string): string => stack.page({ body: own + element(`sku="${sku}" ${attributes}`) });
  await page.goto(html(""));
  await expect(new StockLocator(page).root.locator("[part=instead]")).toContainText("order it here, online");
  await page.goto(html('size-selector="#mine" basket-selector="#buy"'));
  await new Offer(page).button.click();
  await expect.poll(() => hostLog(page)).toEqual(["added 40"]);
});

for (const [lang, path, scheme, width] of [
  ["fr", "/produit/robe-augustine", "light", 390],
  ["en", "/en/product/robe-augustine", "dark", 390],
  ["en", "/en/product/robe-augustine", "light", 1280],
  ["fr", "/produit/robe-augustine", "dark", 1280],
] as const) {
  test(`nothing for axe to say, no sideways scrolling: ${lang}, ${scheme}, ${width} px`, async ({ page, stack }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
    await sentBy(page, "Lormelle Clermont-Ferrand");
    await openDemo(page, stack.shop, path);
    const offer = new Offer(page);
    await expect(offer.button).toBeVisible();
    await look(page, "offer");
    const size = page.locator("[name=size][data-label='38']");
    const sell = (left: boolean): Promise<void> => size.evaluate((field: HTMLInputElement, left) => Object.assign(field, { checked: left, disabled: !left }) && undefined, left);
    await sell(false);
    await offer.button.click();
    await expect(offer.said).toHaveText(/^(This could not be put|Cela n’a pas pu être mis)/);
    await look(page, "failed");
    await sell(true);
    await offer.button.click();
    await expect(offer.said).toHaveText(/^(Sent to your basket|Envoyé dans votre panier)/);
    await look(page, "done");
  });
}
