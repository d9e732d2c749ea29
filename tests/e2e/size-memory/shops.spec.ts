// The size in the host's own selector, by its own events, on each platform.
import { expect, test } from "../support/stack.ts";
import { addInPage, chooseInPage, chosenInPage, element, figures, hostLog, leaveOnly, NUMBERS, remembered, shopPage, SHOPS, SizeMemory, sizes, skuOf, stored, WITH_DEFAULT } from "../support/sizes.ts";

const FORTY = "s\ttops\t\t40";

for (const shop of SHOPS) {
  test.describe(shop, () => {
    test("a size chosen once is selected on the next page, and the host is told as by a shopper", async ({ page, stack }) => {
      await leaveOnly(page, () => true);
      await page.goto(await shopPage(stack, shop));
      const memory = new SizeMemory(page);
      await expect(memory.line).toContainText("Choose a size");
      const before = await hostLog(page);
      await expect(page.locator("body")).toBeVisible();
      expect(before).toEqual([]);
      await chooseInPage(page, shop, "40");
      await expect(memory.line).toHaveText("Your size: 40");
      await page.goto(await shopPage(stack, shop, { sizes: sizes("38", "40", "42") }));
      await expect(memory.line).toHaveText("Your size: 40");
      await expect.poll(() => chosenInPage(page, shop)).toBe("40");
      expect((await hostLog(page)).filter((line) => line.endsWith(" 40"))).toHaveLength(1);
    });

    test("never when the shopper already chose", async ({ page, stack, traffic }) => {
      await leaveOnly(page, () => true);
      await remembered(page, FORTY);
      let go = (): void => {};
      const held = new Promise<void>((done) => (go = done));
      await page.route(/\/v1\/sizes\?/, async (route) => {
        await held;
        await route.fallback();
      });
      await page.goto(await shopPage(stack, shop));
      // It looks at the page from then on.
      await expect.poll(() => traffic.to("/v1/sizes").length).toBe(1);
      await chooseInPage(page, shop, "38");
      go();
      await expect(new SizeMemory(page).line).toHaveText("Your size: 38");
      await expect.poll(() => chosenInPage(page, shop)).toBe("38");
      expect((await hostLog(page)).some((line) => line.endsWith(" 40"))).toBe(false);
    });

    test("never one that is gone: it says so and offers those beside it", async ({ page, stack }) => {
      await leaveOnly(page, () => true);
      await remembered(page, FORTY);
      await page.goto(await shopPage(stack, shop, { sizes: NUMBERS.map((one) => (one.label === "40" ? { ...one, off: true } : one)) }));
      const memory = new SizeMemory(page);
      await expect(memory.line).toHaveText("40 is not left here.");
      await expect(memory.button("Choose 38")).toBeVisible();
      expect((await hostLog(page)).some((line) => line.endsWith(" 40"))).toBe(false);
      await memory.button("Choose 42").click();
      await expect.poll(() => chosenInPage(page, shop)).toBe("42");
      expect(WITH_DEFAULT.includes(shop) || (await hostLog(page)).length === 1).toBe(true);
    });

    test("put into the basket, what was selected for the shopper was kept", async ({ page, stack }) => {
      await leaveOnly(page, () => true);
      await remembered(page, FORTY);
      const counted = figures(page);
      await page.goto(await shopPage(stack, shop));
      await expect(new SizeMemory(page).line).toHaveText("Your size: 40");
      await expect.poll(() => chosenInPage(page, shop)).toBe("40");
      await addInPage(page);
      await expect.poll(() => hostLog(page)).toContain("added 40");
      await expect.poll(() => counted).toEqual(["preselected=1&seen=1", "kept=1"]);
    });

    test("another one taken instead, it was changed, which the basket does not take back", async ({ page, stack }) => {
      await leaveOnly(page, () => true);
      await remembered(page, FORTY);
      const counted = figures(page);
      await page.goto(await shopPage(stack, shop));
      await expect(new SizeMemory(page).line).toHaveText("Your size: 40");
      // Selecting it is nobody's choice, so that nothing is remembered of it.
      expect(await stored(page)).toBe(`1\nP\t\n${FORTY}`);
      await chooseInPage(page, shop, "42");
      await expect(new SizeMemory(page).line).toHaveText("Your size: 42");
      await expect.poll(() => chosenInPage(page, shop)).toBe("42");
      await addInPage(page);
      await expect.poll(() => hostLog(page)).toContain("added 42");
      await expect.poll(() => counted).toEqual(["preselected=1&seen=1", "changed=1"]);
    });
  });
}

test("what the network has no piece of is gone, whatever the page offers, and stores can be asked", async ({ page, stack }) => {
  await leaveOnly(page, (size) => size !== "40");
  await remembered(page, FORTY);
  const more = `<devanture-stock-locator mode="button" product-id="ROBE-AUGUSTINE"></devanture-stock-locator>`;
  await page.goto(await shopPage(stack, "woocommerce", { more }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("40 is not left here.");
  await memory.button("Look in stores near me").click();
  const size = page.locator("devanture-stock-locator").getByRole("group", { name: "Size" });
  await expect(size.getByRole("button", { name: "40" })).toHaveAttribute("aria-pressed", "true");
  expect(await hostLog(page)).toEqual([]);
});

test("what is gone is looked for in stores in its own size, whatever the page has chosen, and a letter tells of its return", async ({ page, stack }) => {
  await leaveOnly(page, (size) => size !== "40");
  await remembered(page, FORTY);
  await page.route("**/v1/availability?*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), items: [], total: 0 } });
  });
  const product = JSON.stringify({ "@context": "https://schema.org", "@type": "Product", name: "Robe", sku: await skuOf(stack) });
  const more = `<script type="application/ld+json">${product}</script><devanture-stock-locator></devanture-stock-locator>`;
  await page.goto(await shopPage(stack, "prestashop", { more }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("40 is not left here.");
  await memory.button("Alert me when it is back").click();
  const stock = page.locator("devanture-stock-locator");
  await expect(stock.getByRole("group", { name: "Size" }).getByRole("button", { name: "40" })).toHaveAttribute("aria-pressed", "true");
  await expect(stock.getByLabel("Email")).toBeFocused();
  expect(await hostLog(page)).toEqual([]);
});

test("a stock locator of the page opens with the shopper's size, whichever of the two comes first", async ({ page, stack, traffic }) => {
  await leaveOnly(page, () => true);
  await remembered(page, FORTY);
  const more = `<devanture-stock-locator product-id="ROBE-AUGUSTINE"></devanture-stock-locator>`;
  await page.goto(await shopPage(stack, "generic", { more }));
  await expect(new SizeMemory(page).line).toHaveText("Your size: 40");
  const size = page.locator("devanture-stock-locator").getByRole("group", { name: "Size" });
  await expect(size.getByRole("button", { name: "40" })).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => traffic.to("/v1/availability").length).toBeGreaterThan(0);
  expect(await page.evaluate(() => (window as unknown as { devantureSize: string }).devantureSize)).toBe("40");
});

test("what reviewers say of the fit, and nothing where they say nothing", async ({ page, stack }) => {
  await remembered(page, FORTY);
  let fit: object | undefined = { small: 12, true: 3, large: 0 };
  await page.route(/\/v1\/sizes\?/, async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { items: { gone: string[]; fit?: object | undefined }[] };
    for (const item of answer.items) Object.assign(item, { gone: [], fit, kept: undefined });
    await route.fulfill({ response, json: answer });
  });
  const memory = new SizeMemory(page);
  await page.goto(await shopPage(stack, "generic"));
  await expect(memory.root.locator("[part=fit]")).toHaveText("12 of 15 reviewers say that it is small. If you hesitate, take 42.");
  fit = undefined;
  await page.goto(await shopPage(stack, "generic"));
  await expect(memory.line).toHaveText("Your size: 40");
  await expect(memory.root.locator("[part=fit]")).toHaveCount(0);
});

test("Dawn's list: a size that its text says is sold out is gone", async ({ page, stack }) => {
  await leaveOnly(page, () => true);
  await remembered(page, FORTY);
  const options = `<option selected>36</option><option value="38">38</option><option value="40">40 - Unavailable</option>`;
  const picker = `<product-info data-product-id="ROBE-AUGUSTINE"><variant-selects><div class="product-form__input product-form__input--dropdown">
    <label class="form__label" for="size">Size</label><select id="size" name="options[Size]">${options}</select></div></variant-selects></product-info>`;
  await page.goto(stack.page({ body: element() + picker }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("40 is not left here.");
  await memory.button("Choose 38").click();
  await expect(page.locator("#size")).toHaveValue("38");
});

test("labels as shops write them", async ({ page, stack }) => {
  await leaveOnly(page, () => true);
  await remembered(page, FORTY);
  const memory = new SizeMemory(page);
  for (const [labels, chosen, said] of [
    [["34/36", "38/40", "42/44"], "38/40", "Your size: 38/40"],
    [["XS", "S", "M", "XXXXL"], "S", "Your size: S"],
    [["IT 40", "IT 44"], "IT 44", "Your size: IT 44"],
    [["0", "2"], undefined, "This is not made in 40."],
    [["Taille unique", "Grande taille"], undefined, /^Choose a size/],
    [["W32 L34", "W34 L34"], undefined, "This is not made in 40."],
  ] as const) {
    await page.goto(await shopPage(stack, "generic", { sizes: sizes(...labels) }));
    await expect(memory.line, labels.join()).toHaveText(said);
    expect(await chosenInPage(page, "generic"), labels.join()).toBe(chosen);
  }
  await page.goto(await shopPage(stack, "generic", { sizes: sizes("XS", "S", "M") }));
  await memory.button("Why?").click();
  await expect(memory.root.locator("[part=why]")).toHaveText("You took 40, which is about S here. Conversions between size systems are approximate.");
});

test("a selector that is removed while it is set", async ({ page, stack }) => {
  await leaveOnly(page, () => true);
  await remembered(page, FORTY);
  const more = `<script>document.querySelector("#pa_taille").addEventListener("input", (event) => event.target.closest("tr").remove());</script>`;
  await page.goto(await shopPage(stack, "woocommerce", { more }));
  await expect(page.locator("#pa_taille")).toHaveCount(0);
  const memory = new SizeMemory(page);
  await expect(memory.line).toContainText("40");
  expect(await hostLog(page)).toEqual([]);
});

test("two size memories on one page agree, and the host is told once", async ({ page, stack }) => {
  await leaveOnly(page, () => true);
  await remembered(page, FORTY);
  const counted = figures(page);
  await page.goto(await shopPage(stack, "magento", { more: `<devanture-size-memory consent="granted"></devanture-size-memory>` }));
  for (const at of [0, 1]) await expect(new SizeMemory(page, at).line).toHaveText("Your size: 40");
  expect(await hostLog(page)).toEqual(["selected 40"]);
  await expect.poll(() => counted).toEqual(["preselected=1&seen=1"]);
  await addInPage(page);
  await expect.poll(() => counted).toContain("kept=1");
});

test("an address that names a variant is somebody's choice", async ({ page, stack }) => {
  await leaveOnly(page, () => true);
  await remembered(page, FORTY);
  await page.goto(`${await shopPage(stack, "shopify")}?variant=36`);
  await expect(new SizeMemory(page).line).toHaveText("Your size: 40");
  expect(await hostLog(page)).toEqual([]);
});

test("a page on no platform: its product by JSON-LD, whatever the form; what cannot be read is passed over", async ({ page, stack, traffic }) => {
  await leaveOnly(page, () => true);
  await remembered(page, FORTY);
  const sku = await skuOf(stack);
  const script = (json: string): string => `<script type="application/ld+json">${json}</script>`;
  const select = `<label>Size <select><option>36</option><option>40</option></select></label>`;
  for (const [json, asked] of [
    [`{"@type":"Product","sku":${JSON.stringify(sku)},"offers":{"price":"-1e999"}}`, sku],
    [`[{"@type":"BreadcrumbList"},{"@type":"Product","sku":${JSON.stringify(sku)}}]`, sku],
    [`{"@graph":[{"@type":"ProductGroup","productGroupID":"ROBE-AUGUSTINE"}]}`, "ROBE-AUGUSTINE"],
    [`{"@type":"ProductGroup","hasVariant":[{"@type":"Product","sku":${JSON.stringify(sku)}}]}`, sku],
  ] as const) {
    const before = traffic.to("/v1/sizes").length;
    await page.goto(stack.page({ body: element() + script("{ not json") + script("null") + script(json) + select }));
    await expect(new SizeMemory(page).line).toHaveText("Your size: 40");
    await expect(page.locator("select")).toHaveValue("40");
    const { searchParams } = traffic.to("/v1/sizes")[before]!;
    expect(searchParams.get("skus") ?? searchParams.get("products"), json).toBe(asked);
  }
});
