// New requests are noticed: polling, the title, the sound, notifications.
import type { Page } from "@playwright/test";
import { pass, within } from "../support/clock.ts";
import { expect, test } from "../support/console.ts";

/** Counts the notes that are played, and the notifications that are shown. */
async function listen(page: Page): Promise<() => Promise<{ notes: number; shown: string[] }>> {
  await page.addInitScript(() => {
    const heard = { notes: 0, shown: [] as string[] };
    Object.assign(window, { heard });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when?: number) {
      heard.notes++;
      start.call(this, when);
    };
    class Shown {
      static permission = "default";
      static requestPermission = async () => (Shown.permission = "granted");
      constructor(title: string) {
        heard.shown.push(title);
      }
    }
    Object.assign(window, { Notification: Shown });
  });
  return () => page.evaluate(() => (window as unknown as { heard: { notes: number; shown: string[] } }).heard);
}

async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden ? "hidden" : "visible");
}

test("asked for every five seconds, every thirty when hidden, and unchanged lists are not sent again", async ({ page, room, desk }) => {
  await page.clock.install();
  desk.add("a", "ready");
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  const asked = async (seconds: number): Promise<number> => {
    const before = desk.asked.length;
    await pass(page, seconds);
    return desk.asked.length - before;
  };
  expect(await asked(20)).toBeGreaterThanOrEqual(3);
  expect(desk.asked.slice(1).every((one) => one.same)).toBe(true);
  await hide(page, true);
  expect(await asked(29)).toBeLessThanOrEqual(1);
  expect(await asked(32)).toBeLessThanOrEqual(2);
  const before = desk.asked.length;
  await hide(page, false);
  await expect.poll(() => desk.asked.length).toBe(before + 1);
});

test("a new request is heard, counted and announced; the first list is not", async ({ page, room, desk }) => {
  const heard = await listen(page);
  await page.clock.install();
  desk.add("a", "requested");
  await room.enter();
  await expect(page).toHaveTitle(/^\(1\) /);
  expect((await heard()).notes).toBe(0);
  desk.add("b", "requested");
  await within(page, 15, async () => (await page.title()).startsWith("(2) "));
  await expect(page.getByRole("status").getByText("1 new request")).toBeAttached();
  expect((await heard()).notes).toBe(3);

  await page.getByRole("button", { name: "Sound for new requests" }).click();
  await expect(page.getByRole("button", { name: "Sound for new requests" })).toHaveAttribute("aria-pressed", "false");
  desk.add("c", "requested");
  await within(page, 15, async () => (await page.title()).startsWith("(3) "));
  expect((await heard()).notes).toBe(3);
  await page.reload();
  await expect(page.getByRole("button", { name: "Sound for new requests" })).toHaveAttribute("aria-pressed", "false");
});

test("no sound before the page was touched", async ({ page, room, desk }) => {
  const heard = await listen(page);
  await room.enter();
  await page.clock.install();
  await page.reload();
  await expect(page.getByText("Nothing to do")).toBeVisible();
  await expect(page.getByText("Tap for sound")).toBeVisible();
  desk.add("a", "requested");
  await within(page, 15, () => room.card("a").isVisible());
  expect((await heard()).notes).toBe(0);
  await page.mouse.click(5, 400);
  await expect(page.getByText("Sound on")).toBeVisible();
});

test("notifications are asked for on a tap only, and shown when the page is not seen", async ({ page, room, desk }) => {
  const heard = await listen(page);
  await page.clock.install();
  await room.enter();
  await room.menu.click();
  await page.getByRole("button", { name: "Show notifications" }).click();
  await expect.poll(async () => (await heard()).shown).toEqual(["New requests will be shown here"]);
  await expect(page.getByRole("button", { name: "Show notifications" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(room.menu).toBeFocused();
  await hide(page, true);
  desk.add("a", "requested");
  await within(page, 60, async () => (await heard()).shown.length > 1);
  expect((await heard()).shown).toEqual(["New requests will be shown here", "1 new request"]);
});
