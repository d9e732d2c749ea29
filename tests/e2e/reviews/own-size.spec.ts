// What people of one's own size say: the size that the size memory has found is named among those to narrow the list to.
import { expect, test } from "../support/stack.ts";
import { element, Reviews, reviews } from "../support/reviews.ts";

test("the shopper's size is marked once it is found, chosen in one tap, and another when it is another", async ({ page, stack, traffic }) => {
  const sizes = (await reviews(stack)).summary!.sizes;
  const [own, other] = sizes.map((one) => one.value) as [string, string];
  await page.goto(stack.page({ body: element() }));
  const shown = new Reviews(page);
  await shown.ready();
  const select = shown.root.locator("#size");
  const marked = select.locator("option", { hasText: "Your size" });
  await expect(marked).toHaveCount(0);
  const found = (size: string): Promise<void> =>
    page.evaluate((size) => {
      (window as unknown as { devantureSize: string }).devantureSize = size;
      dispatchEvent(new Event("devanture-size-found"));
    }, size);
  await found(own);
  await expect(marked).toHaveText(new RegExp(`^Your size: ${own} \\(\\d+\\)$`));
  const asked = traffic.to("/v1/reviews").length;
  await select.selectOption({ value: own });
  await expect(shown.cards.first()).toContainText(`Size ${own}`);
  for (const card of await shown.cards.all()) await expect(card).toContainText(`Size ${own}`);
  expect(traffic.to("/v1/reviews").length, "nothing was asked when it was found").toBeLessThanOrEqual(asked + 1);
  await found(other);
  await expect(marked).toHaveText(new RegExp(`^Your size: ${other} `));
  await expect(select, "what the shopper has chosen stays").toHaveValue(own);
});
