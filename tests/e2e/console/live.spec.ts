// The server tells by itself what has changed, on the real stack; where it cannot, the list is polled.
import type { Page } from "@playwright/test";
import { within } from "../support/clock.ts";
import { Console, PASSWORD, expect, test } from "../support/console.ts";
import { KEY, type Stack } from "../support/stack.ts";

const SKU = "TEE-SHIRT-LEON-SAUGE-M";

async function somewhere(stack: Stack): Promise<{ code: string; name: string }> {
  const { items } = await stack.get<{ items: { store: { code: string; name: string } }[] }>("/v1/availability", { items: SKU, limit: "1" });
  return items[0]!.store;
}

async function reserve(stack: Stack, store: string, name: string): Promise<void> {
  const response = await fetch(`${stack.api}/v1/reservations`, {
    method: "POST",
    headers: { "devanture-key": KEY, "idempotency-key": crypto.randomUUID(), "content-type": "application/json", origin: stack.shop },
    body: JSON.stringify({ store_code: store, items: [{ sku: SKU }], name, email: `${name.toLowerCase()}@example.com`, locale: "fr" }),
  });
  expect(response.status, await response.text()).toBe(201);
}

/** A page whose clock stands still: nothing is polled. */
async function enter(page: Page, stack: Stack, store: string): Promise<Console> {
  const room = new Console(page, stack);
  const login = `live.${crypto.randomUUID()}@lormelle.example`;
  stack.addStaff({ login, name: "Alix Vendeur", role: "seller", password: PASSWORD, stores: [store] });
  await page.clock.install();
  await room.enter(login);
  return room;
}

const sign = (page: Page) => page.locator(".sign");

test("a request is there without being asked for", async ({ browser, stack }) => {
  const page = await browser.newPage({ locale: "en-GB" });
  const { code } = await somewhere(stack);
  const room = await enter(page, stack, code);
  await expect(sign(page)).toHaveText("Live");
  await page.clock.pauseAt(Date.now() + 1_000);
  await reserve(stack, code, "Lou");
  await expect(room.cards.filter({ hasText: "Lou" })).toBeVisible();
  await expect(page).toHaveTitle(/^\(1\)/);
  await page.close();
});

test("without a stream it is polled, and the stream is tried again", async ({ browser, stack }) => {
  const page = await browser.newPage({ locale: "en-GB" });
  const { code } = await somewhere(stack);
  let tries = 0;
  let cut = true;
  await page.route("**/admin/v1/events**", (route) => (cut ? (tries++, route.abort("connectionreset")) : route.continue()));
  const room = await enter(page, stack, code);
  await expect(sign(page)).toHaveText("Every few seconds");
  await reserve(stack, code, "Max");
  await within(page, 15, () => room.cards.filter({ hasText: "Max" }).isVisible());
  await within(page, 10, () => tries >= 2);
  cut = false;
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(sign(page)).toHaveText("Live");
  await page.context().setOffline(true);
  await expect(sign(page)).toHaveText("Offline");
  await page.context().setOffline(false);
  await expect(sign(page)).toHaveText("Live");
  await page.close();
});

test("a stream that says nothing is given up", async ({ page, room, desk }) => {
  await page.clock.install();
  desk.streams = true;
  let asked = 0;
  await page.route("**/admin/v1/events**", (route) => {
    asked++;
    // The head of an answer that a proxy keeps the rest of.
    return route.fulfill({ contentType: "text/event-stream", body: ": \n\n" });
  });
  await room.enter();
  await expect.poll(() => asked).toBe(1);
  await expect(sign(page)).toHaveText("Every few seconds");
  const before = desk.asked.length;
  await within(page, 15, () => desk.asked.length > before);
});
