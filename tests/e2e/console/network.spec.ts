// A stock room's network: what is done is kept, sent once it can be, has its effect once, and is explained if it has none.
import type { Page } from "@playwright/test";
import { pass, within } from "../support/clock.ts";
import { COLLEAGUE, expect, test } from "../support/console.ts";
import { CODE, type Desk } from "../support/desk.ts";

async function cut(page: Page, desk: Desk, off: boolean): Promise<void> {
  desk.fault = off ? "offline" : undefined;
  await page.context().setOffline(off);
}

const kept = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

test("offline, actions wait in their order and are sent when the network is back", async ({ page, room, desk }) => {
  desk.add("a", "requested");
  desk.add("b", "ready");
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  await cut(page, desk, true);
  await expect(room.banner).toContainText(/^No network\. The list is as of \d{1,2}:\d\d\.$/);
  await room.button("a", "Accept").click();
  await expect(room.card("a")).toContainText("Will be sent when the network is back");
  await room.button("a", "It is ready").click();
  await room.button("b", "Hand over").click();
  await expect(room.dialog).toContainText("No network: the code is checked once it is back.");
  await room.dialog.getByLabel("Pickup code").fill(CODE);
  await page.keyboard.press("Enter");
  await expect(room.dialog).toHaveCount(0);
  await expect(room.card("b")).toContainText("Handed over");
  await expect(room.banner).toContainText("3 actions will be sent");
  const stored = await kept(page);
  expect(stored).toContain("accept");
  expect(stored).not.toMatch(/Camille|Martin|example\.com|06 12|Alba/);
  expect(desk.acted).toEqual([]);

  await cut(page, desk, false);
  await expect(room.banner).toHaveCount(0);
  await expect(room.card("b")).toHaveCount(0);
  await expect(room.card("a").getByText("Ready", { exact: true })).toBeVisible();
  expect(desk.acted.map(({ id, action }) => `${id} ${action}`)).toEqual(["a accept", "a mark_ready", "b collect"]);
  expect(await kept(page)).not.toContain("accept");
});

test("a page that is loaded again sends what it had not sent", async ({ page, room, desk }) => {
  desk.add("a", "requested");
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  desk.fault = "busy";
  await room.button("a", "Accept").click();
  await expect(room.card("a")).toContainText("Will be sent when the network is back");
  desk.fault = undefined;
  await page.reload();
  await expect(room.card("a").getByRole("button", { name: "It is ready" })).toBeVisible();
  await expect.poll(() => desk.get("a").state).toBe("accepted");
  await expect(room.card("a").locator(".pending")).toHaveCount(0);
});

test("an answer that was lost: sent twice, done once", async ({ page, room, desk }) => {
  await page.clock.install();
  desk.add("a", "requested");
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  desk.fault = "lost";
  await room.button("a", "Accept").click();
  await expect.poll(() => desk.count("accept")).toBe(1);
  await expect(room.card("a")).toContainText("Will be sent when the network is back");
  const changed = desk.get("a").changed_at;
  desk.fault = undefined;
  await within(page, 10, () => desk.count("accept") === 2);
  await expect(room.card("a").locator(".pending")).toHaveCount(0);
  expect(desk.count("accept")).toBe(2);
  expect(desk.get("a")).toMatchObject({ state: "accepted", changed_at: changed });
  await expect(room.notices).toHaveCount(0);
});

test("one tap too many is one action", async ({ room, desk }) => {
  desk.add("a", "requested");
  await room.enter();
  let letGo = (): void => {};
  desk.gate = new Promise((done) => (letGo = done));
  await room.button("a", "Accept").click();
  await expect(room.card("a")).toContainText("Sending…");
  await expect(room.button("a", "Accept")).toHaveCount(0);
  letGo();
  await expect(room.card("a").locator(".pending")).toHaveCount(0);
  expect(desk.count("accept")).toBe(1);
});

test("what the server refuses is explained, with where it stands now", async ({ page, room, desk }) => {
  desk.add("a", "requested");
  desk.add("b", "ready");
  desk.add("c", "requested");
  await room.enter();
  await expect(room.cards).toHaveCount(3);
  desk.get("a").state = "passed_on";
  await room.button("a", "Accept").click();
  await expect(room.notices.first()).toContainText("This could not be accepted");
  await expect(room.notices.first()).toContainText("Camille Martin · Alba jumper — it stands now at: Passed to another store");
  await expect(room.card("a")).toHaveCount(0);
  await room.notices.first().getByRole("button", { name: "Dismiss" }).click();
  await expect(room.notices).toHaveCount(0);
  await expect(room.heading).toBeFocused();

  desk.reservations = desk.reservations.filter((known) => known.id !== "c");
  await room.button("c", "Accept").click();
  await expect(room.notices).toContainText("it is not in your stores any more");
  // A code that turns out wrong only after the dialog was closed.
  await cut(page, desk, true);
  await room.button("b", "Hand over").click();
  await room.dialog.getByLabel("Pickup code").fill("WRONG1");
  await page.keyboard.press("Enter");
  await cut(page, desk, false);
  await expect(room.notices.last()).toContainText("the pickup code belongs to another reservation");
  await expect(room.card("b").getByText("Ready", { exact: true })).toBeVisible();
});

test("a server that does not answer is asked less and less often", async ({ page, room, desk }) => {
  await page.clock.install();
  desk.add("a", "requested", { due_at: Date.now() + 3_600_000 });
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  desk.fault = "busy";
  await within(page, 15, () => room.banner.isVisible());
  await expect(room.banner).toContainText(/^The server does not answer\. The list is as of \d{1,2}:\d\d\.$/);
  await expect(room.card("a")).toBeVisible();
  let asked = 0;
  page.on("request", (request) => (asked += Number(request.url().includes("/admin/v1/reservations"))));
  await pass(page, 60);
  expect(asked).toBeLessThanOrEqual(4);
  expect(asked).toBeGreaterThanOrEqual(1);
  desk.fault = undefined;
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect(room.banner).toHaveCount(0);
});

test("a session that ends leads to sign-in and loses nothing", async ({ page, room, desk, context }) => {
  desk.add("a", "requested");
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  desk.fault = "signed_out";
  await context.clearCookies();
  await room.button("a", "Accept").click();
  await expect(page.getByText("Your session has ended.")).toBeVisible();
  await expect(page.getByText("1 action is kept here")).toBeVisible();
  await expect(page.getByText("Camille Martin")).toHaveCount(0);
  desk.fault = undefined;
  await room.fillSignIn();
  await expect(room.card("a").getByRole("button", { name: "It is ready" })).toBeVisible();
  await expect.poll(() => desk.acted).toEqual([{ id: "a", action: "accept" }]);
});

test("what one has done is not sent in another's name", async ({ page, room, desk, context }) => {
  desk.add("a", "requested");
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  desk.fault = "signed_out";
  await context.clearCookies();
  await room.button("a", "Accept").click();
  await expect(page.getByText("1 action is kept here")).toBeVisible();
  desk.fault = undefined;
  await room.fillSignIn(COLLEAGUE);
  await expect(room.notices).toContainText("1 action of a colleague was not sent");
  await expect(room.button("a", "Accept")).toBeVisible();
  expect(desk.acted).toEqual([]);
});

test("signing out asks before it loses anything, and takes the network", async ({ page, room, desk }) => {
  desk.add("a", "requested");
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  await cut(page, desk, true);
  await room.button("a", "Accept").click();
  await room.signOut();
  await expect(room.dialog).toContainText("1 action has not reached the server. It will be lost.");
  await room.dialog.getByRole("button", { name: "Sign out and lose them" }).click();
  await expect(room.notices).toContainText("You are still signed in");
  await cut(page, desk, false);
  await expect.poll(() => desk.get("a").state).toBe("accepted");
  await room.signOut();
  await expect(room.password).toBeVisible();
  expect(await kept(page)).not.toContain("accept");
});
