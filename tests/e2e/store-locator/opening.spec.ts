// Open or closed: right at any instant, on the store's own clock, wherever the shopper is.
import type { Page } from "@playwright/test";
import { instant, intervals, plainTimes, words } from "../support/hours.ts";
import { StoreLocator } from "../support/locator.ts";
import { expect, test, type Span, type Stack, type Store } from "../support/stack.ts";

const LINE = "[part=opening]";

/** The widget on one store, which the API is made to describe so, at an instant that stands still. */
async function shown(page: Page, stack: Stack, store: Store, at: number, lang = "en"): Promise<StoreLocator> {
  await page.clock.setFixedTime(at);
  await page.route(/\/v1\/stores\?/, async (route) => {
    const response = await route.fetch();
    const answer = { ...(await response.json()), items: [store], total: 1, next: undefined };
    await route.fulfill({ response, json: answer });
  });
  await page.goto(stack.page({ lang }));
  const locator = new StoreLocator(page);
  await expect(locator.cards).toHaveCount(1);
  return locator;
}

/** Lets time jump, and the widget draw again. */
async function at(page: Page, locator: StoreLocator, when: number): Promise<void> {
  await page.clock.setFixedTime(when);
  const answered = page.waitForResponse(/\/v1\/stores\?/);
  await locator.root.evaluate((e) => (e as any).refresh());
  await answered;
  await expect(locator.status).toHaveText(/^\d+ stores?/);
}

/** The text, whichever way the browser writes hours before ten. */
const says = (text: string): RegExp =>
  new RegExp(`^${plainTimes(text).replace(/[()]/g, "\\$&").replace(/\b(\d:\d\d)/g, "0?$1")}$`);

const span = (text: string): Span[] =>
  text.split(" ").filter(Boolean).map((pair) => ({ opens: pair.split("-")[0]!, closes: pair.split("-")[1]! }));

/** A store whose week and special days are as told; the rest is a real one's. */
async function keeping(stack: Stack, week: string[], special: Record<string, string> = {}, zone = "Europe/Paris"): Promise<Store> {
  const store = (await stack.stores({ q: "Guérande", limit: "1" })).items[0]!;
  return {
    ...store,
    time_zone: zone,
    hours: { weekly: week.map(span), special: Object.entries(special).map(([date, spans]) => ({ date, spans: span(spans) })) },
  };
}

const daily = (text: string): string[] => Array<string>(7).fill(text);
const MARKET_TOWN = ["", ...Array<string>(5).fill("09:30-12:30 14:00-19:00"), ""];

test.describe("in France", () => {
  test.use({ timezoneId: "Europe/Paris" });

  // 2027-03-15 is a Monday.
  for (const [what, date, time, text] of [
    ["before opening", "2027-03-16", "08:00", "Closed · opens at 09:30"],
    ["a minute before opening", "2027-03-16", "09:29", "Closed · opens at 09:30"],
    ["at the minute of opening", "2027-03-16", "09:30", "Open · until 12:30"],
    ["open", "2027-03-16", "10:15", "Open · until 12:30"],
    ["46 minutes before closing", "2027-03-16", "11:44", "Open · until 12:30"],
    ["closing soon", "2027-03-16", "11:45", "Closes soon · until 12:30"],
    ["a minute before the lunch break", "2027-03-16", "12:29", "Closes soon · until 12:30"],
    ["at the minute of closing", "2027-03-16", "12:30", "Closed · opens at 14:00"],
    ["lunch break", "2027-03-16", "13:10", "Closed · opens at 14:00"],
    ["the afternoon", "2027-03-16", "15:00", "Open · until 19:00"],
    ["the evening", "2027-03-16", "20:00", "Closed · opens tomorrow at 09:30"],
    ["just before midnight", "2027-03-16", "23:59", "Closed · opens tomorrow at 09:30"],
    ["just after midnight", "2027-03-17", "00:00", "Closed · opens at 09:30"],
    ["before two closed days", "2027-03-20", "19:30", "Closed · opens Tuesday at 09:30"],
    ["a closed day", "2027-03-21", "12:00", "Closed · opens Tuesday at 09:30"],
    ["the day before opening", "2027-03-22", "12:00", "Closed · opens tomorrow at 09:30"],
  ] as const) {
    test(`${what}: ${text}`, async ({ page, stack }) => {
      const store = await keeping(stack, MARKET_TOWN);
      const [hour, minute] = time.split(":").map(Number) as [number, number];
      const locator = await shown(page, stack, store, instant(date, hour * 60 + minute, "Europe/Paris"));
      await expect(locator.cards.locator(LINE)).toHaveText(says(text));
    });
  }

  test("a special day stands in the week's place, open or closed, and so does the day after it", async ({ page, stack }) => {
    const store = await keeping(stack, MARKET_TOWN, { "2027-03-16": "", "2027-03-17": "11:00-13:00", "2027-03-22": "10:00-12:00" });
    const when = (date: string, hour: number): number => instant(date, hour * 60, "Europe/Paris");
    const locator = await shown(page, stack, store, when("2027-03-16", 10));
    const line = locator.cards.locator(LINE);
    await expect(line).toHaveText(says("Closed · opens tomorrow at 11:00"));
    await at(page, locator, when("2027-03-17", 10));
    await expect(line).toHaveText(says("Closed · opens at 11:00"));
    await at(page, locator, when("2027-03-17", 14));
    await expect(line).toHaveText(says("Closed · opens tomorrow at 09:30"));
    await at(page, locator, when("2027-03-21", 14));
    await expect(line).toHaveText(says("Closed · opens tomorrow at 10:00"));
    await at(page, locator, when("2027-03-22", 11));
    await expect(line).toHaveText(says("Open · until 12:00"));
  });

  test("closed for a long holiday: the date, not just the weekday", async ({ page, stack }) => {
    const holiday = Object.fromEntries([16, 17, 18, 19, 20, 23, 24].map((day) => [`2027-03-${day}`, ""]));
    const locator = await shown(page, stack, await keeping(stack, MARKET_TOWN, holiday), instant("2027-03-15", 600, "Europe/Paris"));
    await expect(locator.cards.locator(LINE)).toHaveText(/^Closed · opens Thu,? 25 Mar at 0?9:30$/);
  });

  test("over midnight, on both sides of it", async ({ page, stack }) => {
    const store = await keeping(stack, daily("18:00-02:00"), { "2027-03-17": "" });
    const locator = await shown(page, stack, store, instant("2027-03-16", 23 * 60, "Europe/Paris"));
    const line = locator.cards.locator(LINE);
    await expect(line).toHaveText(says("Open · until 02:00"));
    await at(page, locator, instant("2027-03-17", 30, "Europe/Paris"));
    await expect(line).toHaveText(says("Open · until 02:00"));
    await at(page, locator, instant("2027-03-17", 1440 - 60, "Europe/Paris"));
    await expect(line).toHaveText(says("Closed · opens tomorrow at 18:00"));
  });

  test("day and night", async ({ page, stack }) => {
    const locator = await shown(page, stack, await keeping(stack, daily("00:00-24:00")), Date.parse("2027-03-16T23:30Z"));
    await expect(locator.cards.locator(LINE)).toHaveText(says("Open · day and night"));
  });

  test("no hours known: nothing is said, rather than “closed”", async ({ page, stack }) => {
    const locator = await shown(page, stack, await keeping(stack, daily("")), Date.parse("2027-03-16T10:00Z"));
    await expect(locator.cards.locator(LINE)).toHaveCount(0);
  });

  test("the nights when the clocks change", async ({ page, stack }) => {
    const store = await keeping(stack, daily("21:00-03:30"));
    // Spring: at 02:00 it is 03:00, 01:00 UTC on 28 March 2027. 03:30 then comes at 01:30 UTC.
    const locator = await shown(page, stack, store, Date.parse("2027-03-28T00:40Z"));
    const line = locator.cards.locator(LINE);
    await expect(line).toHaveText(says("Open · until 03:30"));
    await at(page, locator, Date.parse("2027-03-28T00:50Z"));
    await expect(line).toHaveText(says("Closes soon · until 03:30"));
    await at(page, locator, Date.parse("2027-03-28T01:29Z"));
    await expect(line).toHaveText(says("Closes soon · until 03:30"));
    await at(page, locator, Date.parse("2027-03-28T01:30Z"));
    await expect(line).toHaveText(says("Closed · opens at 21:00"));
    // Autumn: at 03:00 it is 02:00 again, 01:00 UTC on 31 October 2027. 03:30 then comes at 02:30 UTC.
    await at(page, locator, Date.parse("2027-10-31T01:30Z"));
    await expect(line).toHaveText(says("Open · until 03:30"));
    await at(page, locator, Date.parse("2027-10-31T02:29Z"));
    await expect(line).toHaveText(says("Closes soon · until 03:30"));
    await at(page, locator, Date.parse("2027-10-31T02:30Z"));
    await expect(line).toHaveText(says("Closed · opens at 21:00"));
    // The day after a change, seen from the evening before it.
    await at(page, locator, Date.parse("2027-03-28T02:00Z"));
    await expect(line).toHaveText(says("Closed · opens at 21:00"));
  });

  test("an hour that the clocks leave out: opening at 02:30 is opening at 03:00", async ({ page, stack }) => {
    const store = await keeping(stack, daily(""), { "2027-03-28": "02:30-06:00" });
    const locator = await shown(page, stack, store, Date.parse("2027-03-28T00:30Z"));
    await expect(locator.cards.locator(LINE)).toHaveText(says("Closed · opens at 03:00"));
    await at(page, locator, Date.parse("2027-03-28T01:00Z"));
    await expect(locator.cards.locator(LINE)).toHaveText(says("Open · until 06:00"));
  });

  test("it changes by itself when the store opens, warns, and closes", async ({ page, stack }) => {
    const store = await keeping(stack, MARKET_TOWN);
    await page.clock.install({ time: instant("2027-03-16", 9 * 60 + 29, "Europe/Paris") });
    await page.route(/\/v1\/stores\?/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), items: [store], total: 1, next: undefined } });
    });
    await page.goto(stack.page());
    const line = new StoreLocator(page).cards.locator(LINE);
    await expect(line).toHaveText(says("Closed · opens at 09:30"));
    await page.clock.fastForward("01:10");
    await expect(line).toHaveText(says("Open · until 12:30"));
    await page.clock.fastForward("02:15:30");
    await expect(line).toHaveText(says("Closes soon · until 12:30"));
    await page.clock.fastForward("45:30");
    await expect(line).toHaveText(says("Closed · opens at 14:00"));
  });

  test("in French, with the French names of days", async ({ page, stack }) => {
    const store = await keeping(stack, MARKET_TOWN);
    const locator = await shown(page, stack, store, instant("2027-03-21", 600, "Europe/Paris"), "fr");
    await expect(locator.cards.locator(LINE)).toHaveText(says("Fermé · ouvre mardi à 09:30"));
  });
});

// Every store of a page, at instants all over a week, as the API describes them.
for (const timezoneId of ["Europe/Paris", "America/New_York", "Indian/Reunion"]) {
  test.describe(`seen from ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("every store listed says what its hours say, all week long", async ({ page, stack }) => {
      test.setTimeout(60_000);
      const now = Date.now();
      const steps = 30;
      await page.clock.setFixedTime(now);
      await page.goto(stack.page({ body: stack.element('lat="-20.9" lng="55.4" limit="25"') }));
      const locator = new StoreLocator(page);
      await expect(locator.cards).toHaveCount(25);
      const { items } = await stack.stores({ lat: "-20.9", lng: "55.4", limit: "25" });
      expect(new Set(items.map((store) => store.time_zone)).size).toBeGreaterThan(1);
      const seen = new Set<string>();
      for (let step = 0; step < steps; step++) {
        // 5 h 37 min apart, so that the instants fall on all hours of the day.
        const when = now + step * (5 * 60 + 37) * 60_000;
        await at(page, locator, when);
        const expected = items.map((store) => plainTimes(words(store, when, timezoneId)));
        const lines = async (): Promise<string[]> => (await locator.cards.locator(LINE).allTextContents()).map(plainTimes);
        await expect.poll(lines, { message: new Date(when).toISOString() }).toEqual(expected);
        for (const text of expected) seen.add(text.split(" · ")[0]!);
      }
      expect([...seen].toSorted()).toEqual(expect.arrayContaining(["Closed", "Open"]));
    });

    test("“local time” stands where the clocks differ, and only there", async ({ page, stack }) => {
      const [reunion] = (await stack.stores({ lat: "-20.9", lng: "55.4", limit: "1" })).items;
      expect(reunion!.time_zone).toBe("Indian/Reunion");
      const now = Date.now();
      const [from] = intervals(reunion!, now).find(([opens]) => opens > now)!;
      const locator = await shown(page, stack, reunion!, from);
      const line = locator.cards.locator(LINE);
      await expect(line).toHaveText(says(words(reunion!, from, timezoneId)));
      if (timezoneId === "Indian/Reunion") await expect(line).not.toContainText("local time");
      else await expect(line).toContainText("(local time)");
    });
  });
}

test.describe("a shopper in New York", () => {
  test.use({ timezoneId: "America/New_York" });

  test("“tomorrow” is the store's tomorrow, not the shopper's", async ({ page, stack }) => {
    const store = await keeping(stack, MARKET_TOWN, {}, "Indian/Reunion");
    // Tuesday 20:30 UTC: Wednesday 00:30 on Réunion, still Tuesday in New York.
    const locator = await shown(page, stack, store, Date.parse("2027-03-16T20:30Z"));
    await expect(locator.cards.locator(LINE)).toHaveText(says("Closed · opens at 09:30 (local time)"));
  });

  test("a zone that the browser does not know does no harm", async ({ page, stack }) => {
    const store = await keeping(stack, MARKET_TOWN, {}, "Mars/Olympus_Mons");
    const locator = await shown(page, stack, store, Date.parse("2027-03-16T15:00Z"));
    await expect(locator.cards.locator(LINE)).toHaveText(/^(Open|Closed|Closes soon)/);
  });
});
