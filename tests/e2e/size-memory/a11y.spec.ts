// For screen readers and keyboards: axe in every state, light and dark, in both languages; the whole way by keys.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/stack.ts";
import { leaveOnly, NUMBERS, remembered, shopPage, SizeMemory } from "../support/sizes.ts";

async function clean(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include("devanture-size-memory").withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map((one) => `${what}: ${one.id} ${one.nodes.map((node) => node.html).join()}`)).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ page, stack }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await leaveOnly(page, () => true);
    await remembered(page, "s\ttops\t\t40", "b\tchest\t890");
    // axe takes a page that paints nothing for white, also where the browser paints it black.
    const head = `<style>html { background: Canvas }</style>${stack.script()}`;
    await page.goto(await shopPage(stack, "woocommerce", { head }));
    const memory = new SizeMemory(page);
    await expect(memory.line).toHaveText("Your size: 40");
    await memory.button("Why?").click();
    await clean(page, "why");
    await memory.button("Change").click();
    await expect(memory.panel).toContainText("By this chart you take");
    await memory.panel.locator("[name=waist]").fill("7");
    await memory.panel.locator("[name=waist]").press("Tab");
    await expect(memory.panel).toContainText("Type a number of centimetres");
    await clean(page, "panel");
    await memory.button("Also on my other devices").click();
    await expect(memory.panel).toContainText("The shop then keeps a copy");
    await clean(page, "devices");
    await memory.button("Make a private link").click();
    await expect(memory.panel.getByLabel("Private link")).toBeVisible();
    await clean(page, "link");
    await page.goto(`${page.url()}#devanture-sizes=${"A".repeat(24)}`);
    await expect(memory.button("Yes, use them")).toBeVisible();
    await clean(page, "question");
    await page.goto(await shopPage(stack, "woocommerce", { head, sizes: NUMBERS.map((one) => ({ ...one, off: one.label === "40" })) }));
    await expect(memory.line).toHaveText("40 is not left here.");
    await clean(page, "gone");
  });
}

test("the whole way by keys", async ({ page, stack }) => {
  await leaveOnly(page, () => true);
  await remembered(page, "s\ttops\t\t40");
  await page.goto(await shopPage(stack, "woocommerce"));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Your size: 40");
  await page.keyboard.press("Tab");
  await expect(memory.button("Why?")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(memory.panel.getByRole("heading").first()).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(memory.button("Me")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Zoé");
  await page.keyboard.press("Enter");
  await expect(memory.button("Zoé")).toHaveAttribute("aria-pressed", "true");
});

test("in French, with narrow text and a long name", async ({ page, stack }) => {
  await leaveOnly(page, () => true);
  await page.setViewportSize({ width: 320, height: 640 });
  await remembered(page, "s\ttops\t\t40");
  await page.goto((await shopPage(stack, "woocommerce", { attributes: 'consent="granted" lang="fr"' })));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Votre taille : 40");
  await memory.button("Changer").click();
  await memory.panel.getByLabel("Prénom").fill("W".repeat(40));
  await memory.button("Ajouter").click();
  await expect(memory.button("W".repeat(40))).toBeVisible();
  expect(await page.evaluate(() => document.querySelector("devanture-size-memory")!.scrollWidth <= innerWidth)).toBe(true);
});
