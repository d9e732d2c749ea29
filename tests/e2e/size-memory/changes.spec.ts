// What changes in the page while it is open: another colour, what is left, another product, the shopper's mind.
import { expect, test } from "../support/stack.ts";
import { chooseInPage, chosenInPage, element, figures, hostLog, leaveOnly, NUMBERS, remembered, shopPage, SizeMemory, stored } from "../support/sizes.ts";

const FORTY = "s\ttops\t\t40";
const only = (colour: string) => NUMBERS.map((one) => (one.label === "40" ? { ...one, only: colour } : one));

test.beforeEach(async ({ page }) => {
  await leaveOnly(page, () => true);
  await remembered(page, FORTY);
});

test("a size that is left in another colour only is gone, until that colour is chosen", async ({ page, stack }) => {
  await page.goto(await shopPage(stack, "woocommerce", { sizes: only("blanc") }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("40 is not left here.");
  expect(await hostLog(page)).toEqual([]);
  // Noir and blanc, one below the other.
  await page.locator("#pa_color").press("ArrowDown");
  await expect(memory.line).toHaveText("Your size: 40");
  expect(await chosenInPage(page, "woocommerce")).toBe("40");
  expect(await hostLog(page)).toEqual(["found_variation 40"]);
  await page.locator("#pa_color").press("ArrowUp");
  await expect(memory.line).toHaveText("40 is not left here.");
});

test("a colour that no variation is of in particular leaves what the others say", async ({ page, stack }) => {
  const variations = (attributes: object, is_in_stock: boolean) => ({ attributes, is_in_stock, is_purchasable: true });
  const all = [variations({ attribute_pa_color: "", attribute_pa_taille: "40" }, true), variations({ attribute_pa_color: "", attribute_pa_taille: "38" }, false)];
  const more = `<script>document.querySelector(".variations_form").dataset.product_variations = JSON.stringify(${JSON.stringify(all)});</script>`;
  await page.goto(await shopPage(stack, "woocommerce", { more }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Your size: 40");
  await chooseInPage(page, "woocommerce", "38");
  await expect(memory.line).toHaveText("38 is not left here.");
});

test("Dawn with the size first says nothing of it, but lists its variants", async ({ page, stack }) => {
  const variants = ["36", "40"].flatMap((size) => ["Noir", "Blanc"].map((colour) => ({ options: [size, colour], available: size === "36" || colour === "Blanc" })));
  const group = (name: string, at: number, values: string[]) =>
    `<fieldset class="js product-form__input product-form__input--pill"><legend class="form__label">${name}</legend>${values.map((value, i) => `<input type="radio" id="o${at}-${i}" name="${name}-${at}" value="${value}"${i ? "" : " checked"}><label for="o${at}-${i}">${value}</label>`).join("")}</fieldset>`;
  const json = `<script type="application/json">${JSON.stringify(variants)}</script>`;
  const picker = `<variant-selects>${group("Size", 1, ["36", "40"])}${group("Colour", 2, ["Noir", "Blanc"])}${json}</variant-selects>`;
  await page.goto(stack.page({ body: `${element()}<product-info data-product-id="ROBE-AUGUSTINE">${picker}</product-info>` }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("40 is not left here.");
  await page.getByText("Blanc").click();
  await expect(memory.line).toHaveText("Your size: 40");
  await expect(page.getByLabel("40")).toBeChecked();
});

test("Magento's swatches that another colour switches off, by their attributes alone", async ({ page, stack }) => {
  await page.goto(await shopPage(stack, "magento", { sizes: only("Noir") }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Your size: 40");
  await page.locator("[data-option-label=Blanc]").click();
  await expect(memory.line).toHaveText("40 is not left here.");
  await page.locator("[data-option-label=Noir]").click();
  await expect(memory.line).toHaveText("Your size: 40");
  // Followed, not answered: what is selected stays so.
  expect(await hostLog(page)).toEqual(["selected 40", "selected Blanc", "selected Noir"]);
});

for (const [how, change] of [
  ["drawn anew", (form: HTMLFormElement, id: string): void => void (form.outerHTML = form.outerHTML.replace(/data-product_id="[^"]*"/, `data-product_id="${id}"`))],
  ["in the same form", (form: HTMLFormElement, id: string): void => (form.setAttribute("data-product_id", id), form.reset())],
] as const) {
  test(`another product, ${how}: it is asked for, and the size is selected there`, async ({ page, stack, traffic }) => {
    await page.goto(await shopPage(stack, "woocommerce"));
    const memory = new SizeMemory(page);
    await expect(memory.line).toHaveText("Your size: 40");
    // Who has chosen on one product has not on the next.
    await chooseInPage(page, "woocommerce", "38");
    await expect(memory.line).toHaveText("Your size: 38");
    await page.locator("form.variations_form").evaluate<void, string, HTMLFormElement>(change, "ROBE-NOLWENN");
    expect(await chosenInPage(page, "woocommerce")).toBe("Choisir une option");
    await expect.poll(() => chosenInPage(page, "woocommerce")).toBe("38");
    await expect(memory.line).toHaveText("Your size: 38");
    expect(traffic.to("/v1/sizes").map((url) => url.searchParams.get("products"))).toEqual(["ROBE-AUGUSTINE", "ROBE-NOLWENN"]);
  });
}

test("another product that the page names at the element", async ({ page, stack, traffic }) => {
  const select = `<label>Size <select><option value="">-</option><option>38</option><option>40</option></select></label>`;
  await page.goto(stack.page({ body: element('consent="granted" product-id="ROBE-AUGUSTINE"') + select }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Your size: 40");
  await page.locator("select").press("ArrowUp");
  await expect(memory.line).toHaveText("Your size: 38");
  await page.evaluate(() => {
    document.querySelector("select")!.selectedIndex = 0;
    document.querySelector("devanture-size-memory")!.setAttribute("product-id", "ROBE-NOLWENN");
  });
  await expect(page.locator("select")).toHaveValue("38");
  expect(traffic.to("/v1/sizes").map((url) => url.searchParams.get("products"))).toEqual(["ROBE-AUGUSTINE", "ROBE-NOLWENN"]);
});

test("radio buttons: our click is not the shopper's choice, and their own one later is", async ({ page, stack }) => {
  const radios = ["38", "40"].map((size) => `<label><input type="radio" name="size" value="${size}">${size}</label>`).join("");
  const counted = figures(page);
  await page.goto(stack.page({ body: `${element('consent="granted" product-id="ROBE-AUGUSTINE"')}<form><fieldset><legend>Size</legend>${radios}</fieldset></form>` }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Your size: 40");
  await expect(page.getByLabel("40")).toBeChecked();
  expect(await stored(page)).toBe(`1\nP\t\n${FORTY}`);
  await page.getByLabel("38").click();
  await expect(memory.line).toHaveText("Your size: 38");
  await expect(page.getByLabel("38")).toBeChecked();
  expect(await stored(page)).toContain("Lormelle\t38");
  await expect.poll(() => counted).toEqual(["preselected=1&seen=1", "changed=1"]);
});
