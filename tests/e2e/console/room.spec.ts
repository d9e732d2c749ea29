// The room of reservations: what is shown, what can be done, and where the focus goes.
import { expect, test } from "../support/console.ts";
import { CODE } from "../support/desk.ts";

const MINUTE = 60_000;

test("a card says what, for whom, and where it stands", async ({ page, room, desk }) => {
  const now = Date.now();
  desk.add("later", "requested", { due_at: now + 20 * MINUTE });
  desk.add("urgent", "accepted", {
    paid: true,
    stores_asked: 3,
    due_at: now + 9 * MINUTE,
    items: [
      { sku: "SH-1", quantity: 2, name: "Orme shirt", size: "40", colour: "Navy", price: { amount: 6550, currency: "EUR" } },
      { sku: "BELT-7", quantity: 1, price: { amount: 4000, currency: "EUR" } },
    ],
    person: { name: "Léa Robin", phone: "+33 6 00 00 00 01" },
  });
  desk.add("yen", "ready", {
    due_at: now + 3 * 24 * 60 * MINUTE,
    items: [{ sku: "Y", quantity: 3, name: "Tabi", price: { amount: 1200, currency: "JPY" } }],
    person: undefined,
  });
  await room.enter();
  await expect(room.cards).toHaveCount(3);
  expect(await room.cards.evaluateAll((cards) => cards.map((card) => card.getAttribute("data-id")))).toEqual(["urgent", "later", "yen"]);
  const urgent = room.card("urgent");
  for (const text of ["To put aside", "Orme shirt", "Size 40 · Navy", "SKU SH-1", "× 2", "SKU BELT-7", "Paid online", "€171.00", "Léa Robin", "2 other stores were asked before", "9 min"]) {
    await expect(urgent).toContainText(text);
  }
  await expect(urgent.getByRole("link", { name: "Call Léa Robin" })).toHaveAttribute("href", "tel:+33600000001");
  await expect(urgent.getByRole("link", { name: /Email/ })).toHaveCount(0);
  await expect(room.card("later").getByRole("link", { name: "Email Camille Martin" })).toHaveAttribute("href", /^mailto:camille\.martin(@|%40)example\.com$/);
  await expect(room.card("yen")).toContainText("¥3,600");
  await expect(room.card("yen")).toContainText("3 days");
  await expect(room.card("yen")).toContainText("Name and contact have been erased");
  await expect(page.getByText("1 to answer · 1 to put aside · 1 ready")).toBeVisible();
});

test("what a warehouse sends: awaited by the store that hands it over, gone for the warehouse", async ({ page, room, desk }) => {
  const delivery = { from: "Web stock", to: "Lormelle Nantes" };
  desk.add("coming", "accepted", { delivery, due_at: Date.now() + 14 * 24 * 60 * MINUTE });
  desk.add("asked", "requested", { delivery: { ...delivery, to: "Lormelle Rennes" }, store_code: "FR-REN" });
  desk.add("sent", "accepted", { delivery: { ...delivery, to: "Lormelle Rennes" }, store_code: "FR-REN" });
  await room.enter();
  await expect(page.getByText("1 to answer · 2 on their way")).toBeVisible();
  const coming = room.card("coming");
  await expect(coming).toContainText("On its way from Web stock");
  await expect(coming, "nobody has to hurry").not.toContainText("days");
  await expect(coming.getByRole("button", { name: "Refuse" })).toHaveCount(0);
  await expect(room.card("asked")).toContainText("To be sent to Lormelle Rennes");
  await expect(room.card("sent")).toContainText("On its way to Lormelle Rennes");
  await expect(room.card("sent").getByRole("button", { name: /ready|arrived|Hand over/ })).toHaveCount(0);
  await room.button("asked", "Accept").click();
  await expect(room.card("asked")).toContainText("On its way to Lormelle Rennes");
  await room.button("coming", "It has arrived").click();
  await expect(coming.getByText("Ready", { exact: true })).toBeVisible();
  await expect(coming).toContainText("Sent by Web stock");
  await expect(room.button("coming", "Hand over")).toBeVisible();
  expect(desk.acted.map(({ id, action }) => [id, action])).toEqual([["asked", "accept"], ["coming", "mark_ready"]]);
});

test("from the request to the shopper, by the keyboard alone", async ({ page, room, desk }) => {
  desk.add("a", "requested");
  desk.add("b", "ready", { due_at: Date.now() + 300 * MINUTE });
  await room.enter();
  await room.button("a", "Accept").focus();
  await page.keyboard.press("Enter");
  await expect(room.card("a")).toContainText("To put aside");
  await expect(room.card("a").getByRole("heading")).toBeFocused();
  await room.button("a", "It is ready").focus();
  await page.keyboard.press("Space");
  await expect(room.card("a").getByText("Ready", { exact: true })).toBeVisible();
  await expect(page.getByRole("status").getByText("Ready: Camille Martin · Alba jumper")).toBeAttached();

  await room.button("a", "Hand over").focus();
  await page.keyboard.press("Enter");
  const code = room.dialog.getByLabel("Pickup code");
  await expect(code).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(room.dialog.getByRole("alert")).toHaveText("Type the code that the shopper shows.");
  await code.fill("A1B2C3");
  await page.keyboard.press("Enter");
  await expect(room.dialog.getByRole("alert")).toContainText("another reservation");
  await expect(code).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(room.dialog).toHaveCount(0);
  await expect(room.button("a", "Hand over")).toBeFocused();

  await page.keyboard.press("Enter");
  await code.fill(" k7m-2q x");
  await page.keyboard.press("Enter");
  await expect(room.card("a")).toHaveCount(0);
  expect(desk.acted.at(-1)).toEqual({ id: "a", action: "collect", pickup_code: CODE });
  await expect(room.heading).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Ended" })).toBeFocused();
  await expect(room.card("a")).toContainText("Handed over");
  await expect(room.card("a").getByRole("button")).toHaveCount(0);
});

test("refusing takes a reason, not coming a confirmation", async ({ page, room, desk }) => {
  desk.add("a", "requested");
  desk.add("b", "ready", { due_at: Date.now() + 60 * MINUTE });
  await room.enter();
  await room.button("a", "Refuse").click();
  await room.dialog.getByRole("button", { name: "Refuse" }).click();
  await expect(room.dialog.getByRole("alert")).toHaveText("Choose a reason.");
  expect(desk.acted).toEqual([]);
  await room.dialog.getByLabel("Sold in the meantime").check();
  await room.dialog.getByRole("button", { name: "Refuse" }).click();
  await expect(room.card("a")).toHaveCount(0);
  expect(desk.acted).toEqual([{ id: "a", action: "refuse", refusal: "sold" }]);
  await expect(room.card("b").getByRole("heading")).toBeFocused();

  await room.button("b", "Did not come").click();
  await room.dialog.getByRole("button", { name: "Go back" }).click();
  await expect(room.button("b", "Did not come")).toBeFocused();
  expect(desk.count("no_show")).toBe(0);
  await room.button("b", "Did not come").click();
  await room.dialog.getByRole("button", { name: "Nobody came" }).click();
  await expect(room.cards).toHaveCount(0);
  await expect(page.getByText("Nothing to do")).toBeVisible();
  await expect(room.heading).toBeFocused();
});

test("a code that the camera reads", async ({ page, room, desk }) => {
  await page.addInitScript((code) => {
    let looks = 0;
    Object.assign(window, {
      stopped: 0,
      BarcodeDetector: class {
        detect = async () => (++looks < 3 ? [] : [{ rawValue: code }]);
      },
    });
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement("canvas");
      canvas.getContext("2d")!.fillRect(0, 0, 9, 9);
      const stream = canvas.captureStream(5);
      for (const track of stream.getTracks()) {
        const stop = track.stop.bind(track);
        track.stop = () => {
          (window as unknown as { stopped: number }).stopped++;
          stop();
        };
      }
      return stream;
    };
  }, CODE.toLowerCase());
  desk.add("a", "ready");
  await room.enter();
  await room.button("a", "Hand over").click();
  await room.dialog.getByRole("button", { name: "Scan with the camera" }).click();
  await expect(room.card("a")).toHaveCount(0);
  expect(desk.acted).toEqual([{ id: "a", action: "collect", pickup_code: CODE }]);
  expect(await page.evaluate(() => (window as unknown as { stopped: number }).stopped)).toBe(1);
});

test("without a camera the code is typed", async ({ page, room, desk }) => {
  await page.addInitScript(() => {
    Object.assign(window, { BarcodeDetector: class {} });
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("no", "NotAllowedError");
    };
  });
  desk.add("a", "ready");
  await room.enter();
  await room.button("a", "Hand over").click();
  await room.dialog.getByRole("button", { name: "Scan with the camera" }).click();
  await expect(room.dialog.getByRole("alert")).toHaveText("The camera cannot be used. Type the code.");
  await expect(room.dialog.getByLabel("Pickup code")).toBeFocused();
});

test("one of several stores, remembered", async ({ page, room, desk }) => {
  desk.stores.push({ code: "FR-PAR", name: "Lormelle Paris", time_zone: "Europe/Paris" });
  desk.add("a", "requested");
  desk.add("b", "requested", { store_code: "FR-PAR" });
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  await page.getByLabel("Store").selectOption("Lormelle Paris");
  await expect(room.card("b")).toBeVisible();
  await expect(room.card("a")).toHaveCount(0);
  await page.reload();
  await expect(room.card("b")).toBeVisible();
  await expect(page.getByLabel("Store")).toHaveValue("FR-PAR");
});

test("times are those of the store's clock", async ({ page, room, desk }) => {
  desk.stores = [{ code: "FR-NTE", name: "Lormelle Nouméa", time_zone: "Pacific/Noumea" }];
  const due = Date.now() + 50 * MINUTE;
  desk.add("a", "requested", { due_at: due });
  await room.enter();
  const there = new Intl.DateTimeFormat("en-GB", { timeZone: "Pacific/Noumea", hour: "numeric", minute: "2-digit" }).format(due);
  await expect(room.card("a")).toContainText(there);
  await expect(page.getByText("Lormelle Nouméa")).toBeVisible();
});
