// The room of the stock: found by what is typed or scanned, looked at, counted; on a network that comes and goes.
import type { Page } from "@playwright/test";
import { within } from "../support/clock.ts";
import { expect, test, type Console } from "../support/console.ts";
import type { Desk } from "../support/desk.ts";

const GTIN = "3760000000017";

function shelf(desk: Desk): void {
  desk.products = [
    {
      id: "ALBA",
      name: "Alba jumper",
      brand: "Lormelle",
      variants: [
        { sku: "ALBA-S", size: "S", colour: "Sage", here: desk.figures(4, { reserved: 1 }) },
        { sku: "ALBA-M", size: "M", colour: "Sage", gtin: GTIN, here: desk.figures(1, { on_order: 3, expected_on: "2026-12-04" }) },
        { sku: "ALBA-L", size: "L", colour: "Navy" },
      ],
    },
    { id: "ORME", name: "Orme shirt", variants: [{ sku: "ORME-40", size: "40", here: desk.figures(0) }] },
  ];
  desk.elsewhere = [
    { code: "FR-ANG", name: "Lormelle Angers", distance_m: 79_000, phone: "+33 2 41 00 00 00", figures: desk.figures(3) },
    { code: "WEB", name: "Web stock", warehouse: true, figures: desk.figures(120) },
  ];
}

async function open(page: Page, room: Console, desk: Desk): Promise<void> {
  shelf(desk);
  await room.enter();
  await page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: "Stock" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Stock" })).toBeFocused();
}

async function search(page: Page, typed: string): Promise<void> {
  await page.getByRole("searchbox").fill(typed);
  await page.getByRole("searchbox").press("Enter");
}

const size = (page: Page, name: string) => page.locator(".size").filter({ hasText: new RegExp(`^${name}\\d|^${name}\\?`) });
const figure = (page: Page, name: string) => page.locator(".figure").filter({ hasText: name }).locator("dd");

test("found by its name, by colour and size, with what can be promised", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await expect(page).toHaveTitle("Stock · Lormelle Nantes");
  await search(page, "alba");
  await expect(page.locator(".product")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "S · Sage · 3 available" })).toBeVisible();
  await expect(page.getByRole("button", { name: "L · Navy · never counted" })).toBeVisible();
  await page.getByRole("button", { name: "M · Sage · 1 available" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Alba jumper" }).last()).toBeFocused();
  for (const [name, value] of [["Available", "1"], ["On hand", "1"], ["Reserved", "0"], ["On order", "3"]] as const) {
    await expect(figure(page, name)).toHaveText(value);
  }
  const look = page.locator(".look");
  for (const text of ["Size M · Sage", "SKU ALBA-M", GTIN, "€89.00", "Expected on", "12 min", "from the stock feed", "Lormelle Angers", "49 mi", "3 available", "Web stock", "Warehouse", "120 available"]) {
    await expect(look).toContainText(text);
  }
  await expect(look.getByRole("link", { name: "Call Lormelle Angers" })).toHaveAttribute("href", "tel:+33241000000");
  await search(page, "xyz");
  await expect(page.getByText("Nothing found for “xyz”")).toBeVisible();
});

test("looked for before it is known which stores there are: found when it is", async ({ page, room, desk }) => {
  shelf(desk);
  await room.enter();
  let go = (): void => {};
  const known = new Promise<void>((done) => (go = done));
  await page.route("**/admin/v1/stores", async (route) => {
    await known;
    await route.fallback();
  });
  await page.goto("about:blank");
  await page.goto(`${room.url}#stock`);
  await search(page, "alba");
  await expect(page.locator(".loading")).toBeVisible();
  go();
  await expect(page.locator(".size")).toHaveCount(3);
});

test("a barcode leads to the very size, and back", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await search(page, GTIN);
  await expect(page.locator(".look")).toContainText("SKU ALBA-M");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.locator(".finds")).toBeHidden();
  await page.getByRole("button", { name: "Back to the list" }).click();
  await expect(size(page, "M")).toBeFocused();
  await page.goBack();
  await expect(room.heading).toBeFocused();
});

test("counted by the keyboard alone", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await search(page, "alba");
  await size(page, "S").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Correct the count" }).focus();
  await page.keyboard.press("Enter");
  const count = page.getByLabel("Pieces in the store");
  await expect(count).toBeFocused();
  await expect(count).toHaveValue("4");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(count).toHaveValue("6");
  await page.getByLabel("Found").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(figure(page, "On hand")).toHaveText("6");
  await expect(figure(page, "Available")).toHaveText("5");
  await expect(page.getByRole("button", { name: "Correct the count" })).toBeFocused();
  await expect(page.locator(".pending")).toHaveCount(0);
  await expect(page.locator(".look")).toContainText("counted by staff");
  await expect(size(page, "S")).toContainText("5");
  expect(desk.counts).toMatchObject([{ store_code: "FR-NTE", sku: "ALBA-S", on_hand: 6, reason: "found", seen: { on_hand: 4 } }]);
});

test("what is no number of pieces is said, and nothing is sent", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await search(page, "ALBA-S");
  await page.getByRole("button", { name: "Correct the count" }).click();
  const count = page.getByLabel("Pieces in the store");
  for (const typed of ["-1", "1e18", "", "999999999", "two"]) {
    await count.fill(typed);
    await count.press("Enter");
    await expect(page.locator("#count-error")).toHaveText("Type a whole number from 0 to 1,000,000.");
    await expect(page.locator("#why-error")).toHaveText("Choose a reason.");
    await expect(count).toBeFocused();
    await expect(count).toHaveValue(typed);
  }
  expect(desk.counts).toEqual([]);
});

test("without network a count waits, is said to wait, and is sent once", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await search(page, "ALBA-S");
  await expect(figure(page, "On hand")).toHaveText("4");
  desk.fault = "offline";
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Correct the count" }).click();
  await page.getByLabel("Pieces in the store").fill("2");
  await page.getByLabel("Missing").check();
  await page.getByRole("button", { name: "Save the count" }).click();
  await expect(page.locator(".look .pending")).toContainText("You counted 2. Will be sent when the network is back");
  await expect(room.banner).toContainText("1 action will be sent");
  await search(page, "orme");
  await expect(page.getByRole("alert").filter({ hasText: "No connection. Stock is looked up on the server" })).toBeVisible();
  desk.fault = undefined;
  await page.context().setOffline(false);
  await expect.poll(() => desk.counts.length).toBe(1);
  await expect(room.banner).toHaveCount(0);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(size(page, "40")).toBeVisible();
  expect(desk.counts[0]).toMatchObject({ on_hand: 2, reason: "missing" });
});

test("an answer that was lost: counted once", async ({ page, room, desk }) => {
  await page.clock.install();
  await open(page, room, desk);
  await search(page, "ALBA-S");
  await page.getByRole("button", { name: "Correct the count" }).click();
  desk.fault = "lost";
  await page.getByLabel("Pieces in the store").fill("9");
  await page.getByLabel("Shelf counted").check();
  await page.getByRole("button", { name: "Save the count" }).click();
  await expect.poll(() => desk.counts.length).toBe(1);
  await expect(page.locator(".look .pending")).toContainText("Will be sent");
  desk.fault = undefined;
  await within(page, 10, () => desk.counts.length === 2);
  await expect(page.locator(".look .pending")).toHaveCount(0);
  expect(desk.counts.map(({ id }) => id)).toEqual([desk.counts[0]!.id, desk.counts[0]!.id]);
  await expect(figure(page, "On hand")).toHaveText("9");
});

test("somebody else has counted meanwhile: said, and the figure of now is shown", async ({ page, room, desk }) => {
  await open(page, room, desk);
  await search(page, "ALBA-S");
  await page.getByRole("button", { name: "Correct the count" }).click();
  desk.products[0]!.variants[0]!.here = desk.figures(7, { source: "count", based_at: Date.now() });
  await page.getByLabel("Pieces in the store").fill("3");
  await page.getByLabel("Missing").check();
  await page.getByRole("button", { name: "Save the count" }).click();
  await expect(room.notices).toContainText("A count was not saved");
  await expect(room.notices).toContainText("SKU ALBA-S — somebody has counted it since you looked");
  await expect(figure(page, "On hand")).toHaveText("7");
});

test("a label is read by the camera", async ({ page, room, desk }) => {
  await page.addInitScript((code) => {
    Object.assign(window, { BarcodeDetector: class { detect = async () => [{ rawValue: code }]; } });
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement("canvas");
      canvas.getContext("2d")!.fillRect(0, 0, 9, 9);
      return canvas.captureStream(5);
    };
  }, GTIN);
  await open(page, room, desk);
  await page.getByRole("button", { name: "Scan" }).click();
  await expect(page.locator(".look")).toContainText("SKU ALBA-M");
  await expect(page.getByRole("searchbox")).toHaveValue(GTIN);
  await expect(room.dialog).toHaveCount(0);
});

test("the search stays when the store is another", async ({ page, room, desk }) => {
  desk.stores.push({ code: "FR-PAR", name: "Lormelle Paris", time_zone: "Europe/Paris" });
  await open(page, room, desk);
  await search(page, "alba");
  await expect(page.locator(".product")).toHaveCount(1);
  const asked = page.waitForRequest((request) => request.url().includes("/admin/v1/stock?store=FR-PAR&q=alba"));
  await page.getByLabel("Store", { exact: true }).selectOption("Lormelle Paris");
  await asked;
  await expect(page.locator(".product")).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Stock" })).toBeVisible();
});
