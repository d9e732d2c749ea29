// The stars line: one request for a page, however many there are and whenever they come.
import { expect, test } from "../support/stack.ts";
import { PRODUCT, reviews } from "../support/reviews.ts";

test("one request for all cards of a department, those far below too", async ({ page, stack, traffic }) => {
  await page.goto(`${stack.shop}/en/women`);
  const ratings = page.locator("devanture-rating");
  await expect(ratings.locator("[part=rating]").first()).toBeVisible();
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
      scrollTo(0, y);
      await new Promise((done) => requestAnimationFrame(done));
    }
  });
  await expect.poll(() => ratings.evaluateAll((all) => all.every((one) => one.shadowRoot!.querySelector(".root")))).toBe(true);
  expect(await ratings.count()).toBeGreaterThan(10);
  expect(traffic.to("/v1/ratings")).toHaveLength(1);
});

test("a link to the reviews; another product; nothing where nobody has written", async ({ page, stack, traffic }) => {
  const { summary } = await reviews(stack);
  const body = `<devanture-rating product="${PRODUCT}" href="#there"></devanture-rating><devanture-rating product="no-such-thing" height="22"></devanture-rating><p id="there">There</p>`;
  await page.goto(stack.page({ body }));
  const first = page.locator("devanture-rating").first();
  await expect(first.locator("a")).toHaveText(`${summary!.count} reviews`);
  await expect(first.getByRole("img")).toHaveAccessibleName(/^\d(\.\d+)? out of 5$/);
  await first.locator("a").click();
  expect(new URL(page.url()).hash).toBe("#there");
  const second = page.locator("devanture-rating").nth(1);
  await expect(second.locator("[part=rating]")).toHaveCount(0);
  await second.evaluate((element, product) => element.setAttribute("product", product), PRODUCT);
  await expect(second.locator("[part=rating]")).toBeVisible();
  expect(traffic.to("/v1/ratings"), "it was known").toHaveLength(1);
});

test("an answer that does not come leaves the place empty; the next who asks has both", async ({ page, stack }) => {
  await reviews(stack);
  await page.route(/\/v1\/ratings/, (route) => route.abort());
  await page.goto(stack.page({ body: `<devanture-rating product="${PRODUCT}" height="22"></devanture-rating>` }));
  const rating = page.locator("devanture-rating");
  await expect.poll(() => rating.evaluate((element) => !!element.shadowRoot!.querySelector(".root"))).toBe(true);
  await expect(rating.locator("[part=rating]")).toHaveCount(0);
  await page.unroute(/\/v1\/ratings/);
  await rating.evaluate((element) => element.after(element.cloneNode()));
  await expect(rating.locator("[part=rating]")).toHaveCount(2);
});
