// The page that a reservation's private link leads to: no script of ours, on a small screen, by keyboard, and axe has nothing to say.
import { AxeBuilder } from "@axe-core/playwright";
import { KEY, expect, test } from "../support/stack.ts";
import { availability, somebody, stocked, type Reservation } from "../support/stock.ts";

for (const [lang, colorScheme, called] of [["fr", "light", "Annuler la réservation"], ["en", "dark", "Call the reservation off"]] as const) {
  test(`seen and called off with Tab and Enter: ${lang}, ${colorScheme}`, async ({ page, stack }) => {
    const { sku } = await stocked(stack);
    const store = (await availability(stack, sku)).items[0]!.store.code;
    const headers = { "devanture-key": KEY, "idempotency-key": crypto.randomUUID(), "content-type": "application/json", origin: stack.origin };
    const body = JSON.stringify({ store_code: store, items: [{ sku, quantity: 1 }], ...somebody(), locale: lang });
    const made = (await (await fetch(`${stack.api}/v1/reservations`, { method: "POST", headers, body })).json()) as Reservation;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${stack.api}/reservations/${made.token}`);
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    await expect(page.locator("body")).toContainText("Robe Augustine");
    const accessible = async (): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
      expect.soft(violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary}`))).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    };
    await accessible();
    const cancel = page.getByRole("button", { name: called });
    await expect(async () => {
      await page.keyboard.press("Tab");
      await expect(cancel).toBeFocused({ timeout: 100 });
    }).toPass();
    await page.keyboard.press("Enter");
    await expect(cancel).toHaveCount(0);
    await accessible();
  });
}
