// Nothing for axe to say in any state; nothing cut off on the smallest phone.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/console.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function look(page: Page, state: string): Promise<void> {
  await test.step(state, async () => {
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary}`));
    expect.soft(found, state).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(wide, `${state}: wider than the screen`).toBeLessThanOrEqual(0);
  });
}

for (const [locale, colorScheme, width] of [
  ["en-GB", "light", 320],
  ["fr-FR", "dark", 320],
  ["fr-FR", "light", 1280],
  ["en-GB", "dark", 768],
] as const) {
  test.describe(`${locale}, ${colorScheme}, ${width} px`, () => {
    test.use({ locale, colorScheme, viewport: { width, height: 800 } });
    test("every state", async ({ page, room, desk }) => {
      const now = Date.now();
      desk.stores.push({ code: "FR-PAR", name: "Lormelle Paris Saint-Honoré, Galerie", time_zone: "Europe/Paris" });
      desk.add("a", "requested", { due_at: now + 200_000, person: { name: "Jean-Baptiste de Rochebrune-Castelnau", email: "j@example.com", phone: "0611223344" } });
      desk.add("b", "accepted", { paid: true });
      desk.add("c", "ready");
      desk.add("d", "awaiting_payment");
      for (const state of ["collected", "refused", "expired", "cancelled", "no_show", "passed_on"] as const) desk.add(state, state);
      await page.goto(room.url);
      await expect(room.password).toBeVisible();
      await look(page, "sign-in");
      await room.fillSignIn("zoe.martin@lormelle.example", "not the password");
      await expect(page.locator("#error")).toBeVisible();
      await look(page, "sign-in refused");
      await room.fillSignIn();
      await expect(room.cards).toHaveCount(4);
      await look(page, "the list");
      await page.locator("#refuse-a").click();
      await room.dialog.locator("[type=submit]").click();
      await look(page, "refusing");
      await page.keyboard.press("Escape");
      await page.locator("#collect-c").click();
      await page.keyboard.type("WRONG");
      await page.keyboard.press("Enter");
      await expect(page.locator("#code-error")).toBeVisible();
      await look(page, "a wrong code");
      await page.keyboard.press("Escape");
      await page.locator("#no-show-c").click();
      await look(page, "nobody came");
      await page.keyboard.press("Escape");
      await room.menu.click();
      await look(page, "the menu");
      await page.keyboard.press("Escape");
      desk.get("a").state = "passed_on";
      await page.locator("#accept-a").click();
      await expect(room.notices).toBeVisible();
      desk.fault = "offline";
      await page.locator("#ready-b").click();
      await expect(room.banner).toBeVisible();
      await look(page, "refused, and waiting");
      desk.fault = undefined;
      await page.locator("#tab-ended").click();
      await expect(room.cards).toHaveCount(7);
      await look(page, "ended");
      desk.reservations = [];
      await page.locator("#tab-open").click();
      await expect(page.locator(".empty")).toBeVisible();
      await look(page, "nothing to do");
    });
  });
}

test("nothing moves for those who do not want it", async ({ page, room, desk }) => {
  desk.add("a", "requested");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await room.enter();
  await expect(room.card("a")).toBeVisible();
  desk.fault = "busy";
  await room.button("a", "Accept").click();
  const name = await page.locator(".pending .icon").evaluate((icon) => getComputedStyle(icon).animationName);
  expect(name).toBe("none");
});
