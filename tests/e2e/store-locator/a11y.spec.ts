// Nothing for axe to say in any state, and the whole way by keyboard alone.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { StoreLocator } from "../support/locator.ts";
import { expect, test, type Stack } from "../support/stack.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function expectAccessible(page: Page, state: string): Promise<void> {
  await test.step(state, async () => {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary}`));
    expect.soft(found, state).toEqual([]);
  });
}

const NAMES = {
  en: {
    map: "Map",
    hide: "Hide the map",
    book: "Book an appointment",
    confirm: "Confirm the appointment",
    mine: "Make it my store",
    again: "Try again",
    back: "All stores",
    services: ["Alterations", "Shoe repairs", "Tax refund", "Children’s corner", "Parking nearby", "Second-hand buy-back"],
  },
  fr: {
    map: "Carte",
    hide: "Masquer la carte",
    book: "Prendre rendez-vous",
    confirm: "Confirmer le rendez-vous",
    mine: "Choisir ce magasin",
    again: "Réessayer",
    back: "Tous les magasins",
    services: ["Retouches", "Cordonnerie", "Détaxe", "Coin enfants", "Parking à proximité", "Reprise de vêtements"],
  },
};

/** Goes through every state, and looks at each. */
async function walk(page: Page, stack: Stack, lang: "en" | "fr", look: (state: string) => Promise<void>): Promise<void> {
  const names = NAMES[lang];
  const locator = new StoreLocator(page);
  const { items } = await stack.stores({ q: "Rennes" });
  const store = items.findLast((store) => store.appointments)!;
  // axe takes a page that paints nothing for white, also where the browser paints it black.
  const canvas = "<style>html { background: Canvas; font-family: sans-serif }</style>";
  await page.goto(stack.page({ lang, head: canvas + stack.script() }));
  await expect(locator.status).toHaveText(/^190/);
  await look("the first list");
  await locator.input.pressSequentially("saint");
  await expect(locator.options.first()).toContainText("Saint");
  await locator.input.press("ArrowDown");
  await expect(locator.options.first()).toHaveAttribute("aria-selected", "true");
  await look("suggestions");
  await locator.input.fill("zqxzqx");
  await expect(locator.options).toHaveCount(1);
  await look("no suggestion");
  await locator.input.press("Enter");
  await expect(locator.status).toContainText("zqxzqx");
  await look("an unknown place");
  await locator.search("Rennes");
  await expect(locator.status).toContainText("Rennes");
  await look("distances");
  await locator.card(items[1]!.name).getByRole("button", { name: names.mine }).click();
  await expect(locator.mine).toBeVisible();
  await look("my store");
  await locator.button(names.services[0]!).click();
  await locator.root.getByRole("combobox", { name: /Brand|Marque/ }).selectOption("Petit Bourdon");
  await expect(locator.status).not.toHaveText(/^190/);
  await look("filters");
  for (const service of names.services.slice(1)) await locator.button(service).click();
  await expect(locator.status).toHaveText(/^0/);
  await look("nothing found");
  await page.route(/\/v1\/stores\?/, (route) => route.abort());
  await locator.button(names.services[1]!).click();
  await expect(locator.root.getByRole("alert")).toBeVisible();
  await look("an error");
  await page.unrouteAll();
  await page.reload();
  await locator.search("Rennes");
  await expect(locator.status).toContainText("Rennes");
  await locator.button(/localiser|position/).click();
  await expect(locator.root.getByRole("alert")).toBeVisible();
  await look("no position");
  await locator.button(names.map).click();
  await expect(locator.map.locator(".pin-box")).toHaveCount(20);
  await look("the map");
  await locator.button(names.hide).click();
  await locator.open(store.name);
  await expect(locator.panel.getByRole("table")).toBeVisible();
  await look("details");
  await locator.button(names.book).click();
  await expect(locator.panel.locator("[part=time]").first()).toBeVisible();
  await look("free times");
  await locator.panel.locator("[part=time]").first().click();
  await expect(locator.panel.locator("[name=name]")).toBeVisible();
  await look("the form");
  await locator.button(names.confirm).click();
  await expect(locator.panel.locator("[aria-invalid]")).toHaveCount(1);
  await look("the form with an error");
  await locator.panel.locator("[name=name]").fill("Zoé");
  await locator.panel.locator("[name=phone]").fill("06 12 34 56 78");
  await locator.button(names.confirm).click();
  await expect(locator.panel.getByRole("status")).toBeVisible();
  await look("the confirmation");
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    for (const lang of ["fr", "en"] as const) {
      test(`nothing for axe to say in any state: ${colorScheme}, ${width} px, ${lang}`, async ({ page, stack }) => {
        test.setTimeout(120_000);
        // Colours must not be measured while something fades.
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 844 });
        const shots = process.env.E2E_SHOTS;
        let number = 0;
        await walk(page, stack, lang, async (state) => {
          const name = `${lang}-${colorScheme}-${width}-${String(++number).padStart(2, "0")}-${state.replaceAll(" ", "-")}`;
          if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
          else await expectAccessible(page, state);
        });
      });
    }
  }
}

test("forced colours: what is chosen can still be told", async ({ page, stack }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(stack.page());
  const locator = new StoreLocator(page);
  await locator.button("Alterations").click();
  await expect(locator.button("Alterations")).toHaveCSS("outline-style", "solid");
});

test("targets are large enough for a finger: 24 px at least, 40 px for what is pressed most", async ({ page, stack }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(stack.page());
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText("190 stores");
  const small = await locator.root.evaluate((e) =>
    [...e.shadowRoot!.querySelectorAll("button, a, select, input")]
      .map((target) => [target.textContent, target.getBoundingClientRect()] as const)
      .filter(([, box]) => box.height < 24 || box.width < 24)
      .map(([text, box]) => `${text} ${box.width}×${box.height}`),
  );
  expect([...new Set(small)]).toEqual([]);
  for (const button of [locator.button("Search"), locator.button("Use my position"), locator.button("Open now"), locator.button("Map")]) {
    expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(40);
  }
});

test("text enlarged to 200 % is not cut off", async ({ page, stack }) => {
  await page.setViewportSize({ width: 640, height: 800 });
  await page.goto(stack.page({ body: `<div id="large">${stack.element('style="--devanture-font-size: 32px"')}</div>` }));
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText("190 stores");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const field = (await locator.input.boundingBox())!;
  const size = await locator.input.evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
  expect(field.height).toBeGreaterThan(size * 1.2);
});

test("the whole way by keyboard: from the top of the page to a booked appointment", async ({ page, stack }) => {
  test.setTimeout(60_000);
  await page.goto(stack.page({ body: `<a href="#a">A link before</a>${stack.element()}<a href="#b">A link after</a>` }));
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText("190 stores");
  const { keyboard } = page;
  /** The focused element, through shadow roots. */
  const focused = (): Promise<{ tag: string; name: string; ring: boolean }> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      const ring = (e: Element | null): boolean => !!e && (getComputedStyle(e).outlineStyle !== "none" || getComputedStyle(e).boxShadow !== "none");
      const name = active?.getAttribute("aria-label") ?? (active as HTMLInputElement)?.name ?? "";
      return { tag: active?.tagName.toLowerCase() ?? "", name: name || active?.textContent || "", ring: ring(active) || ring(active?.parentElement ?? null) };
    });
  /** Presses Tab until something of that name has the focus; each stop must be visible. */
  const tabTo = async (name: string | RegExp, limit = 80): Promise<void> => {
    const passed: string[] = [];
    for (let stops = 0; stops < limit; stops++) {
      await keyboard.press("Tab");
      const at = await focused();
      expect(at.ring || at.tag === "a" || at.tag === "body", `a focus ring on ${at.tag} “${at.name}”`).toBe(true);
      if (typeof name === "string" ? at.name === name : name.test(at.name)) return;
      passed.push(at.name);
    }
    throw new Error(`${name} was not reached: ${passed.join(" | ")}`);
  };

  await tabTo("A link before", 3);
  await tabTo("Find a store", 3);
  await keyboard.type("renn");
  await expect(locator.options.first()).toContainText("Rennes");
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await expect(locator.status).toContainText("nearest to Rennes");
  const { items } = await stack.stores({ q: "Rennes", services: "alterations" });
  const store = items.findLast((store) => store.appointments)!;
  await tabTo("Alterations", 20);
  await keyboard.press("Space");
  await expect(locator.status).not.toHaveText(/^190/);
  await tabTo(store.name, 100);
  await keyboard.press("Enter");
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText(store.name);
  await tabTo("Book an appointment", 6);
  await keyboard.press("Enter");
  await expect(locator.panel.locator("[part=time]").first()).toBeVisible();
  await tabTo(/, \d?\d:\d\d/, 6);
  const time = (await focused()).name;
  await keyboard.press("Enter");
  await expect(locator.panel.locator("[name=name]")).toBeVisible();
  await tabTo("name", 4);
  await keyboard.type("Zoé Le Goff");
  await keyboard.press("Tab");
  await keyboard.type("zoe@example.com");
  await keyboard.press("Enter");
  await expect(locator.panel.getByRole("status")).toHaveText(`It is booked: ${store.name}, ${time}.`);
  await tabTo("Add to my calendar", 4);
  await tabTo("Cancel the appointment", 2);
  await keyboard.press("Enter");
  await expect(locator.panel.getByRole("status")).toHaveText("The appointment is cancelled.");
  await tabTo("A link after", 4);
});

test("the keyboard is not trapped: Tab goes through the map and out again", async ({ page, stack }) => {
  await page.goto(stack.page({ body: `${stack.element('limit="2"')}<a href="#b">A link after</a>` }));
  const locator = new StoreLocator(page);
  await locator.button("Map").click();
  await expect(locator.map.locator(".pin-box")).toHaveCount(2);
  const names: string[] = [];
  for (let stop = 0; stop < 30; stop++) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const active = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      return active?.getAttribute("aria-label") ?? active?.getAttribute("title") ?? active?.textContent ?? "";
    });
    names.push(name);
    if (name === "A link after") break;
  }
  expect(names).toContain("Zoom in");
  expect(names.at(-1)).toBe("A link after");
});

test("what changes is announced: one status, and alerts for what went wrong", async ({ page, stack }) => {
  await page.goto(stack.page());
  const locator = new StoreLocator(page);
  await expect(locator.root.getByRole("status")).toHaveCount(1);
  await expect(locator.root.getByRole("status")).toHaveText("190 stores");
  // The same node speaks each time: one that is new is not read out everywhere.
  const node = await locator.status.elementHandle();
  await locator.search("Rennes");
  await expect(locator.status).toContainText("Rennes");
  expect(await locator.status.evaluate((now, before) => now === before, node)).toBe(true);
});
