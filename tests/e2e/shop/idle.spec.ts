// A page that nobody touches, with every widget there is: for ten seconds no timer runs or is set, no frame is asked for, nothing is requested.
import { expect, test } from "../support/stack.ts";
import { PRODUCT } from "../support/reviews.ts";
import { leaveOnly, remembered, shopPage, SizeMemory } from "../support/sizes.ts";

const WIDGETS = [
  `<devanture-rating product="${PRODUCT}"></devanture-rating>`,
  `<devanture-stock-locator product-id="${PRODUCT}"></devanture-stock-locator>`,
  `<devanture-store-locator height="640"></devanture-store-locator>`,
  `<devanture-reviews product="${PRODUCT}"></devanture-reviews>`,
];
/** On a listing beside the product, as "you may also like". */
const CARDS = ["ROBE-NOLWENN", "UNKNOWN"].map((id) => `<li class="product"><a href="#" data-product_id="${id}">${id}</a></li>`);

test("an idle page is idle", async ({ page, stack, traffic }) => {
  await page.addInitScript(() => {
    const done: string[] = ((window as unknown as { done: string[] }).done = []);
    for (const name of ["setTimeout", "setInterval", "requestAnimationFrame", "requestIdleCallback"] as const) {
      const own = window[name].bind(window) as (run: (...args: unknown[]) => void, ...rest: unknown[]) => number;
      (window as unknown as Record<string, unknown>)[name] = (run: (...args: unknown[]) => void, ...rest: unknown[]) => {
        done.push(`${name} is set`);
        return own((...args) => {
          done.push(`${name} runs`);
          run(...args);
        }, ...rest);
      };
    }
    for (const name of ["fetch", "XMLHttpRequest"] as const) {
      (window as unknown as Record<string, unknown>)[name] = new Proxy(window[name], {
        apply: (own, self, args) => (done.push(name), Reflect.apply(own as () => unknown, self, args)),
        construct: (own, args) => (done.push(name), Reflect.construct(own as new () => object, args)),
      });
    }
  });
  await page.setViewportSize({ width: 1280, height: 4000 });
  await remembered(page, "s\ttops\t\t40");
  // The size memory comes with the page: it has a size to select and cards to mark.
  await leaveOnly(page, (_, key) => key.toLowerCase() === PRODUCT);
  await page.goto(await shopPage(stack, "woocommerce", { more: `<ul class="products">${CARDS.join("")}</ul>${WIDGETS.join("")}` }));
  for (const tag of [...WIDGETS.map((html) => /<([\w-]+)/.exec(html)![1]!), "devanture-size-memory"]) {
    await expect.poll(() => page.locator(tag).evaluate((element) => !!element.shadowRoot!.querySelector(".root:not(.first)"))).toBe(true);
  }
  await expect(new SizeMemory(page).line).toHaveText("Your size: 40");
  await expect(page.locator("#pa_taille")).toHaveValue("40");
  await expect(page.locator("[data-devanture-size=no]")).toHaveCount(1);
  await page.waitForLoadState("networkidle");
  const requests = traffic.all.length;
  await page.evaluate(() => (window as unknown as { done: string[] }).done.splice(0));
  await page.waitForTimeout(10_000);
  expect(await page.evaluate(() => (window as unknown as { done: string[] }).done)).toEqual([]);
  expect(traffic.all.length).toBe(requests);
  // Nor is it deaf: what is touched answers.
  await page.locator("devanture-reviews").getByRole("button", { name: /^5 stars:/ }).click();
  await expect(page.locator("devanture-reviews").getByRole("button", { name: /^5 stars:/ })).toHaveAttribute("aria-pressed", "true");
});
