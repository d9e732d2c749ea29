// Finding a store: by what is typed, by position, by filters.
import { hold, StoreLocator } from "../support/locator.ts";
import { expect, test, type Stack, type StorePage } from "../support/stack.ts";
import type { Page } from "@playwright/test";

async function opened(page: Page, stack: Stack, attributes = ""): Promise<StoreLocator> {
  await page.goto(stack.page({ body: stack.element(attributes) }));
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText("190 stores");
  return locator;
}

const miles = (metres: number): string => {
  const value = Math.max(metres / 1609.344, 0.1);
  const options = { style: "unit", unit: "mile", maximumFractionDigits: value >= 10 ? 0 : 1 } as const;
  return new Intl.NumberFormat("en-GB", options).format(value);
};

test("the list is there at once, with no distance as nobody has asked from anywhere", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  const { items } = await stack.stores();
  expect(await locator.names()).toEqual(items.map((store) => store.name));
  await expect(locator.root.locator("[part=distance]")).toHaveCount(0);
});

test.describe("typing", () => {
  test("the suggestions are a combobox's list: arrows go round, Enter chooses, Escape closes and then clears", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    const { input, listbox, options } = locator;
    await expect(input).toHaveAttribute("aria-expanded", "false");
    await expect(input).toHaveAttribute("aria-autocomplete", "list");
    await expect(listbox).toBeHidden();

    await input.pressSequentially("nante");
    await expect(listbox).toBeVisible();
    await expect(input).toHaveAttribute("aria-expanded", "true");
    await expect(listbox).toHaveAttribute("id", (await input.getAttribute("aria-controls"))!);
    await expect(options.first()).toContainText("Nantes");
    const count = await options.count();
    expect(count).toBeGreaterThan(1);
    const expectActive = async (index: number | null): Promise<void> => {
      for (let at = 0; at < count; at++) await expect(options.nth(at)).toHaveAttribute("aria-selected", String(at === index));
      if (index === null) await expect(input).not.toHaveAttribute("aria-activedescendant");
      else await expect(input).toHaveAttribute("aria-activedescendant", (await options.nth(index).getAttribute("id"))!);
      await expect(input).toBeFocused();
    };
    await expectActive(null);
    await input.press("ArrowDown");
    await expectActive(0);
    await input.press("ArrowUp");
    await expectActive(null);
    await input.press("ArrowUp");
    await expectActive(count - 1);
    await input.press("ArrowDown");
    await expectActive(null);
    await input.press("ArrowDown");
    await expectActive(0);

    await input.press("Escape");
    await expect(listbox).toBeHidden();
    await expect(input).toHaveAttribute("aria-expanded", "false");
    await expect(input).toHaveValue("nante");
    await input.press("ArrowDown");
    await expect(listbox).toBeVisible();
    await input.press("Enter");
    await expect(listbox).toBeHidden();
    await expect(input).toHaveValue("Nantes");
    await expect(locator.status).toHaveText("190 stores, nearest to Nantes first");
    await expect(locator.cards.first()).toContainText("Lormelle Nantes");

    await input.press("Escape");
    await expect(input).toHaveValue("");
    await expect(input).toBeFocused();
    await expect(locator.status).toHaveText("190 stores");
  });

  test("a suggestion is chosen with the mouse, and the field keeps the focus", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await locator.input.pressSequentially("quimp");
    await locator.options.filter({ hasText: /^Quimper/ }).first().click();
    await expect(locator.input).toHaveValue("Quimper");
    await expect(locator.input).toBeFocused();
    await expect(locator.listbox).toBeHidden();
    await expect(locator.cards.first()).toContainText("Lormelle Quimper");
  });

  test("leaving the field closes the suggestions, and an answer that comes late does not open them again", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    const suggestions = await hold(page, /\/v1\/suggest/);
    await locator.input.pressSequentially("nant");
    await suggestions.asked;
    await locator.input.press("Tab");
    await suggestions.release();
    await expect(locator.input).toHaveAttribute("aria-expanded", "false");
    await expect(locator.listbox).toBeHidden();
  });

  test("only the newest question's suggestions are shown", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    const first = await hold(page, /\/v1\/suggest.*q=nan/);
    await locator.input.fill("nan");
    await first.asked;
    await locator.input.fill("rennes");
    await expect(locator.options.first()).toContainText("Rennes");
    await first.release();
    await expect(locator.options.first()).toContainText("Rennes");
  });

  test("a postcode finds its town", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await locator.input.pressSequentially("29000");
    await expect(locator.options.first()).toContainText("29000");
    await locator.input.press("ArrowDown");
    await locator.input.press("Enter");
    await expect(locator.cards.first()).toContainText("Lormelle Quimper");
  });

  test("a store's name opens that store", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await locator.input.pressSequentially("lormelle concar");
    await locator.options.filter({ hasText: "Lormelle Concarneau" }).click();
    await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Lormelle Concarneau");
    await expect(locator.panel.getByRole("heading", { level: 2 })).toBeFocused();
  });

  test("Enter searches for what was typed, chosen or not, and the page is told", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await page.evaluate(() => addEventListener("devanture-search", (e) => ((window as any).found = (e as CustomEvent).detail)));
    await locator.search("Saint-Malo");
    await expect(locator.status).toContainText("nearest to Saint-Malo");
    await expect(locator.cards.first()).toContainText("Lormelle Saint-Malo");
    expect(await page.evaluate(() => (window as any).found)).toEqual({ query: "Saint-Malo", total: 190 });
    await locator.input.fill("Vannes");
    await locator.button("Search").click();
    await expect(locator.cards.first()).toContainText("Lormelle Vannes");
  });

  test("the search is in the page's own language too", async ({ page, stack }) => {
    await page.goto(stack.page({ lang: "fr" }));
    const locator = new StoreLocator(page);
    await expect(locator.status).toHaveText("190 magasins");
    await locator.search("Angers");
    await expect(locator.status).toContainText("190 magasins, du plus proche de Angers");
    const { items } = await stack.stores({ q: "Angers" });
    const kilometres = new Intl.NumberFormat("fr", { style: "unit", unit: "kilometer", maximumFractionDigits: 0 });
    await expect(locator.card(items[19]!.name).locator("[part=distance]")).toHaveText(kilometres.format(items[19]!.distance_m! / 1000));
  });

  test("of two towns of one name, the one in the network's own country is meant", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await locator.search("Brest");
    await expect(locator.cards.first()).toContainText("Lormelle Brest");
  });

  test("an unknown place is said, with a way on, and what is listed has no distance", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await locator.search("Zzyzxqwv");
    await expect(locator.status).toHaveText("We do not know “Zzyzxqwv”. Check the spelling, or try a larger town or a postcode.");
    await expect(locator.root.locator("[part=distance]")).toHaveCount(0);
    await locator.button("Clear").click();
    await expect(locator.status).toHaveText("190 stores");
    await expect(locator.input).toBeFocused();
  });
});

test("the list is by distance, with the distances shown", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.search("Rennes");
  await expect(locator.status).toContainText("nearest to Rennes");
  const { items } = await stack.stores({ q: "Rennes" });
  expect(await locator.names()).toEqual(items.map((store) => store.name));
  const distances = items.map((store) => store.distance_m!);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  expect(await locator.root.locator("[part=distance]").allTextContents()).toEqual(distances.map(miles));
});

test("“more” keeps what was listed, adds the next ones, and lists nothing twice", async ({ page, stack }) => {
  const locator = await opened(page, stack, 'limit="8"');
  await locator.search("Rennes");
  await expect(locator.status).toContainText("nearest to Rennes");
  const { items } = await stack.stores({ q: "Rennes", limit: "24" });
  const names = items.map((store) => store.name);
  expect(await locator.names()).toEqual(names.slice(0, 8));
  await locator.button("Show more stores").click();
  await expect(locator.cards).toHaveCount(16);
  await locator.button("Show more stores").click();
  await expect(locator.cards).toHaveCount(24);
  expect(await locator.names()).toEqual(names);
  expect(new Set(await locator.names()).size).toBe(24);
});

test("“more” until the end, where there is no more", async ({ page, stack }) => {
  const locator = await opened(page, stack, 'limit="100"');
  await locator.button("Show more stores").click();
  await expect(locator.cards).toHaveCount(190);
  await expect(locator.button("Show more stores")).toHaveCount(0);
  const ids = await locator.cards.getByRole("heading").getByRole("button").evaluateAll((all) => all.map((e) => e.id));
  expect(new Set(ids).size).toBe(190);
});

test.describe("by position", () => {
  const watchGeolocation = (page: Page): Promise<unknown> =>
    page.addInitScript(() => {
      const ask = Geolocation.prototype.getCurrentPosition;
      Geolocation.prototype.getCurrentPosition = function (...args) {
        (window as any).asked = ((window as any).asked ?? 0) + 1;
        return ask.apply(this, args);
      };
      Geolocation.prototype.watchPosition = () => {
        throw new Error("a position is asked for once");
      };
    });
  const asked = (page: Page): Promise<number> => page.evaluate(() => (window as any).asked ?? 0);

  test("granted: asked for on the click and not before, sent no finer than 100 m", async ({ page, context, stack, traffic }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation({ latitude: 48.113_456_7, longitude: -1.681_987_6 });
    await watchGeolocation(page);
    const locator = await opened(page, stack);
    await locator.input.pressSequentially("nan");
    await expect(locator.options.first()).toBeVisible();
    expect(await asked(page)).toBe(0);
    await locator.button("Use my position").click();
    await expect(locator.status).toHaveText("190 stores, nearest to you first");
    await expect(locator.cards.first()).toContainText("Lormelle Rennes");
    await expect(locator.input).toHaveValue("");
    expect(await asked(page)).toBe(1);
    const query = traffic.to("/v1/stores").at(-1)!.searchParams;
    expect(query.get("lat")).toMatch(/^48\.11[34]$/);
    expect(query.get("lng")).toMatch(/^-1\.68[12]$/);
  });

  test("refused: it is said, and typing goes on", async ({ page, context, stack }) => {
    await context.clearPermissions();
    await watchGeolocation(page);
    const locator = await opened(page, stack);
    await locator.button("Use my position").click();
    await expect(locator.root.getByRole("alert")).toHaveText(/Your position is not shared with this page/);
    await expect(locator.button("Use my position")).toBeEnabled();
    expect(await locator.cards.count()).toBe(20);
    await locator.search("Lille");
    await expect(locator.cards.first()).toContainText("Lormelle Lille");
    await expect(locator.root.getByRole("alert")).toHaveCount(0);
  });

  test("not to be found: it is said too", async ({ page, stack }) => {
    await page.addInitScript(() => {
      Geolocation.prototype.getCurrentPosition = (_, failed) =>
        failed?.({ code: 2, message: "", PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 });
    });
    const locator = await opened(page, stack);
    await locator.button("Use my position").click();
    await expect(locator.root.getByRole("alert")).toHaveText(/Your position could not be found/);
  });

  test("what is typed while the position is awaited is not thrown away by it", async ({ page, stack }) => {
    await page.addInitScript(() => {
      Geolocation.prototype.getCurrentPosition = (found) =>
        ((window as any).answer = () => found({ coords: { latitude: 43.6, longitude: 1.44 } } as GeolocationPosition));
    });
    const locator = await opened(page, stack);
    await locator.button("Use my position").click();
    await locator.search("Lille");
    await expect(locator.cards.first()).toContainText("Lormelle Lille");
    await page.evaluate(() => (window as any).answer());
    await expect(locator.input).toHaveValue("Lille");
    await expect(locator.cards.first()).toContainText("Lormelle Lille");
  });

  test("called by the page, as the method `locate`", async ({ page, context, stack }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation({ latitude: -20.88, longitude: 55.45 });
    const locator = await opened(page, stack);
    await locator.root.evaluate((e) => (e as any).locate());
    await expect(locator.cards.first()).toContainText("Lormelle Saint-Denis");
  });
});

test.describe("filters", () => {
  const expectList = async (locator: StoreLocator, expected: StorePage): Promise<void> => {
    await expect(locator.status).toHaveText(new RegExp(`^${expected.total} stores?`));
    await expect.poll(() => locator.names()).toEqual(expected.items.map((store) => store.name));
  };

  test("services add up, and the number found is announced", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await expect(locator.root.getByRole("status")).toHaveText("190 stores");
    const first = await stack.stores({ services: "alterations" });
    const both = await stack.stores({ services: "alterations,second-hand" });
    expect(both.total).toBeLessThan(first.total);
    expect(first.items.every((store) => store.services.includes("alterations"))).toBe(true);
    const alterations = locator.button("Alterations");
    await alterations.click();
    await expect(alterations).toHaveAttribute("aria-pressed", "true");
    await expectList(locator, first);
    await locator.button("Second-hand buy-back").click();
    await expectList(locator, both);
    await alterations.click();
    await expect(alterations).toHaveAttribute("aria-pressed", "false");
    await expectList(locator, await stack.stores({ services: "second-hand" }));
  });

  test("a brand", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await locator.root.getByLabel("Brand").selectOption("Petit Bourdon");
    const expected = await stack.stores({ brands: "petit-bourdon" });
    expect(expected.total).toBeLessThan(190);
    await expectList(locator, expected);
    await locator.root.getByLabel("Brand").selectOption("All brands");
    await expect(locator.status).toHaveText("190 stores");
  });

  test("open now asks the API, and goes with a place", async ({ page, stack, traffic }) => {
    const locator = await opened(page, stack);
    await locator.search("Rennes");
    await expect(locator.status).toContainText("nearest to Rennes");
    await locator.button("Open now").click();
    await expect(locator.button("Open now")).toHaveAttribute("aria-pressed", "true");
    await expect.poll(() => traffic.to("/v1/stores").at(-1)!.search).toMatch(/q=Rennes.*open_now=true/);
    const expected = await stack.stores({ q: "Rennes", open_now: "true" });
    await expect(locator.status).toHaveText(new RegExp(`^${expected.total} stores?, nearest to Rennes`));
  });

  test("nothing matches: said, and taken back by one button", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    // All services but those of a town at most: no store has them all.
    for (const name of ["Shoe repairs", "Tax refund", "Children’s corner", "Parking nearby", "Second-hand buy-back"]) {
      await locator.button(name).click();
    }
    await expect(locator.status).toHaveText("0 stores");
    await expect(locator.root.getByText("No store matches these filters.")).toBeVisible();
    await locator.button("Remove the filters").click();
    await expect(locator.status).toHaveText("190 stores");
    await expect(locator.button("Shoe repairs")).toHaveAttribute("aria-pressed", "false");
  });

  test("the page's own filters are always on, besides the shopper's", async ({ page, stack, traffic }) => {
    await page.goto(stack.page({ body: stack.element('services="alterations"') }));
    const locator = new StoreLocator(page);
    await expectList(locator, await stack.stores({ services: "alterations" }));
    await locator.button("Children’s corner").click();
    await expectList(locator, await stack.stores({ services: "alterations,kids-corner" }));
    expect(traffic.to("/v1/stores").at(-1)!.searchParams.get("services")).toBe("alterations,kids-corner");
  });

  test("the fast clicker gets the last answer, not the latest to arrive", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    const slow = await hold(page, /\/v1\/stores\?.*services=alterations(&|$)/);
    await locator.button("Alterations").click();
    await slow.asked;
    await locator.button("Children’s corner").click();
    const both = await stack.stores({ services: "alterations,kids-corner" });
    await expectList(locator, both);
    await slow.release();
    await expectList(locator, both);
  });
});

test("an error is said, what was listed stays, and trying again works", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  const names = await locator.names();
  await page.route(/\/v1\/stores\?/, (route) => route.abort("connectionrefused"));
  await locator.search("Lille");
  await expect(locator.root.getByRole("alert")).toContainText("No connection to the store service.");
  expect(await locator.names()).toEqual(names);
  await page.unrouteAll();
  await locator.button("Try again").click();
  await expect(locator.cards.first()).toContainText("Lormelle Lille");
  await expect(locator.root.getByRole("alert")).toHaveCount(0);
});

test("the page begins the list where it knows the shopper to be", async ({ page, stack }) => {
  await page.goto(stack.page({ body: stack.element('lat="43.6" lng="1.44"') }));
  const locator = new StoreLocator(page);
  await expect(locator.cards.first()).toContainText("Lormelle Toulouse");
  await expect(locator.cards.first().locator("[part=distance]")).toBeVisible();
});
