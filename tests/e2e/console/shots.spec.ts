import { test, expect } from "../support/console.ts";
const out = "/tmp/console-shots";
for (const lang of ["en-GB", "fr-FR"]) for (const scheme of ["light", "dark"] as const) for (const [w, h] of [[390, 844], [1280, 800]] as const) {
  test.describe(`${lang} ${scheme} ${w}`, () => {
    test.use({ locale: lang, colorScheme: scheme, viewport: { width: w, height: h } });
    test("shots", async ({ page, room, desk }) => {
      const l = lang.slice(0, 2);
      const shot = (name: string) => page.screenshot({ path: `${out}/${name}-${l}-${scheme}-${w}.png` });
      await page.goto(room.url);
      await expect(page.getByRole("button", { name: /Sign in|Se connecter/ })).toBeVisible();
      await shot("1-sign-in");
      const M = 60_000, now = Date.now();
      desk.stores.push({ code: "FR-PAR", name: "Lormelle Paris Saint-Honoré", time_zone: "Europe/Paris" });
      const fr = l === "fr";
      desk.add("a1", "requested", { due_at: now + 4 * M + 12_000, items: [{ sku: "LM-ALBA-M-SGE", quantity: 1, name: fr ? "Pull Alba en mérinos" : "Alba merino jumper", size: "M", colour: fr ? "Vert sauge" : "Sage green", price: { amount: 8900, currency: "EUR" } }] });
      desk.add("a2", "requested", { due_at: now + 13 * M, stores_asked: 2, person: { name: "Jean-Baptiste Lemoine-Castelnau", phone: "06 11 22 33 44" }, items: [{ sku: "LM-ORME-40-NAV", quantity: 2, name: fr ? "Chemise Orme à col officier" : "Orme band-collar shirt", size: "40", colour: fr ? "Marine" : "Navy", price: { amount: 6500, currency: "EUR" } }, { sku: "LM-BELT-95", quantity: 1, name: fr ? "Ceinture Lien" : "Lien belt", size: "95", colour: "Cognac", price: { amount: 4500, currency: "EUR" } }] });
      desk.add("a3", "accepted", { due_at: now + 75 * M, paid: true, person: { name: "Inès Haddad", email: "ines@example.com" } });
      desk.add("a4", "ready", { due_at: now + 29 * 60 * M });
      desk.add("a5", "awaiting_payment", { due_at: now + 9 * M });
      desk.add("a6", "collected"); desk.add("a7", "no_show", { person: undefined }); desk.add("a8", "passed_on");
      await room.fillSignIn();
      await expect(room.cards).toHaveCount(5);
      await shot("2-room");
      await page.screenshot({ path: `${out}/2-room-full-${l}-${scheme}-${w}.png`, fullPage: true });
      await room.card("a1").getByRole("button", { name: /^Refus/ }).click();
      await shot("3-refuse");
      await page.keyboard.press("Escape");
      await room.card("a4").locator("#collect-a4").click();
      await page.keyboard.type("zzz"); await page.keyboard.press("Enter");
      await expect(page.locator("#code-error")).toBeVisible();
      await shot("4-collect");
      await page.keyboard.press("Escape");
      await room.menu.click();
      await shot("5-menu");
      await page.keyboard.press("Escape");
      desk.get("a2").state = "passed_on";
      await room.card("a2").getByRole("button", { name: /^Accept/ }).click();
      await expect(room.notices).toBeVisible();
      desk.fault = "offline";
      await room.card("a1").getByRole("button", { name: /^Accept/ }).click();
      await expect(room.banner).toBeVisible();
      await shot("6-patchy");
      desk.fault = undefined;
      await page.locator("#tab-ended").click();
      await expect(room.cards).toHaveCount(4);
      await shot("7-ended");
    });
  });
}
