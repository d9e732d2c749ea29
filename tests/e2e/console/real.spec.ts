// A shopper reserves by the API, and the store answers in the console: nothing here is played.
import { LOGIN, PASSWORD, Console, expect, test } from "../support/console.ts";
import { KEY, type Stack } from "../support/stack.ts";

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
