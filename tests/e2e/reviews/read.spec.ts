// Reading: what the server has drawn is taken over, narrowed down, sorted, searched, voted on and reported.
import { expect, test, type Stack } from "../support/stack.ts";
import { photo } from "../support/moderation.ts";
import { decide, element, invite, png, PRODUCT, reviews, Reviews, write } from "../support/reviews.ts";

const open = (stack: Stack, attributes?: string): string => stack.page({ body: element(attributes) });

test("all together and one by one, with what the law asks for", async ({ page, stack }) => {
  const { summary, items } = await reviews(stack);
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  await expect(shown.root.locator("[part=average]")).toContainText(`${summary!.count} reviews`);
  await expect(shown.root.locator("[part=rule]")).toHaveText("Reviews are sorted by date of publication, the newest first.");
  expect(await shown.ids()).toEqual(items.map((review) => review.id));
  const first = shown.cards.first();
  await expect(first.locator("[part=dates]")).toHaveText(/^published on \d+ \w+ \d{4} · experience of \d+ \w+ \d{4}$/);
  await expect(first.locator("[part=badge]")).toHaveText(/verified/);
  await shown.root.locator("summary").click();
  await expect(shown.root.locator("details")).toContainText("none is left out for being unfavourable");
});

test("filters, order and size are those of the API, and can all be taken back", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  await shown.button(/^5 stars:/).click();
  await expect(shown.button(/^5 stars:/)).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => shown.ids()).toEqual((await reviews(stack, { stars: "5" })).items.map((review) => review.id));
  await expect(shown.status).toContainText("shown");
  await shown.button("Show all").click();
  await expect(shown.status).toHaveText("");
  const size = (await reviews(stack)).summary!.sizes[0]!.value;
  await shown.root.getByLabel("Size").selectOption(size);
  await expect.poll(() => shown.ids()).toEqual((await reviews(stack, { size })).items.map((review) => review.id));
  await shown.root.getByLabel("Size").selectOption("");
  for (const sort of ["helpful", "lowest", "highest", "newest"]) {
    await shown.root.getByLabel("Sort by").selectOption(sort);
    await expect.poll(() => shown.ids()).toEqual((await reviews(stack, { sort })).items.map((review) => review.id));
  }
});

test("only with photos, only in one language, and all again", async ({ page, stack }) => {
  const said = `A photo says more ${crypto.randomUUID()}.`;
  await write(stack, said, { photos: [await photo(stack, png())] });
  const id = await decide(stack, said, "publish");
  const all = (await reviews(stack)).items.map((review) => review.id);
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  const photos = shown.button(/^With photos/);
  await photos.click();
  await expect(photos).toHaveAttribute("aria-pressed", "true");
  const pictured = (await reviews(stack, { photos: "true" })).items;
  await expect.poll(() => shown.ids()).toEqual(pictured.map((review) => review.id));
  expect(pictured.every((review) => review.photos!.length) && pictured.some((review) => review.id === id)).toBe(true);
  await photos.click();
  await expect.poll(() => shown.ids()).toEqual(all);
  for (const language of ["fr", "en"]) {
    await shown.root.getByLabel("Language").selectOption(language);
    const spoken = (await reviews(stack, { language })).items;
    expect(new Set(spoken.map((review) => review.language))).toEqual(new Set([language]));
    await expect.poll(() => shown.ids()).toEqual(spoken.map((review) => review.id));
  }
  await shown.button("Show all").click();
  await expect.poll(() => shown.ids()).toEqual(all);
});

test("what was given for a review stands beside it, and beside no other", async ({ page, stack }) => {
  const said = `They asked me to write this ${crypto.randomUUID()}.`;
  await write(stack, said, { link: await invite(stack, { incentive: "A voucher of <b>€5</b>" }) });
  const id = await decide(stack, said, "publish");
  const { items } = (await reviews(stack)) as { items: { id: string; incentive?: string }[] };
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  await expect(shown.root.locator(`#review-${id} .incentive`)).toHaveText("In return: A voucher of <b>€5</b>");
  for (const review of items) {
    const said = review.incentive ? [`In return: ${review.incentive}`] : [];
    expect(await shown.root.locator(`#review-${review.id} .incentive`).allTextContents()).toEqual(said);
  }
});

test("more, until there is no more; then nothing is asked for filters", async ({ page, stack, traffic }) => {
  const { summary } = await reviews(stack);
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  const more = shown.button("Show more reviews");
  while (await more.count()) {
    const before = await shown.cards.count();
    await more.click();
    await expect.poll(() => shown.cards.count()).toBeGreaterThan(before);
    await expect(shown.root.locator("section")).toHaveAttribute("aria-busy", "false");
  }
  expect(await shown.cards.count()).toBe(summary!.count);
  const asked = traffic.to("/v1/reviews").length;
  await shown.button(/^4 stars:/).click();
  await expect.poll(() => shown.cards.count()).toBe(summary!.stars[3]);
  await shown.root.getByLabel("Sort by").selectOption("lowest");
  expect(traffic.to("/v1/reviews").length).toBe(asked);
});

test("what is there already is shown before the API answers", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  const known = (await reviews(stack)).items.filter((review) => review.rating === 5).map((review) => review.id);
  expect(known.length).toBeGreaterThan(0);
  await page.route(/\/v1\/reviews\?/, () => {});
  await shown.button(/^5 stars:/).click();
  expect(await shown.ids()).toEqual(known);
  await expect(shown.root.locator("section")).toHaveAttribute("aria-busy", "true");
});

test("a search that finds, one that does not, and one that fails and is tried again", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  const word = (await reviews(stack)).items[0]!.body.split(/\s+/).find((word) => /^\p{L}{5,}$/u.test(word))!;
  await shown.root.getByRole("searchbox").fill(word);
  const found = (await reviews(stack, { q: word })).items.map((review) => review.id);
  await expect.poll(() => shown.ids()).toEqual(found);
  await shown.root.getByRole("searchbox").fill("xylophone");
  await expect(shown.status).toHaveText("No review matches. Show all, or search for something else.");
  await page.route(/\/v1\/reviews\?/, (route) => route.abort());
  await shown.root.getByRole("searchbox").fill(word);
  await expect(shown.root.getByRole("alert")).toContainText("No connection");
  await page.unroute(/\/v1\/reviews\?/);
  await shown.button("Try again").click();
  await expect.poll(() => shown.ids()).toEqual(found);
});

test("a vote counts once for a browser and can be changed, also where nothing can be kept", async ({ page, stack }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  const before = (await reviews(stack)).items[0]!.helpful;
  const card = shown.cards.first();
  await card.getByRole("button", { name: /^Yes/ }).click();
  await expect(card.getByRole("button", { name: `Yes (${before + 1})` })).toHaveAttribute("aria-pressed", "true");
  await card.getByRole("button", { name: /^No/ }).click();
  await expect(card.getByRole("button", { name: `Yes (${before})` })).toHaveAttribute("aria-pressed", "false");
});

test("a report needs a reason, and reaches head office", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  const card = shown.cards.nth(1);
  const id = (await shown.ids())[1]!;
  await card.getByRole("button", { name: "Report", exact: true }).click();
  const why = card.getByLabel("What is wrong with it?");
  await expect(why).toBeFocused();
  await card.getByRole("button", { name: "Report this review" }).click();
  await expect(why).toHaveAttribute("aria-invalid", "true");
  await why.selectOption("advertising");
  await card.getByLabel("Anything to add (optional)").fill("It names another shop.");
  await card.getByRole("button", { name: "Report this review" }).click();
  await expect(card.getByRole("status")).toContainText("Thank you");
  const reported = await stack.admin<{ items: { id: string }[] }>("GET", "/reviews?reported=true");
  expect(reported.items.map((review) => review.id)).toContain(id);
});

test("text is text: tags, a direction turned round and signs in heaps stay in their place", async ({ page, stack }) => {
  const evil = `<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script> ${"wide".repeat(200)}`;
  await write(stack, `${evil} \u202Edesrever\u202C end.`);
  await decide(stack, "onerror", "publish");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  const card = shown.cards.filter({ hasText: "onerror" });
  await expect(card).toContainText("<script>window.hacked=1</script>");
  await expect(card).not.toContainText("\u202E");
  expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("the element may go while a request is under way, and say another product", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  await page.route(/\/v1\/reviews\?/, async (route) => {
    await page.evaluate(() => document.querySelector("devanture-reviews")?.remove());
    await route.continue();
  });
  await shown.button(/^5 stars:/).click();
  await expect(shown.root).toHaveCount(0);
  await page.unroute(/\/v1\/reviews\?/);
  await page.evaluate((html) => document.querySelector("main")!.insertAdjacentHTML("beforeend", html), element(`product="beret-basque"`));
  await expect(shown.root.getByRole("heading", { name: "Customer reviews" })).toBeVisible();
  await page.evaluate((product) => document.querySelector("devanture-reviews")!.setAttribute("product", product), PRODUCT);
  await shown.ready();
});
