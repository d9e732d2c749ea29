// An appointment with an adviser: from a free time to the calendar file.
import { readFile } from "node:fs/promises";
import { plainTimes } from "../support/hours.ts";
import { hold, StoreLocator } from "../support/locator.ts";
import { expect, test, type Slot, type Stack, type Store } from "../support/stack.ts";
import type { Page } from "@playwright/test";

// Each test has a store to itself, as bookings stay.
let turn = 0;

interface Flow {
  locator: StoreLocator;
  store: Store;
  slots: Slot[];
}

const when = (at: number, zone: string, lang = "en-GB"): string => {
  const day = new Intl.DateTimeFormat(lang, { timeZone: zone, weekday: "long", day: "numeric", month: "long" }).format(at);
  const time = new Intl.DateTimeFormat(lang, { timeZone: zone, hour: "numeric", minute: "2-digit" }).format(at);
  return `${day}, ${time}`;
};

const freeSlots = async (stack: Stack, store: string): Promise<Slot[]> =>
  (await stack.get<{ items: Slot[] }>(`/v1/stores/${store}/slots`)).items;

async function opened(page: Page, stack: Stack): Promise<Flow> {
  const { items } = await stack.stores({ limit: "100", services: "alterations" });
  const store = items.filter((store) => store.appointments && store.time_zone === "Europe/Paris")[turn++]!;
  const slots = await freeSlots(stack, store.code);
  await page.goto(stack.page({ body: stack.element('services="alterations" limit="100"') }));
  const locator = new StoreLocator(page);
  await expect(locator.status).not.toHaveText("Loading…");
  await locator.open(store.name);
  await locator.button("Book an appointment").click();
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Meet an adviser");
  return { locator, store, slots };
}

const times = (locator: StoreLocator) => locator.panel.locator("[part=time]");

const pick = async ({ locator }: Flow, index = 0): Promise<void> => {
  await times(locator).nth(index).click();
  await expect(locator.panel.getByRole("textbox", { name: "Name", exact: true })).toBeVisible();
};

const fill = async ({ locator }: Flow): Promise<void> => {
  await locator.panel.getByLabel("Name", { exact: true }).fill("Zoé Le Goff");
  await locator.panel.getByLabel("Email").fill("zoe@example.com");
};

test("the free times are the API's, each named with its day", async ({ page, stack }) => {
  const { locator, store, slots } = await opened(page, stack);
  await expect(times(locator)).toHaveCount(slots.length);
  const names = await times(locator).evaluateAll((all) => all.map((time) => time.getAttribute("aria-label")!));
  expect(names.map(plainTimes)).toEqual(slots.map((slot) => plainTimes(when(slot.starts_at, store.time_zone))));
  const days = new Set(slots.map((slot) => when(slot.starts_at, store.time_zone).split(", ").slice(0, -1).join()));
  await expect(locator.panel.getByRole("heading", { level: 3 })).toHaveCount(days.size);
});

test("weeks ahead and back, but not into the past", async ({ page, stack }) => {
  const { locator, slots } = await opened(page, stack);
  await expect(times(locator)).toHaveCount(slots.length);
  const first = await times(locator).first().getAttribute("aria-label");
  await expect(locator.button("Earlier")).toBeDisabled();
  await locator.button("Later").click();
  await expect(times(locator).first()).not.toHaveAttribute("aria-label", first!);
  await locator.button("Earlier").click();
  await expect(times(locator).first()).toHaveAttribute("aria-label", first!);
});

test("booked, confirmed, and in the calendar at the same instant", async ({ page, stack, traffic }) => {
  const flow = await opened(page, stack);
  const { locator, store, slots } = flow;
  await page.evaluate(() => addEventListener("devanture-appointment-booked", (e) => ((window as any).told = (e as CustomEvent).detail)));
  await pick(flow, 1);
  const slot = slots[1]!;
  await fill(flow);
  await locator.panel.getByLabel("Phone").fill("+33 6 12 34 56 78");
  await locator.panel.getByLabel("About").selectOption("Alterations");
  await locator.panel.getByLabel("Anything the adviser should know").fill("A coat, <b>two</b> sleeves");
  await locator.button("Confirm the appointment").click();
  const said = locator.panel.getByRole("status");
  await expect(said).toContainText(store.name);
  expect(plainTimes((await said.textContent())!)).toBe(plainTimes(`It is booked: ${store.name}, ${when(slot.starts_at, store.time_zone)}.`));
  expect(await page.evaluate(() => (window as any).told)).toEqual({ code: store.code, starts_at: slot.starts_at });
  expect(traffic.to("/appointments")).toHaveLength(1);

  const downloading = page.waitForEvent("download");
  await locator.panel.getByRole("link", { name: "Add to my calendar" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.ics$/);
  const lines = (await readFile(await download.path(), "utf8")).replaceAll("\r\n ", "").split("\r\n");
  const stamp = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.000/g, "");
  expect(lines).toEqual(expect.arrayContaining(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"]));
  expect(lines).toContain(`DTSTART:${stamp(slot.starts_at)}`);
  expect(lines).toContain(`DTEND:${stamp(slot.ends_at)}`);
  expect(lines.find((line) => line.startsWith("SUMMARY"))).toContain(store.name);

  await expect.poll(async () => (await freeSlots(stack, store.code)).find((free) => free.starts_at === slot.starts_at)?.free ?? 0).toBe(slot.free - 1);
  await locator.button("Cancel the appointment").click();
  await expect(locator.panel.getByRole("status")).toHaveText("The appointment is cancelled.");
  await expect.poll(async () => (await freeSlots(stack, store.code)).find((free) => free.starts_at === slot.starts_at)?.free).toBe(slot.free);
});

test("each step takes the focus along, and says where one is", async ({ page, stack }) => {
  const flow = await opened(page, stack);
  const { locator } = flow;
  const inPanel = (): Promise<boolean> =>
    page.evaluate(() => document.querySelector("devanture-store-locator")!.shadowRoot!.activeElement !== null);
  await expect(locator.panel.getByRole("heading", { level: 2 })).toBeFocused();
  await times(locator).first().press("Enter");
  await expect(locator.panel.getByLabel("Name", { exact: true })).toBeVisible();
  expect(await inPanel(), "after choosing a time").toBe(true);
  await fill(flow);
  await locator.button("Confirm the appointment").press("Enter");
  await expect(locator.panel.getByRole("status")).toBeVisible();
  expect(await inPanel(), "after confirming").toBe(true);
  await locator.button("Cancel the appointment").press("Enter");
  await expect(locator.panel.getByRole("status")).toHaveText("The appointment is cancelled.");
  expect(await inPanel(), "after cancelling").toBe(true);
});

test("what is missing is focused, marked and described", async ({ page, stack, traffic }) => {
  const flow = await opened(page, stack);
  const { locator } = flow;
  await pick(flow);
  const confirm = locator.button("Confirm the appointment");
  const expectInvalid = async (label: string, message: string): Promise<void> => {
    await confirm.click();
    const field = locator.panel.locator(`[name=${label.toLowerCase()}]`);
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(message);
    await expect(field).toHaveAccessibleName(label);
    await expect(locator.panel.locator("[aria-invalid]")).toHaveCount(1);
  };
  await expectInvalid("Name", "Enter your name.");
  const field = (name: string) => locator.panel.locator(`[name=${name}]`);
  await field("name").fill("   ");
  await expectInvalid("Name", "Enter your name.");
  await field("name").fill("Zoé");
  await expectInvalid("Email", "Enter an email address such as name@example.com, or a phone number.");
  await field("email").fill("zoe@");
  await expectInvalid("Email", "Enter an email address such as name@example.com, or a phone number.");
  await field("email").fill("");
  await field("phone").fill("12");
  await expectInvalid("Phone", "Enter a phone number with at least 6 digits.");
  expect(traffic.to("/appointments")).toEqual([]);
  await field("phone").fill("06 12 34 56 78");
  await confirm.click();
  await expect(locator.panel.getByRole("status")).toContainText("It is booked");
});

test("what only the API finds wrong is said, and can be put right", async ({ page, stack }) => {
  const flow = await opened(page, stack);
  const { locator } = flow;
  await pick(flow);
  await locator.panel.getByRole("textbox", { name: "Name" }).fill("Zoé");
  await locator.panel.getByRole("textbox", { name: "Email" }).fill("zoe@example..com");
  await locator.button("Confirm the appointment").click();
  await expect(locator.panel.getByText("Enter an email address such as name@example.com")).toBeVisible();
  await expect(locator.panel.getByRole("textbox", { name: "Name" })).toHaveValue("Zoé");
  await locator.panel.getByRole("textbox", { name: "Email" }).fill("zoe@example.com");
  await locator.button("Confirm the appointment").click();
  await expect(locator.panel.getByRole("status")).toContainText("It is booked");
});

test("a time taken meanwhile: said clearly, with the times that are left", async ({ page, stack }) => {
  const flow = await opened(page, stack);
  const { locator, store, slots } = flow;
  await pick(flow);
  for (let taken = 0; taken < slots[0]!.free; taken++) expect((await stack.book(store.code, slots[0]!.starts_at)).status).toBe(201);
  expect((await stack.book(store.code, slots[0]!.starts_at)).status).toBe(409);
  await fill(flow);
  await locator.button("Confirm the appointment").click();
  await expect(locator.panel.getByRole("alert")).toHaveText("Somebody has just taken that time. Choose another one.");
  await expect(times(locator)).toHaveCount(slots.length - 1);
  await pick(flow);
  await fill(flow);
  await locator.button("Confirm the appointment").click();
  await expect(locator.panel.getByRole("status")).toContainText("It is booked");
});

test("what was typed is not lost when the time has to be changed", async ({ page, stack }) => {
  const flow = await opened(page, stack);
  const { locator } = flow;
  await pick(flow);
  await fill(flow);
  await locator.button("Change").click();
  await pick(flow, 1);
  await expect(locator.panel.getByLabel("Name", { exact: true })).toHaveValue("Zoé Le Goff");
});

test("a double click books once", async ({ page, stack }) => {
  const flow = await opened(page, stack);
  const { locator, store, slots } = flow;
  await pick(flow);
  await fill(flow);
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  const booking = await hold(page, /\/appointments$/);
  // Both clicks in one task, before anything can be drawn in between.
  await locator.button("Confirm the appointment").evaluate((button: HTMLElement) => (button.click(), button.click()));
  await booking.asked;
  await expect(locator.button("Sending…")).toBeDisabled();
  await booking.release();
  await expect(locator.panel.getByRole("status")).toContainText("It is booked");
  expect(posts).toHaveLength(1);
  expect((await freeSlots(stack, store.code)).find((free) => free.starts_at === slots[0]!.starts_at)?.free ?? 0).toBe(slots[0]!.free - 1);
});

test("an answer that is lost, and sent again: booked once all the same", async ({ page, stack }) => {
  const flow = await opened(page, stack);
  const { locator, store, slots } = flow;
  await pick(flow);
  await fill(flow);
  const keys: (string | undefined)[] = [];
  await page.route(/\/appointments$/, async (route) => {
    if (route.request().method() === "POST") keys.push(route.request().headers()["idempotency-key"]);
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 1 });
  await locator.button("Confirm the appointment").click();
  await expect(locator.panel.getByRole("alert")).toContainText("No connection");
  page.on("request", (request) => request.method() === "POST" && keys.push(request.headers()["idempotency-key"]));
  await locator.button("Confirm the appointment").click();
  await expect(locator.panel.getByRole("status")).toContainText("It is booked");
  expect(keys).toEqual([keys[0], keys[0]]);
  expect((await freeSlots(stack, store.code)).find((free) => free.starts_at === slots[0]!.starts_at)?.free ?? 0).toBe(slots[0]!.free - 1);
});

test("no free times: the next one is offered; no answer: trying again works", async ({ page, stack }) => {
  const { items } = await stack.stores({ limit: "1", services: "alterations" });
  const next = Date.now() + 15 * 86_400_000;
  let answer = { status: 503, json: {} as unknown };
  await page.route(/\/slots\?/, (route) => route.fulfill(answer));
  await page.goto(stack.page({ body: stack.element('services="alterations"') }));
  const locator = new StoreLocator(page);
  await locator.open(items[0]!.name);
  await locator.button("Book an appointment").click();
  await expect(locator.panel.getByRole("alert")).toBeVisible();
  answer = { status: 200, json: { items: [], time_zone: "Europe/Paris", next_free_at: next } };
  await locator.button("Try again").click();
  await expect(locator.panel.getByText("No free time in these days.")).toBeVisible();
  answer = { status: 200, json: { items: [{ starts_at: next, ends_at: next + 1, free: 1 }], time_zone: "Europe/Paris" } };
  await locator.button(/^Next free time/).click();
  await expect(times(locator)).toHaveCount(1);
});

test("no appointment where a store offers none", async ({ page, stack }) => {
  const { items } = await stack.stores({ limit: "40" });
  const store = items.find((store) => !store.appointments)!;
  await page.goto(stack.page({ body: stack.element('limit="40"') }));
  const locator = new StoreLocator(page);
  await locator.card(store.name).first().getByRole("heading").getByRole("button").click();
  await expect(locator.panel.getByRole("heading", { name: "Opening hours" })).toBeVisible();
  await expect(locator.button("Book an appointment")).toHaveCount(0);
});

test.describe("from another zone", () => {
  test.use({ timezoneId: "America/New_York" });

  test("the times are the store's, and it is said so", async ({ page, stack }) => {
    const { locator, store, slots } = await opened(page, stack);
    await expect(locator.panel.getByText("Times are those of the store’s clock.")).toBeVisible();
    const label = await times(locator).first().getAttribute("aria-label");
    expect(plainTimes(label!)).toBe(plainTimes(when(slots[0]!.starts_at, store.time_zone)));
  });
});
