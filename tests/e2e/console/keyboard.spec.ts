// The store's half of a reservation with Tab, Space and Enter, on the real stack: signing in, accepting, putting aside, handing over,
// refusing with a reason.
import { PASSWORD, expect, test } from "../support/console.ts";
import { press, tabTo } from "../support/keys.ts";
import { KEY, type Stack } from "../support/stack.ts";

const SKU = "TEE-SHIRT-LEON-SAUGE-M";

interface Made {
  token: string;
  pickup_code: string;
  state: string;
  store_code: string;
}

async function reserve(stack: Stack, store: string, name: string): Promise<Made> {
  const response = await fetch(`${stack.api}/v1/reservations`, {
    method: "POST",
    headers: { "devanture-key": KEY, "idempotency-key": crypto.randomUUID(), "content-type": "application/json", origin: stack.shop },
    body: JSON.stringify({ store_code: store, items: [{ sku: SKU }], name, email: `${crypto.randomUUID()}@example.com`, locale: "en" }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as Made;
}

test("from sign-in to the code, and a refusal, with Tab, Space and Enter", async ({ page, room, stack }) => {
  type Found = { items: { store: { code: string }; items: { left?: number }[] }[] };
  const { items } = await stack.get<Found>("/v1/availability", { items: `${SKU}*2`, limit: "1" });
  const { code } = items[0]!.store;
  const login = `keys.${crypto.randomUUID()}@lormelle.example`;
  stack.addStaff({ login, name: "Alix Vendeur", role: "seller", password: PASSWORD, stores: [code] });
  const kept = await reserve(stack, code, "Iris Clavier");
  const refused = await reserve(stack, code, "Nour Clavier");

  await page.goto(room.url);
  await tabTo(page, page.getByLabel("Email address"));
  await page.keyboard.type(login);
  await tabTo(page, room.password);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(room.heading).toBeVisible();

  const card = room.cards.filter({ hasText: "Iris Clavier" });
  await press(page, card.getByRole("button", { name: "Accept" }));
  await expect(card.locator(".pending")).toHaveCount(0);
  await press(page, card.getByRole("button", { name: "It is ready" }));
  await expect(card.getByText("Ready", { exact: true })).toBeVisible();
  await expect(card.locator(".pending")).toHaveCount(0);
  await press(page, card.getByRole("button", { name: "Hand over" }));
  await expect(room.dialog.getByLabel("Pickup code")).toBeFocused();
  await page.keyboard.type(kept.pickup_code);
  await page.keyboard.press("Enter");
  await expect(card).toHaveCount(0);
  expect((await stack.get<Made>(`/v1/reservations/${kept.token}`)).state).toBe("collected");

  const other = room.cards.filter({ hasText: "Nour Clavier" });
  await press(page, other.getByRole("button", { name: "Refuse" }));
  const reason = room.dialog.getByLabel("Sold in the meantime");
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(room.dialog.getByRole("radio").first()).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press("Space");
  for (let at = 0; !(await reason.isChecked()) && at < 10; at++) await page.keyboard.press("ArrowDown");
  await expect(reason).toBeChecked();
  await press(page, room.dialog.getByRole("button", { name: "Refuse" }));
  await expect(other).toHaveCount(0);
  // The next store is asked, or nobody has it.
  const now = await stack.get<Made>(`/v1/reservations/${refused.token}`);
  expect(now.store_code !== code || now.state === "refused").toBe(true);
});
