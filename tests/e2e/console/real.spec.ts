// A shopper reserves by the API, and the store answers in the console: nothing here is played.
import { LOGIN, PASSWORD, Console, expect, test } from "../support/console.ts";
import { KEY, type Stack } from "../support/stack.ts";
import { availability, element, somebody, stocked, StockLocator, variants, type Variant } from "../support/stock.ts";

const SKU = "TEE-SHIRT-LEON-SAUGE-S";

interface Made {
  token: string;
  pickup_code: string;
  state: string;
}

/** Reserves one piece in the first store that has it. */
async function reserve(stack: Stack, name: string): Promise<Made & { store: string }> {
  const { items } = await stack.get<{ items: { store: { code: string; name: string } }[] }>("/v1/availability", { items: SKU, limit: "1" });
  const { code, name: store } = items[0]!.store;
  const response = await fetch(`${stack.api}/v1/reservations`, {
    method: "POST",
    headers: { "devanture-key": KEY, "idempotency-key": crypto.randomUUID(), "content-type": "application/json", origin: stack.shop },
    body: JSON.stringify({ store_code: code, items: [{ sku: SKU }], name, email: "iris.petit@example.com", locale: "fr" }),
  });
  const text = await response.text();
  expect(response.status, text).toBe(201);
  return { ...(JSON.parse(text) as Made), store };
}

test("reserved, accepted, put aside, handed over", async ({ browser, stack }) => {
  const page = await browser.newPage();
  const room = new Console(page, stack);
  const made = await reserve(stack, "Iris Petit");
  await page.goto(room.url);
  await room.fillSignIn(LOGIN, PASSWORD);
  await page.getByLabel("Store").selectOption(made.store);
  const card = room.cards.filter({ hasText: "Iris Petit" });
  await expect(card.getByText("To answer")).toBeVisible();
  await expect(card).toContainText(`SKU ${SKU}`);
  await card.getByRole("button", { name: "Accept" }).click();
  await expect(card.locator(".pending")).toHaveCount(0);
  await card.getByRole("button", { name: "It is ready" }).click();
  await expect(card.getByText("Ready", { exact: true })).toBeVisible();
  await expect(card.locator(".pending")).toHaveCount(0);

  await card.getByRole("button", { name: "Hand over" }).click();
  const code = room.dialog.getByLabel("Pickup code");
  await code.fill("AAAA-0000");
  await code.press("Enter");
  await expect(room.dialog.getByRole("alert")).toContainText("another reservation");
  await code.fill(` ${made.pickup_code.toLowerCase()} `);
  await code.press("Enter");
  await expect(card).toHaveCount(0);
  const now = await stack.get<Made>(`/v1/reservations/${made.token}`);
  expect(now.state).toBe("collected");
  await page.close();
});

test("counted to nothing, and ordered for the customer from the next store, which answers", async ({ browser, stack }) => {
  const sku = "TEE-SHIRT-LEON-SAUGE-L";
  type Found = { items: { store: { code: string; name: string }; items: { availability: string }[] }[] };
  const { items } = await stack.get<Found>("/v1/availability", { items: sku, limit: "2" });
  const [here, there] = [items[0]!.store, items[1]!.store];
  const login = `real.${crypto.randomUUID()}@lormelle.example`;
  stack.addStaff({ login, name: "Alix Vendeur", role: "seller", password: PASSWORD, stores: [here.code] });
  const page = await browser.newPage({ locale: "en-GB" });
  const room = new Console(page, stack);
  await page.goto(`${room.url}#stock`);
  await room.fillSignIn(login, PASSWORD);
  await page.getByRole("searchbox").fill("tee-shirt LÉON");
  await page.getByRole("searchbox").press("Enter");
  await page.locator(`[id="v-${sku}"]`).click();
  await page.getByRole("button", { name: "Correct the count" }).click();
  await page.getByLabel("Pieces in the store").fill("0");
  await page.getByLabel("Missing").check();
  await page.getByRole("button", { name: "Save the count" }).click();
  await expect(page.locator(".figure").filter({ hasText: "On hand" }).locator("dd")).toHaveText("0");
  await expect(page.locator(".look .pending")).toHaveCount(0);
  await expect(page.locator(".look")).toContainText("counted by staff");
  const after = await stack.get<Found>("/v1/availability", { items: sku, first: here.code, limit: "1" });
  expect(after.items[0]!.store.code).toBe(here.code);
  expect(["out", "to_order"]).toContain(after.items[0]!.items[0]!.availability);

  await page.locator(".place").filter({ hasText: there.name }).getByRole("button", { name: "Order" }).click();
  await room.dialog.getByLabel("Customer’s name").fill("Nour Simon");
  await room.dialog.getByLabel("Phone number").fill("06 98 76 54 32");
  await room.dialog.getByLabel("The customer knows").check();
  await room.dialog.getByRole("button", { name: "Order", exact: true }).click();
  const code = (await room.dialog.locator(".order-code").textContent())!;
  await page.close();

  const office = await browser.newPage({ locale: "en-GB" });
  const their = new Console(office, stack);
  await office.goto(their.url);
  await their.fillSignIn(LOGIN, PASSWORD);
  await office.getByLabel("Store", { exact: true }).selectOption(there.name);
  const card = their.cards.filter({ hasText: "Nour Simon" });
  await card.getByRole("button", { name: "Accept" }).click();
  await expect(card.locator(".pending")).toHaveCount(0);
  await card.getByRole("button", { name: "Hand over" }).click();
  await their.dialog.getByLabel("Pickup code").fill(code);
  await office.keyboard.press("Enter");
  await expect(card).toHaveCount(0);
  await office.close();
});

test("refused with something like it, which the shopper takes", async ({ browser, stack }) => {
  const shopper = await browser.newPage();
  const { sku } = await stocked(stack);
  await shopper.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(shopper);
  await stock.ready();
  const store = await stock.reserve();
  const person = somebody();
  await stock.fill({ ...person, name: "Ysé Perrin" });
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();

  const { code } = (await availability(stack, sku)).items.find((one) => one.store.name === store)!.store;
  const inStock = async (other: string): Promise<boolean> =>
    /in_stock|low/.test((await availability(stack, other, { first: code })).items[0]!.items[0]!.availability);
  let other: Variant | undefined;
  for (const variant of await variants(stack)) {
    if (variant.sku !== sku && (await inStock(variant.sku))) other ??= variant;
  }

  const seller = await browser.newPage();
  const room = new Console(seller, stack);
  await seller.goto(room.url);
  await room.fillSignIn(LOGIN, PASSWORD);
  await seller.getByLabel("Store").selectOption(store);
  const card = room.cards.filter({ hasText: "Ysé Perrin" });
  await card.getByRole("button", { name: "Refuse" }).click();
  await room.dialog.getByLabel("Sold in the meantime").check();
  await room.dialog.getByLabel("Propose instead").fill(` ${other!.sku.toLowerCase()} `);
  await room.dialog.getByRole("button", { name: "Refuse" }).click();
  await expect(card).toHaveCount(0);
  await seller.close();

  // The page opens where it stood: at the reservation.
  await shopper.reload();
  const proposal = stock.panel.locator("[part=proposal]");
  await expect(proposal).toContainText(`· ${other!.size}`);
  await expect(proposal).toContainText("€");
  await proposal.getByRole("button", { name: "Take it" }).click();
  await expect(stock.panel.getByRole("status")).toHaveText(`${store} has it and is putting it aside.`);
  await expect(stock.code).toBeVisible();
  await expect(stock.panel.getByRole("heading", { level: 2 })).toBeFocused();
  await expect(stock.panel.getByRole("list")).toContainText(other!.size!);
  await shopper.close();
});
