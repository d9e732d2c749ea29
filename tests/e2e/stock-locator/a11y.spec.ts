// Nothing for axe to say in any state, and a reservation by keyboard alone.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test, type Stack } from "../support/stack.ts";
import { element, PRODUCT, rewrite, somebody, stocked, StockLocator } from "../support/stock.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function expectAccessible(page: Page, state: string): Promise<void> {
  await test.step(state, async () => {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary}`));
    expect.soft(found, state).toEqual([]);
  });
}

/** Goes through every state, and looks at each. */
async function walk(page: Page, stack: Stack, lang: "en" | "fr", look: (state: string) => Promise<void>): Promise<void> {
  const stock = new StockLocator(page);
  const { sku } = await stocked(stack);
  // axe takes a page that paints nothing for white, also where the browser paints it black.
  const canvas = "<style>html { background: Canvas; font-family: sans-serif } h1 { font-size: 1.2em }</style>";
  const open = (attributes: string): Promise<unknown> => page.goto(stack.page({ lang, head: canvas + stack.script(), body: element(attributes) }));
  await open(`product-id="${PRODUCT}"`);
  await expect(stock.status).toHaveText(/Choose a size|Choisissez/);
  await look("a size to choose");
  await open(`sku="${sku}"`);
  await stock.ready();
  await look("the first list");
  await stock.input.pressSequentially("saint");
  await expect(stock.options.first()).toContainText("Saint");
  await stock.input.press("ArrowDown");
  await look("suggestions");
  await stock.search("Rennes");
  await expect(stock.status).toContainText("Rennes");
  await stock.cards.nth(1).getByRole("button", { name: /^(Make it my store|Choisir ce magasin)/ }).click();
  await look("near a place");
  await stock.button(/localiser|position/).click();
  await expect(stock.root.getByRole("alert")).toBeVisible();
  await look("no position");
  await stock.reserve();
  await look("the form");
  await stock.confirm.click();
  await expect(stock.panel.locator("[aria-invalid]")).toHaveCount(1);
  await look("the form with an error");
  await stock.fill(somebody());
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();
  await look("the ticket");
  await stock.button(/^(Cancel|Annuler)/).click();
  await expect(stock.panel.getByRole("status")).toHaveText(/cancelled|annulée/);
  await look("called off");
  await open(`items="${sku},CEINTURE-X" limit="3"`);
  await stock.ready();
  await look("several things");
  await open(`sku="${sku}" mode="compact"`);
  await expect(stock.toggle).toContainText(/In stock|En stock|left|Plus que|store|magasin/);
  await look("compact");
  await open(`sku="${sku}" mode="button"`);
  await expect(stock.toggle).toBeVisible();
  await look("a button");
  await rewrite(page, (answer, url) => {
    answer.shippable = answer.shippable.map(() => true);
    if (url.searchParams.get("items") === sku) Object.assign(answer, { items: [], total: 0 });
  });
  await open(`sku="${sku}"`);
  await expect(stock.root.locator("[part=instead] .chip").first()).toBeVisible();
  await look("nothing near");
  await stock.root.locator("[part=alert] button").click();
  await expect(stock.root.locator("[part=alert] input")).toBeFocused();
  await look("to be written to");
  await page.keyboard.press("Enter");
  await expect(stock.root.locator("[part=alert] [aria-invalid]")).toHaveCount(1);
  await look("to be written to, with an error");
  // The others still have it, so that it is refused.
  await page.keyboard.type(somebody().email);
  await page.keyboard.press("Enter");
  await expect(stock.root.locator("[part=alert]").getByRole("alert")).toBeVisible();
  await look("not written to");
  await page.unrouteAll();
  await page.route(/\/v1\/availability/, (route) => route.abort());
  await open(`sku="${sku}"`);
  await expect(stock.root.getByRole("alert")).toBeVisible();
  await look("an error");
  await page.unrouteAll();
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    for (const lang of ["fr", "en"] as const) {
      test(`nothing for axe to say in any state: ${colorScheme}, ${width} px, ${lang}`, async ({ page, stack }) => {
        test.setTimeout(120_000);
        // Colours must not be measured while something fades.
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
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

test("a size, a town, a reservation and its end by keyboard alone", async ({ page, stack }) => {
  await page.goto(stack.page({ body: element(`product-id="${PRODUCT}"`) }));
  const stock = new StockLocator(page);
  await expect(stock.status).toHaveText(/Choose a size/);
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const active = document.querySelector("devanture-stock-locator")!.shadowRoot!.activeElement;
      return active?.getAttribute("aria-label") ?? active?.textContent ?? "";
    });
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      if (name.test(await focused())) return;
    }
    throw new Error(`nothing called ${name} can be reached`);
  };
  await tabTo(/^38$/);
  await page.keyboard.press("Enter");
  await stock.ready();
  expect(await focused(), "the size keeps the focus").toBe("38");
  await tabTo(/^Find it in a store$/);
  await page.keyboard.type("Nantes");
  await page.keyboard.press("Enter");
  await expect(stock.status).toContainText("nearest to Nantes");
  await tabTo(/^Reserve · /);
  await page.keyboard.press("Enter");
  await expect(stock.confirm).toBeVisible();
  await expect(stock.panel.getByRole("heading", { level: 2 })).toBeFocused();
  const { name, email } = somebody();
  await page.keyboard.press("Tab");
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(email);
  await page.keyboard.press("Enter");
  await expect(stock.code).toBeVisible();
  await expect(stock.panel.getByRole("heading", { level: 2 })).toBeFocused();
  await tabTo(/^Cancel the reservation$/);
  await page.keyboard.press("Enter");
  await expect(stock.panel.getByRole("status")).toHaveText("The reservation is cancelled.");
  expect(await focused(), "after cancelling").not.toBe("");
  await tabTo(/./);
});

test("320 px: nothing is cut off, and targets are large enough for a finger", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(stack.page({ lang: "fr", body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  const look = async (state: string): Promise<void> => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), state).toBeLessThanOrEqual(0);
    const small = await stock.root.evaluate((e) =>
      [...e.shadowRoot!.querySelectorAll("button, a, input")]
        .map((target) => [target.textContent, target.getBoundingClientRect()] as const)
        .filter(([text, box]) => text !== "Confidentialité" && box.width > 0 && (box.height < 24 || box.width < 24))
        .map(([text, box]) => `${text} ${box.width}×${box.height}`),
    );
    expect(small, state).toEqual([]);
  };
  await look("the list");
  await stock.reserve();
  await look("the form");
  await stock.fill(somebody());
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();
  await look("the ticket");
});

test("forced colours: what is chosen can still be told", async ({ page, stack }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await expect(stock.group(/^Size$/).locator("[aria-pressed=true]")).toHaveCSS("outline-style", "solid");
});
