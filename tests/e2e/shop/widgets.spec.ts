// The demo's product and department with the real widgets: nothing for axe to say in either language, in light and dark, on a phone and
// a wide screen; and a size that is chosen on one product is chosen on the next.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/stack.ts";
import { SizeMemory } from "../support/sizes.ts";

const PRODUCT = ["devanture-rating", "devanture-size-memory", "devanture-stock-locator", "devanture-reviews"];
const PAGES = [
  ["/produit/robe-augustine", "fr", PRODUCT],
  ["/en/product/robe-augustine", "en", PRODUCT],
  ["/femme", "fr", ["devanture-size-memory", "devanture-rating"]],
  ["/en/women", "en", ["devanture-size-memory", "devanture-rating"]],
] as const;

/** Comes to each as a shopper does who reads on, until the widget has taken the fallback's place. */
async function drawn(page: Page, tags: readonly string[]): Promise<void> {
  for (const tag of tags) {
    const element = page.locator(tag).first();
    await element.scrollIntoViewIfNeeded();
    await expect.poll(() => element.evaluate((it) => it.shadowRoot?.querySelector("slot") == null), { message: tag }).toBe(true);
    await expect(element.locator("[part=error]")).toHaveCount(0);
  }
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    test(`all widgets of a page, and axe has nothing to say: ${colorScheme}, ${width} px`, async ({ page, stack }) => {
      test.setTimeout(120_000);
      const wrong: string[] = [];
      page.on("pageerror", (error) => wrong.push(error.message));
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 800 });
      for (const [path, lang, tags] of PAGES) {
        await test.step(path, async () => {
          await page.goto(stack.shop + path);
          await drawn(page, tags);
          await expect(page.locator("html")).toHaveAttribute("lang", lang);
          const { violations } = await new AxeBuilder({ page })
            .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
            .analyze();
          expect.soft(violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary}`))).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        });
      }
      expect(wrong).toEqual([]);
    });
  }
}

test("a size that is chosen on a dress is chosen on the next one, and the department says what is left in it", async ({ page, stack }) => {
  const chosen = page.locator("[data-buy] input[name=size]:checked");
  const memory = new SizeMemory(page);
  await page.goto(`${stack.shop}/en/product/robe-augustine`);
  await expect(memory.line).toContainText("Choose a size");
  await page.locator("[data-buy] label", { hasText: /^\s*40\s*$/ }).click();
  await expect(memory.line).toHaveText("Your size: 40");
  await memory.button("Keep it in this browser").click();
  await page.goto(`${stack.shop}/en/product/robe-nolwenn`);
  await expect(memory.line).toContainText("Your size: 40");
  await expect(chosen).toHaveValue("40");
  await page.goto(`${stack.shop}/en/women`);
  await expect(memory.root).toContainText(/\d+ products are left in your size/);
});
