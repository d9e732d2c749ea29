// One store: its details, and the way there and back.
import { plainTimes, spansOn } from "../support/hours.ts";
import { hold, StoreLocator } from "../support/locator.ts";
import { expect, test, type Stack } from "../support/stack.ts";
import type { Page } from "@playwright/test";

async function opened(page: Page, stack: Stack, body?: string): Promise<StoreLocator> {
  await page.goto(stack.page(body ? { body } : {}));
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText(/^190 stores/);
  return locator;
}

test("opened by keyboard: the heading has the focus, Back gives it back to the card", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  const name = locator.card("Lormelle Nevers").getByRole("button", { name: "Lormelle Nevers", exact: true });
  const heading = locator.panel.getByRole("heading", { level: 2 });
  // The second time the panel's code is there already.
  for (const round of ["with the panel still to load", "with the panel there"]) {
    await test.step(round, async () => {
      await name.focus();
      await page.keyboard.press("Enter");
      await expect(heading).toHaveText("Lormelle Nevers");
      await expect(heading).toBeFocused();
      await expect(locator.cards).toHaveCount(0);
      await locator.button("All stores").press("Enter");
      await expect(name).toBeFocused();
      await expect(locator.panel).toHaveCount(0);
    });
  }
});

test("while the panel loads it says so, and one can go back", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  const chunk = await hold(page, /\/details\.wasm/);
  await locator.open("Lormelle Nevers");
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Loading…");
  await locator.button("All stores").click();
  await expect(locator.cards).toHaveCount(20);
  await chunk.release();
  await expect(locator.cards).toHaveCount(20);
  await expect(locator.card("Lormelle Nevers").getByRole("button", { name: "Lormelle Nevers", exact: true })).toBeFocused();
});

test("address, telephone, directions, page and services are the store's", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  const { items, services, brands } = await stack.stores({ lang: "en" });
  const store = items.find((store) => store.phone && store.services.length > 3)!;
  await locator.open(store.name);
  const panel = locator.panel;
  await expect(panel).toContainText(`${store.address.street}, ${store.address.postcode} ${store.address.town}`);
  await expect(panel.getByRole("link", { name: /^Call/ })).toHaveAttribute("href", `tel:${store.phone!.replaceAll(" ", "")}`);
  const { lat, lng } = store.location;
  const directions = panel.getByRole("link", { name: /^Directions/ });
  await expect(directions).toHaveAttribute("href", new RegExp(`^https://.*${lat},${lng}$`));
  await expect(directions).toHaveAttribute("rel", /noopener/);
  await expect(panel.getByRole("link", { name: "Store page" })).toHaveAttribute("href", store.url!);
  const named = (labels: typeof services, codes: string[]): string[] => labels.filter((l) => codes.includes(l.code)).map((l) => l.name);
  await expect(panel.getByRole("list").first().getByRole("listitem")).toHaveText(named(services, store.services));
  await expect(panel.getByRole("list").last().getByRole("listitem")).toHaveText(named(brands, store.brands));
});

test("the hours are a table of the coming seven days and the special ones after them", async ({ page, stack }) => {
  const store = (await stack.stores({ q: "Guérande", limit: "1" })).items[0]!;
  const days = [0, 1, 2, 3, 4, 5, 6].map((day) => new Date(Date.UTC(2027, 2, 16 + day)).toISOString().slice(0, 10));
  store.hours.special = [
    { date: days[2]!, spans: [], note: "Inventory" },
    { date: "2027-04-05", spans: [{ opens: "14:00", closes: "18:00" }], note: "Easter Monday" },
  ];
  await page.route(/\/v1\/stores\?/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), items: [store] } });
  });
  await page.clock.setFixedTime("2027-03-16T11:00Z");
  const locator = await opened(page, stack);
  await locator.open(store.name);
  const rows = locator.panel.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(8);
  const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
  const expected = days.map((date) => {
    const spans = spansOn(store, date).map((span) => `${span.opens} – ${span.closes}`).join(", ") || "Closed";
    const note = store.hours.special.find((day) => day.date === date)?.note ?? "";
    return `${weekday.format(Date.parse(date))} ${spans}${note}`;
  });
  const found = async (): Promise<string[]> => {
    const texts = await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent).join(" ")));
    return texts.slice(0, 7).map((text) => plainTimes(text.replaceAll("\u2009", " ")));
  };
  expect(await found()).toEqual(expected.map(plainTimes));
  await expect(rows.last()).toContainText(/5 Apr/);
  await expect(rows.last()).toContainText(/14:00.–.18:00/);
  await expect(rows.last()).toContainText("Easter Monday");
  await expect(locator.panel.getByRole("rowheader")).toHaveCount(8);
});

test("promotions and events are there with their dates, on the card and in the details", async ({ page, stack }) => {
  const locator = await opened(page, stack, stack.element('limit="60"'));
  const { items } = await stack.stores({ limit: "60" });
  for (const event of [true, false]) {
    const store = items.find((store) => store.promotions.some((promotion) => promotion.event === event))!;
    expect(store, event ? "an event" : "a promotion").toBeDefined();
    const promotion = store.promotions.find((promotion) => promotion.event === event)!;
    if (store.promotions.indexOf(promotion) < 2) await expect(locator.card(store.name).first()).toContainText(promotion.title);
    await locator.card(store.name).first().getByRole("heading").getByRole("button").click();
    const offer = locator.panel.locator("[part=offer]").filter({ has: page.getByRole("heading", { name: promotion.title }) });
    await expect(offer).toContainText(event ? "Event" : "In this store");
    await expect(offer).toContainText(promotion.text);
    const last = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(Date.parse(promotion.ends_on));
    await expect(offer).toContainText(last);
    await locator.button("All stores").click();
  }
});

test("`store-url` is where the page's own store pages are, the code encoded", async ({ page, stack }) => {
  const { items } = await stack.stores();
  const store = { ...items[0]!, code: "é/1?" };
  await page.route(/\/v1\/stores\?/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), items: [store] } });
  });
  const locator = await opened(page, stack, stack.element('store-url="/shops/{code}"'));
  await locator.open(store.name);
  await expect(locator.panel.getByRole("link", { name: "Store page" })).toHaveAttribute("href", "/shops/%C3%A9%2F1%3F");
});

test("a `javascript:` address from an import is no link", async ({ page, stack }) => {
  const { items } = await stack.stores();
  await page.route(/\/v1\/stores\?/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), items: [{ ...items[0]!, url: "javascript:alert(1)" }] } });
  });
  const locator = await opened(page, stack);
  await locator.open(items[0]!.name);
  await expect(locator.panel.getByRole("heading", { name: "Opening hours" })).toBeVisible();
  await expect(locator.panel.getByRole("link", { name: "Store page" })).toHaveCount(0);
});

test("the page opens a store by its code, listed or not, and is told which", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await page.evaluate(() => addEventListener("devanture-store-selected", (e) => ((window as any).told = (e as CustomEvent).detail)));
  await locator.root.evaluate((e) => (e as any).select("1137"));
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Lormelle Guérande");
  await expect(locator.panel.getByRole("heading", { level: 2 })).toBeFocused();
  expect(await page.evaluate(() => (window as any).told)).toEqual({ code: "1137", name: "Lormelle Guérande" });
  await locator.button("All stores").click();
  await expect(locator.cards).toHaveCount(20);
  // Another one, with the first still at hand.
  await locator.root.evaluate((e) => (e as any).select("1015"));
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Lormelle Nice");
  await locator.root.evaluate((e) => (e as any).select("none-such"));
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("This store is no longer there.");
});

test("no connection while a store is opened is an error to be retried, not a store that is gone", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await page.route(/\/v1\/stores\/1137/, (route) => route.abort("connectionrefused"));
  await locator.root.evaluate((e) => (e as any).select("1137"));
  await expect(locator.panel.getByRole("alert")).toContainText("No connection");
  await page.unrouteAll();
  await locator.button("Try again").click();
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Lormelle Guérande");
});

test("the panel's code answering 503 is said, and tried again", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await page.route(/\/details\.wasm/, (route) => route.fulfill({ status: 503, body: "busy" }));
  await locator.open("Lormelle Nevers");
  await expect(locator.panel.getByRole("alert")).toBeVisible();
  await page.unrouteAll();
  await locator.button("Try again").click();
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Lormelle Nevers");
  await expect(locator.panel.getByRole("alert")).toHaveCount(0);
});

test("chosen as “my store” from the details", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.open("Lormelle Nevers");
  await locator.panel.getByRole("button", { name: "Make it my store" }).click();
  await expect(locator.panel.getByRole("button", { name: "My store" })).toHaveAttribute("aria-pressed", "true");
  await locator.button("All stores").click();
  await expect(locator.mine).toContainText("Lormelle Nevers");
});
