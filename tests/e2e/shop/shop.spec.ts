// The demo's shop in a browser: it embeds the locator under its own strict policy, sells by keyboard, and
// has nothing that axe objects to.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/shop.ts";
import { VIEW } from "../support/site.ts";

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect.soft(violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary}`))).toEqual([]);
}

const PATHS = [
  "/",
  "/en/",
  "/femme",
  "/en/accessories",
  "/produit/jupe-plissee-heloise",
  "/en/product/robe-nolwenn",
  "/magasins",
  "/en/stores/1019",
  "/panier",
  "/confidentialite",
  "/en/legal",
  "/rien",
];
const MINI_SITE = ["/", "/articles?rayon=homme", "/produit/pull-marin-ouessant", "/rien"];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    test(`nothing for axe to say, no sideways scrolling: ${colorScheme}, ${width} px`, async ({ page, demo }) => {
      test.setTimeout(120_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      for (const url of [...PATHS.map((path) => demo.shop + path), ...MINI_SITE.map((path) => demo.miniSite + path)]) {
        await test.step(url, async () => {
          await page.goto(url);
          await expectAccessible(page);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        });
      }
    });
  }
}

test("the locator comes in the stores page, in the page's language, and nothing moves", async ({ page, demo, site }) => {
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  const release = site.hold(site.file("core.wasm"));
  site.hold(VIEW);
  await page.goto(`${demo.shop}/magasins`);
  await expect(page.getByRole("link", { name: "Lormelle Toulouse" }).first()).toBeVisible();
  const before = await page.locator("#annuaire").boundingBox();
  release();
  await expect(page.locator("devanture-store-locator .widget h2")).toHaveText("Nos magasins");
  expect(await page.locator("#annuaire").boundingBox()).toEqual(before);
  expect(site.requests).toContainEqual(expect.stringMatching(/^GET \/v1\/stores\?key=pk_[A-Za-z0-9]{24}&limit=20&lang=fr$/));
  expect(refused).toEqual([]);
});

test("a town typed on the front page is searched for by the locator", async ({ page, demo }) => {
  await page.goto(`${demo.shop}/en/`);
  await page.getByLabel("Town or postcode").fill("Nantes");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${demo.shop}/en/stores?q=Nantes`);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { calls?: unknown[][] }).calls?.filter((c) => c[0] === "call")))
    .toEqual([["call", 1, "search", ["Nantes"]]]);
});

test("a dress is put in the basket and taken out again by keyboard alone", async ({ page, demo }) => {
  await page.goto(`${demo.shop}/en/product/robe-augustine`);
  const add = page.getByRole("button", { name: "Add to basket" });
  await add.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText("Choose a size first");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "36" })).toBeChecked();
  await page.getByRole("radio", { name: "Fir green" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("img.main")).toHaveAttribute("src", "/img/robe-augustine.framboise.svg");
  await add.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText("Added to your basket");
  await page.getByRole("link", { name: /Basket/ }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Augustine dress" })).toContainText("Raspberry, size 36");
  await expect(page.getByText("Total €178.00")).toBeVisible();
  await page.getByRole("button", { name: "Remove Augustine dress" }).press("Enter");
  await expect(page.getByText("Nothing yet.")).toBeVisible();
});

test("a broken basket in storage is an empty one", async ({ page, demo }) => {
  await page.goto(demo.shop);
  for (const stored of ["{", '{"a":1}', "null"]) {
    await page.evaluate((text) => sessionStorage.setItem("lormelle-basket", text), stored);
    await page.goto(`${demo.shop}/panier`);
    await expect(page.getByText("Rien pour l’instant.")).toBeVisible();
  }
});

test("without script the stores are all there", async ({ browser, demo }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${demo.shop}/magasins`);
  await page.getByText("Bretagne").click();
  await page.getByRole("link", { name: "Lormelle Concarneau" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lormelle Concarneau");
  await expect(page.getByRole("rowheader", { name: "lundi" })).toBeVisible();
  await context.close();
});
