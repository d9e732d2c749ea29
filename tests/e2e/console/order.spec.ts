// What is not here is ordered from where it is, while the customer waits.
import type { Page } from "@playwright/test";
import { expect, test, type Console } from "../support/console.ts";
import type { Desk } from "../support/desk.ts";

async function open(page: Page, room: Console, desk: Desk): Promise<void> {
  desk.products = [{ id: "ALBA", name: "Alba jumper", variants: [{ sku: "ALBA-S", size: "S", here: desk.figures(0) }] }];
  desk.elsewhere = [
    { code: "FR-ANG", name: "Lormelle Angers", distance_m: 79_000, figures: desk.figures(2) },
    { code: "FR-PAR", name: "Lormelle Paris", distance_m: 340_000, figures: desk.figures(1, { reserved: 1 }) },
    { code: "WEB", name: "Web stock", warehouse: true, figures: desk.figures(120) },
  ];
  await room.enter();
  await page.goto(`${room.url}#stock`);
  await page.getByRole("searchbox").fill("ALBA-S");
  await page.getByRole("searchbox").press("Enter");
  await expect(page.locator(".place")).toHaveCount(3);
}

const place = (page: Page, name: string) => page.locator(".place").filter({ hasText: name });

test("by the keyboard alone, to the code that the customer gets", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await expect(place(page, "Lormelle Paris").getByRole("button", { name: "Order" })).toHaveCount(0);
  await place(page, "Lormelle Angers").getByRole("button", { name: "Order" }).focus();
  await page.keyboard.press("Enter");
  await expect(room.dialog).toContainText("Lormelle Angers is asked to put it aside.");
  const alert = room.dialog.locator(".error");
  const field = (name: string) => room.dialog.getByLabel(name);
  await field("Customer’s name").focus();
  await page.keyboard.press("Enter");
  await expect(alert).toHaveText("Type the customer’s name.");
  await expect(field("Customer’s name")).toBeFocused();
  await page.keyboard.type("Iris Petit");
  await page.keyboard.press("Enter");
  await expect(alert).toHaveText("Type a phone number or an email address.");
  await expect(field("Phone number")).toBeFocused();
  await page.keyboard.type("06 12 34 56 78");
  await page.keyboard.press("Enter");
  await expect(alert).toHaveText("Read the line to the customer, and tick it if they agree.");
  await page.keyboard.press("Space");
  await expect(field("How many")).toHaveValue("1");
  await field("How many").selectOption("2 pieces");
  await field("Customer’s name").press("Enter");
  await expect(room.dialog.getByRole("heading", { name: "Ordered" })).toBeVisible();
  await expect(room.dialog.locator(".order-code")).toHaveText("K7M2 QX8P");
  await expect(room.dialog).toContainText(/Lormelle Angers answers by .*\d:\d\d/);
  await expect(room.dialog).toContainText("If it says yes, it can be fetched there from");
  await page.keyboard.press("Escape");
  await expect(room.dialog).toHaveCount(0);
  await expect(place(page, "Lormelle Angers").getByRole("button", { name: "Order" })).toBeFocused();
  expect(desk.orders.map(({ order }) => order)).toEqual([
    { store_code: "FR-NTE", from: "FR-ANG", sku: "ALBA-S", quantity: 2, name: "Iris Petit", phone: "06 12 34 56 78", locale: "en", consent: true },
  ]);
});

async function fill(room: Console): Promise<void> {
  await room.dialog.getByLabel("Customer’s name").fill("Iris Petit");
  await room.dialog.getByLabel("Email address").fill("iris@example.com");
  await room.dialog.getByLabel("The customer knows").check();
  await room.dialog.getByRole("button", { name: "Order", exact: true }).click();
}

test("an answer that was lost: ordered again, by the same key", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await place(page, "Web stock").getByRole("button", { name: "Order" }).click();
  desk.fault = "lost";
  await fill(room);
  await expect(room.dialog.getByRole("alert").filter({ hasText: "No connection: nothing was ordered." })).toBeFocused();
  await expect(room.dialog.getByLabel("Customer’s name")).toHaveValue("Iris Petit");
  desk.fault = undefined;
  await room.dialog.getByRole("button", { name: "Order", exact: true }).click();
  await expect(room.dialog.locator(".order-code")).toBeVisible();
  expect(desk.orders).toHaveLength(2);
  expect(desk.orders[0]!.key).toBe(desk.orders[1]!.key);
  // Nothing about the customer stays in the browser.
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toMatch(/Iris|example\.com/);
});

test("why not, in words for the customer", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await place(page, "Lormelle Angers").getByRole("button", { name: "Order" }).click();
  for (const [status, code, words] of [
    [409, "not_enough", "Lormelle Angers does not have so many any more."],
    [403, "too_many_open", "as many reservations open as the shop allows"],
    [403, "too_many_missed", "did not come for several reservations"],
    [400, "invalid_input", "Check the name, the phone number and the email address."],
  ] as const) {
    desk.refuses = { status, code };
    await fill(room);
    await expect(room.dialog.getByRole("alert").filter({ hasText: words })).toBeFocused();
  }
});
