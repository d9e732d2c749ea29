// Nothing for axe to say in any state; nothing cut off on the smallest phone.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { PASSWORD, expect, test } from "../support/console.ts";

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

for (const [locale, colorScheme, width] of [
  ["fr-FR", "light", 320],
  ["en-GB", "dark", 320],
  ["en-GB", "light", 1280],
  ["fr-FR", "dark", 768],
] as const) {
  test.describe(`the other rooms, ${locale}, ${colorScheme}, ${width} px`, () => {
    test.use({ locale, colorScheme, viewport: { width, height: 800 } });
    test("the stock in every state", async ({ page, room, desk }) => {
      const long = "Lormelle Paris Saint-Honoré, Galerie des Trois-Quartiers";
      const sizes = ["XS", "S", "M", "L", "XL"];
      desk.products = [
        {
          id: "ALBA",
          name: "Pull Alba à col montant en laine mérinos extrafine",
          brand: "Lormelle",
          variants: sizes.map((size, n) => ({ sku: `ALBA-${size}`, size, colour: "Vert sauge", ...(n < 4 ? { here: desk.figures(n, { on_order: 2 - (n % 2), safety: n % 2 }) } : {}) })),
        },
      ];
      desk.elsewhere = [
        { code: "FR-PAR", name: long, distance_m: 343_000, phone: "+33 1 00 00 00 00", figures: desk.figures(3, { on_order: 4 }) },
        { code: "WEB", name: "Entrepôt du web", warehouse: true, figures: desk.figures(1_000_000) },
      ];
      await page.goto(`${room.url}#stock`);
      await room.fillSignIn();
      await expect(page.locator(".empty")).toBeVisible();
      await look(page, "nothing looked up");
      await page.getByRole("searchbox").fill("x".repeat(200));
      await page.getByRole("searchbox").press("Enter");
      await expect(page.locator(".empty-title")).toContainText("xxx");
      await look(page, "nothing found");
      await page.getByRole("searchbox").fill("alba");
      await page.getByRole("searchbox").press("Enter");
      await expect(page.locator(".size")).toHaveCount(5);
      await look(page, "found");
      await page.locator("#v-ALBA-L").click();
      await expect(page.locator(".place")).toHaveCount(2);
      await look(page, "one variant");
      await page.locator("#correct").click();
      await page.locator("#count").fill("-1");
      await page.locator("#count").press("Enter");
      await expect(page.locator("#count-error")).toBeVisible();
      await look(page, "a count that is none");
      await page.locator("#order-WEB").click();
      await page.locator("#order-name").press("Enter");
      await expect(page.locator("#order-name-error")).toBeVisible();
      await look(page, "an order without a name");
      await page.locator("#order-name").fill("Iris Petit");
      await page.locator("#order-phone").fill("0612345678");
      await page.locator("#order-consent").check();
      await page.locator("#order-name").press("Enter");
      await expect(page.locator(".order-code")).toBeVisible();
      await look(page, "ordered");
      await page.keyboard.press("Escape");
      desk.fault = "offline";
      await page.getByRole("searchbox").or(page.locator(".back")).first().focus();
      await page.locator("#count").fill("3");
      await page.locator("#why-found").check();
      await page.locator("#count").press("Enter");
      await expect(page.locator(".look .pending")).toBeVisible();
      await look(page, "a count that waits");
    });
    test("my store in every state", async ({ page, room, stack }) => {
      const { items } = await stack.stores({ limit: "40" });
      const { code } = items.find((one) => one.promotions.length > 0) ?? items[0]!;
      const login = `a11y.${crypto.randomUUID()}@lormelle.example`;
      stack.addStaff({ login, name: "Ana Gérante", role: "store_manager", password: PASSWORD, stores: [code] });
      await page.goto(`${room.url}#shop`);
      await room.fillSignIn(login);
      await expect(page.locator(".part")).toHaveCount(3);
      await look(page, "the store");
      await page.locator("#edit-week").click();
      await page.locator("#add-6").click();
      await page.locator("#d-6-0-0").fill("10:00");
      await page.locator(".shop-form [type=submit]").click();
      await expect(page.locator("#day-6-error")).toBeVisible();
      await look(page, "a week that is wrong");
      await page.locator(".dialog-actions .button").nth(1).click();
      await page.locator("#edit-day").click();
      await look(page, "a special day");
      await page.locator(".dialog-actions .button").nth(1).click();
      await page.locator("#edit-promotion").click();
      await page.locator("#text-0").press("Enter");
      await expect(page.locator("#text-3-error")).toBeVisible();
      await look(page, "a promotion that is wrong");
      await page.locator("#text-0").fill("Nocturne");
      await page.locator("#text-3").fill(await page.locator("#text-2").inputValue());
      await page.locator("#text-0").press("Enter");
      await expect(page.locator(".saved")).toBeVisible();
      await look(page, "saved");
      await page.locator("#back-promotions").click();
      await expect(room.dialog).toBeVisible();
      await look(page, "given back");
    });
  });
}

test("nothing to press is smaller than a thumb", async ({ page, room, desk }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  desk.products = [{ id: "A", name: "Alba", variants: [{ sku: "A-S", size: "S", here: desk.figures(2) }] }];
  desk.elsewhere = [{ code: "FR-ANG", name: "Angers", phone: "+33 2 41 00 00 00", figures: desk.figures(3) }];
  await page.goto(`${room.url}#stock`);
  await room.fillSignIn();
  await page.getByRole("searchbox").fill("a");
  await page.getByRole("searchbox").press("Enter");
  await page.locator("#v-A-S").click();
  await page.locator("#correct").click();
  await expect(page.locator(".place")).toHaveCount(1);
  const small = await page.locator("button, a, select, input:not([type=radio])").evaluateAll((all) =>
    all
      .filter((one) => one.checkVisibility())
      .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()] as const)
      .filter(([, box]) => box.width < 44 || box.height < 44)
      .map(([html, box]) => `${box.width} × ${box.height} ${html}`),
  );
  expect(small).toEqual([]);
});

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
