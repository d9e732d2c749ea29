// The demo's own pages on the real stack: from the front page to a reservation by keyboard alone, and the franchisee's
// mini-site, whose own store comes first.
import { press, tabTo } from "../support/keys.ts";
import { expect, test } from "../support/stack.ts";
import { availability, somebody, stocked, StockLocator, variants } from "../support/stock.ts";

for (const width of [390, 1280]) {
  test(`from the front page to a reservation with Tab and Enter: ${width} px`, async ({ page, stack }) => {
    await page.setViewportSize({ width, height: 800 });
    const { size } = await stocked(stack);
    await page.goto(`${stack.shop}/en/`);
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
    await press(page, page.getByRole("navigation", { name: "Departments", exact: true }).getByRole("link", { name: "Women" }));
    await page.waitForURL(`${stack.shop}/en/women`);
    await press(page, page.getByRole("heading", { name: "Augustine dress" }).getByRole("link"));
    await page.waitForURL(`${stack.shop}/en/product/robe-augustine`);
    const stock = new StockLocator(page);
    await stock.root.scrollIntoViewIfNeeded();
    await expect(stock.toggle).toBeVisible();
    await press(page, stock.toggle);
    await press(page, stock.button(size!));
    await stock.ready();
    const card = stock.cards.filter({ has: page.locator("[part=reserve]") }).first();
    const store = (await card.getByRole("heading").textContent())!;
    await press(page, card.locator("[part=reserve]"));
    await expect(stock.panel.getByRole("heading", { level: 2 })).toBeFocused();
    const { name, email } = somebody();
    await tabTo(page, stock.panel.getByLabel("Name"));
    await page.keyboard.type(name);
    await tabTo(page, stock.panel.locator("[name=email]"));
    await page.keyboard.type(email);
    await press(page, stock.confirm);
    await expect(stock.code).toBeVisible();
    await expect(stock.panel.getByRole("status")).toHaveText(`${store} has been asked and will answer soon.`);
    await expect(stock.panel.getByRole("heading", { level: 2 })).toBeFocused();
    await press(page, stock.button("Back to the stores"));
    await expect(stock.button("My reservation")).toBeFocused();
  });
}

test("the mini-site: what its store has, with its own store before the others", async ({ page, stack }) => {
  const OWN = "1137";
  await page.goto(`${stack.miniSite}/`);
  await page.getByRole("link", { name: "Tout ce qu’il y a en magasin" }).click();
  await page.getByRole("heading", { name: "Robe Augustine" }).getByRole("link").click();
  await page.waitForURL(`${stack.miniSite}/produit/robe-augustine`);
  const stock = new StockLocator(page);
  const isThere = async (sku: string): Promise<boolean> => {
    const found = await availability(stack, sku, { first: OWN });
    return found.total > 1 && /in_stock|low/.test(found.items[0]!.items[0]!.availability);
  };
  const all = await variants(stack);
  const there = await Promise.all(all.map(({ sku }) => isThere(sku)));
  const { size, colour } = all[there.indexOf(true)]!;
  await stock.button(colour!).click();
  await stock.button(size!).click();
  await stock.ready();
  const names = await stock.names();
  expect(names[0]).toBe("Lormelle Guérande");
  expect(names.length).toBeGreaterThan(1);
  expect(await stock.reserve()).toBe("Lormelle Guérande");
  await stock.fill(somebody());
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();
  await expect(stock.panel.getByRole("status")).toContainText("Lormelle Guérande");
});
