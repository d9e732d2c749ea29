// What was sold and kept, said beside the size and moving the advice.
import type { Page } from "@playwright/test";
import { expect, test } from "../support/stack.ts";
import { chooseInPage, remembered, shopPage, SizeMemory, sizes } from "../support/sizes.ts";

interface Said {
  sizes: string[];
  gone: string[];
  kept?: (string | null)[] | undefined;
  fit?: object | undefined;
  returned?: string | undefined;
}

/** Has the API say this of how sizes were kept; nothing else is known of how they fit. */
async function say(page: Page, shares: Record<string, string>, more: Partial<Said> = {}): Promise<void> {
  await page.route(/\/v1\/sizes\?/, async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { items: Said[] };
    for (const item of answer.items) {
      Object.assign(item, { gone: [], fit: undefined, returned: undefined, kept: item.sizes.map((size) => shares[size] ?? null), ...more });
    }
    await route.fulfill({ response, json: answer });
  });
}

const fit = (memory: SizeMemory) => memory.root.locator("[part=fit]");

for (const [lang, your, text] of [
  ["en", "Your size: ", "87% of those who took 40 kept it."],
  ["fr", "Votre taille : ", "87 % de ceux qui ont pris 40 l’ont gardé."],
] as const) {
  test(`how many of the demo's shoppers kept it, and silence below the threshold (${lang})`, async ({ page, stack }) => {
    // As the demo's own sales have it; its stock is another matter.
    await page.route(/\/v1\/sizes\?/, async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { items: Said[] };
      for (const item of answer.items) Object.assign(item, { gone: [], fit: undefined });
      await route.fulfill({ response, json: answer });
    });
    await remembered(page, "s\ttops\t\t40");
    await page.goto(await shopPage(stack, "generic", { attributes: `consent="granted" lang="${lang}"`, sizes: sizes("38", "40", "46") }));
    const memory = new SizeMemory(page);
    await expect(fit(memory)).toHaveText(text);
    await chooseInPage(page, "generic", "46");
    await expect(memory.line).toHaveText(`${your}46`);
    await expect(fit(memory)).toHaveCount(0);
  });
}

test("few are told in tenths, and all of them never by rounding", async ({ page, stack }) => {
  await say(page, { "38": "17/20", "40": "49/50" });
  await remembered(page, "s\ttops\t\t40");
  await page.goto(await shopPage(stack, "woocommerce"));
  const memory = new SizeMemory(page);
  await expect(fit(memory)).toHaveText("9 in 10 of those who took 40 kept it.");
  await chooseInPage(page, "woocommerce", "38");
  await expect(fit(memory)).toHaveText("9 in 10 of those who took 38 kept it.");
});

for (const [what, shares, more, text] of [
  ["what comes back names the size to hesitate with", { "40": "70/100" }, { returned: "small" }, "70% of those who took 40 kept it. Those who sent it back mostly found it too small. If you hesitate, take 42."],
  ["and agrees with reviewers", {}, { returned: "large", fit: { small: 0, true: 3, large: 12 } }, "12 of 15 reviewers say that it is large. Those who sent it back mostly found it too large. If you hesitate, take 38."],
  ["at odds with reviewers, no size is named", { "40": "70/100" }, { returned: "large", fit: { small: 12, true: 3, large: 0 } }, "12 of 15 reviewers say that it is small. 70% of those who took 40 kept it."],
  ["nor one that is kept less often", { "40": "90/100", "42": "60/100" }, { fit: { small: 12, true: 3, large: 0 } }, "12 of 15 reviewers say that it is small. 90% of those who took 40 kept it."],
  ["one that is kept more often is", { "40": "60/100", "42": "90/100" }, { fit: { small: 12, true: 3, large: 0 } }, "12 of 15 reviewers say that it is small. 60% of those who took 40 kept it. If you hesitate, take 42."],
  ["but not by that alone", { "40": "60/100", "42": "90/100" }, {}, "60% of those who took 40 kept it."],
] as const) {
  test(`moving the advice: ${what}`, async ({ page, stack }) => {
    await say(page, shares, more);
    await remembered(page, "s\ttops\t\t40");
    await page.goto(await shopPage(stack, "generic"));
    await expect(fit(new SizeMemory(page))).toHaveText(text);
  });
}

test("between two sizes of the chart, the one that is kept more often", async ({ page, stack }) => {
  await say(page, { "38": "17/20", "40": "70/100", "42": "95/100" });
  await page.goto(await shopPage(stack, "generic"));
  const memory = new SizeMemory(page);
  await memory.button("Find my size").click();
  const chest = memory.panel.locator("[name=chest]");
  const measured = async (cm: string): Promise<void> => {
    await chest.fill(cm);
    await chest.press("Tab");
  };
  await measured("89,5");
  await expect(memory.panel).toContainText("By this chart you take 40");
  await expect(memory.panel).toContainText("You are between 40 and 42, and more keep 42. 95% of those who took 42 kept it. 70% of those who took 40 kept it.");
  await expect(memory.panel.getByRole("button", { name: /^Choose/ })).toHaveText(["Choose 42", "Choose 40"]);
  // In the middle of a size there is nothing to decide, and a difference that may be chance decides nothing.
  await measured("88");
  await expect(memory.panel.getByRole("button", { name: /^Choose/ })).toHaveText(["Choose 40"]);
  await measured("86");
  await expect(memory.panel).toContainText("By this chart you take 40");
  await expect(memory.panel).not.toContainText("You are between");
  await measured("89,5");
  await memory.button("Choose 42").click();
  await expect(memory.line).toHaveText("Your size: 42");
});
