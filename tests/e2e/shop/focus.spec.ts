// Whoever uses the keyboard keeps their place: what is pressed or chosen in a widget leaves the focus in it.
import { expect, test, type Stack } from "../support/stack.ts";
import { element as reviews } from "../support/reviews.ts";
import { leaveOnly, remembered, shopPage } from "../support/sizes.ts";
import { element as stock, PRODUCT } from "../support/stock.ts";
import type { Page } from "@playwright/test";

interface Case {
  name: string;
  tag: string;
  open: (page: Page, stack: Stack) => Promise<unknown>;
  /** What is pressed before. */
  first?: RegExp;
}

const memory = (left: (size: string) => boolean) => async (page: Page, stack: Stack) => {
  await leaveOnly(page, left);
  await remembered(page, "s\ttops\tLormelle\t40");
  await page.goto(await shopPage(stack, "generic"));
};

const CASES: Case[] = [
  { name: "reviews", tag: "devanture-reviews", open: (page, stack) => page.goto(stack.page({ body: reviews() })) },
  { name: "stock locator", tag: "devanture-stock-locator", open: (page, stack) => page.goto(stack.page({ body: stock(`product-id="${PRODUCT}"`) })) },
  { name: "store locator", tag: "devanture-store-locator", open: (page, stack) => page.goto(stack.page()) },
  { name: "size memory, size there", tag: "devanture-size-memory", open: memory(() => true) },
  { name: "size memory, size gone", tag: "devanture-size-memory", open: memory((size) => size !== "40") },
  { name: "size memory, settings", tag: "devanture-size-memory", open: memory(() => true), first: /^Change$/ },
];

/** Those controls of a widget that are seen and do not lead out of the page. */
const CONTROLS = "button:not([disabled]), select:not([disabled]), summary, input[type=checkbox], input[type=radio]";

for (const { name, tag, open, first } of CASES) {
  test(`the focus stays in the widget: ${name}`, async ({ browser, stack }) => {
    test.setTimeout(180_000);
    const lost: (string | null)[] = [];
    let pressed = 0;
    for (let more = true; more && pressed < 30; ) {
      // Somebody new each time: what is pressed may be remembered.
      const page = await browser.newPage({ locale: "en-GB" });
      const root = page.locator(tag);
      const controls = root.locator(CONTROLS).filter({ visible: true });
      const settled = async (): Promise<void> => {
        await page.waitForLoadState("networkidle");
        await expect(root.locator("[aria-busy=true], .ghost")).toHaveCount(0);
      };
      await open(page, stack);
      await expect(controls.first()).toBeVisible();
      await settled();
      if (first) await root.getByRole("button", { name: first }).first().click();
      const control = controls.nth(pressed++);
      const label = (await control.getAttribute("aria-label")) ?? (await control.textContent());
      more = (await controls.count()) > pressed;
      await control.focus();
      await page.keyboard.press((await control.evaluate((one) => one.tagName)) === "SELECT" ? "ArrowDown" : "Space");
      await settled();
      if (!(await root.evaluate((host) => host.shadowRoot!.activeElement !== null))) lost.push(label);
      await page.close();
    }
    expect(pressed).toBeGreaterThan(1);
    expect(lost).toEqual([]);
  });
}
