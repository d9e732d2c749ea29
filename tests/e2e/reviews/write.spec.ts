// Writing: openly, by the link of a letter, with photos, by keyboard; refused, changed, withdrawn.
import type { Page } from "@playwright/test";
import { look } from "../support/look.ts";
import { expect, test, type Stack } from "../support/stack.ts";
import { bomb, decide, element, invite, png, PRODUCT, reviews, Reviews, write } from "../support/reviews.ts";

const open = (stack: Stack, hash = "", attributes?: string): string => stack.page({ body: element(attributes) }) + hash;
/** Has the page ask again for what the browser would keep for half a minute. */
const afresh = (page: Page): Promise<void> => page.route(/\/v1\/reviews\?/, (route) => route.continue()).then(() => {});

/** Words that nobody else writes. */
let turn = 0;
const words = (text: string): string => `${text} ${process.pid}x${++turn}.`;

test("from the mail's link to a review in the list", async ({ page, stack }) => {
  const address = `zoe.${process.pid}@example.com`;
  const person = { name: "Zoé", email: address };
  const items = [{ origin: crypto.randomUUID(), product: PRODUCT, size: "40", experienced_on: "2026-11-03", locale: "en", person }];
  await stack.admin("POST", "/reviews/requests", { site: "shop", items });
  await expect.poll(() => stack.mails().filter((mail) => mail.includes(address)).length, { timeout: 20_000 }).toBe(1);
  // Quoted-printable: lines are broken by `=`, which is itself written `=3D`.
  const mail = stack.mails().find((mail) => mail.includes(address))!.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
  const link = /http\S+#devanture-review=[\w-]+/.exec(mail)![0];
  await page.goto(link);
  const shown = new Reviews(page);
  await expect(shown.root.getByRole("heading", { name: /^(Write a review|Donner mon avis)$/ })).toBeFocused();
  await expect(shown.field("size")).toHaveValue("40");
  await expect(shown.field("experienced_on")).toHaveCount(0);
  const said = words("By the link of a letter");
  await shown.fill(said);
  await shown.send.click();
  await expect(shown.root.getByRole("status")).toContainText(/being read|en cours de relecture/);
  await page.goto(open(stack));
  await shown.ready();
  await expect(shown.root).not.toContainText(said);
  await decide(stack, said, "publish");
  await afresh(page);
  await page.reload();
  const card = shown.cards.filter({ hasText: said });
  await expect(card.locator("[part=badge]")).toHaveText("verified purchase");
  // The link has been used up.
  await page.goto(link);
  await page.reload();
  await expect(shown.root.getByRole("alert")).toContainText(/which works once|qui sert une fois/);
});

test("by keyboard alone, with a photo", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.ready();
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await shown.button("Write a review").focus();
  await press("Enter");
  await expect(shown.root.getByRole("heading", { name: "Write a review" })).toBeFocused();
  // Waited for from here on: the browser has to be told beforehand, and Enter does not wait for that.
  const opened = page.waitForEvent("filechooser");
  await press("Tab", "Space", "ArrowRight", "ArrowRight", "ArrowRight");
  await expect(shown.form.getByRole("radio", { name: /^4 stars/ })).toBeChecked();
  const said = words("Written without a mouse, with a photo");
  const inner = (): Promise<string> => page.evaluate(() => {
    const field = document.activeElement?.shadowRoot?.activeElement as HTMLInputElement | null;
    return field?.name || field?.id || field?.textContent?.trim() || "";
  });
  const seen: string[] = [];
  for (let at = 0; at < 20; at++) {
    await press("Tab");
    const name = await inner();
    seen.push(name);
    if (name === "fit") await press("ArrowRight");
    else if (name.startsWith("criterion-")) await press("ArrowDown");
    else if (name === "size") await page.keyboard.type("38");
    else if (name === "usual_size") await page.keyboard.type("40");
    else if (name === "title") await page.keyboard.type("By keyboard");
    else if (name === "body") await page.keyboard.type(said);
    else if (name === "photos") {
      await press("Enter");
      const chooser = await opened;
      await chooser.setFiles({ name: "robe.png", mimeType: "image/png", buffer: png() });
      await expect(shown.root.getByRole("img", { name: "Photo 1" })).toBeVisible();
    } else if (name === "experienced_on") {
      await page.keyboard.type("11032026");
      await press("Tab", "Tab");
      if ((await inner()) !== "author") continue;
      seen.push("author");
      await page.keyboard.type("Kim");
    } else if (name === "author") await page.keyboard.type("Kim");
    else if (name === "Send my review") break;
  }
  expect(seen).toEqual(expect.arrayContaining(["fit", "size", "usual_size", "title", "body", "photos", "experienced_on", "author"]));
  await press("Enter");
  await expect(shown.root.getByRole("status")).toContainText("being read");
  await expect(shown.root.getByRole("heading", { name: "Your review" })).toBeFocused();
  const id = await decide(stack, said, "publish");
  const published = (await reviews(stack)).items.find((review) => review.id === id)!;
  expect(published.photos).toHaveLength(1);
  expect(published).toMatchObject({ rating: 4, author: "Kim", size: "38", fit: "true", usual_size: "40" });
  await afresh(page);
  await page.goto(open(stack));
  const card = shown.cards.filter({ hasText: said });
  await expect(card.getByRole("img", { name: "Photo of the review" })).toBeVisible();
  expect((await card.locator(".facts li").allTextContents()).slice(0, 3)).toEqual(["Size 38", "Usually wears 40", "True to size"]);
});

test("what is wrong is said at its field, which takes the focus", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.button("Write a review").click();
  const wrong = async (name: string, said: RegExp): Promise<void> => {
    await shown.send.click();
    await expect(shown.form.locator(`#${name}-error`)).toHaveText(said);
    await expect(shown.form.locator(".invalid")).toHaveCount(1);
    if (name !== "rating") await expect(shown.field(name)).toBeFocused();
  };
  await wrong("rating", /1 to 5 stars/);
  await shown.rate(3);
  await wrong("body", /at least 10/);
  await shown.field("body").fill("x".repeat(100_000));
  await wrong("body", /At most 5,000/);
  expect((await shown.field("body").inputValue()).length, "nothing is cut off").toBe(100_000);
  await shown.field("body").fill("Nice enough to be said.");
  await wrong("experienced_on", /day/);
  await shown.field("title").fill("Not what is asked for");
  await expect(shown.form.locator("#experienced_on-error"), "it stays until it is put right").toHaveText(/day/);
  await shown.field("experienced_on").fill("2026-11-03");
  await wrong("author", /how you want/);
  await shown.field("author").fill("zoe@example.com");
  await wrong("author", /mail address/);
  await shown.field("author").fill("Zoé");
  for (const body of ["😀😀😀😀😀😀😀😀😀😀😀😀", "Z̸̡̢̛̛̰̗̘̙̜̝̞̟̠̤̥̦̩a̸̡̢̛̛̰̗̘̙̜̝̞̟̠̤̥̦̩l̸̡̢̛̛̰̗̘̙̜̝̞̟̠̤̥̦̩g̸̡̢̛̛̰̗̘̙̜̝̞̟̠̤̥̦̩ơ̸̡̢̛̰̗̘̙̜̝̞̟̠̤̥̦̩"]) {
    await shown.field("body").fill(body);
    await wrong("body", /plain words/);
  }
});

test("photos that cannot be taken say why, and keep nothing else back", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.button("Write a review").click();
  const choose = (name: string, mimeType: string, buffer: Buffer): Promise<void> =>
    shown.form.locator("#photos").setInputFiles({ name, mimeType, buffer });
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic", "latin1")]);
  const cut = png().subarray(0, 4000);
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`);
  for (const [name, kind, bytes, said] of [
    ["photo.heic", "image/heic", heic, /HEIC: save it as JPEG/],
    ["photo.svg", "image/svg+xml", svg, /not a JPEG, PNG or WebP/],
    ["bomb.png", "image/png", bomb(), /too large/],
    ["cut.png", "image/png", cut, /damaged or cut off/],
  ] as const) {
    await choose(name, kind, bytes);
    const line = shown.form.getByRole("list", { name: /^Photos/ }).getByRole("listitem");
    await expect(line.getByRole("alert")).toContainText(name);
    await expect(line.getByRole("alert")).toContainText(said);
    await shown.button("Remove photo 1").click();
    await expect(line).toHaveCount(0);
    await expect(shown.form.locator("#photos")).toBeFocused();
  }
  await choose("robe.png", "image/png", png());
  await expect(shown.root.getByRole("img", { name: "Photo 1" })).toBeVisible();
});

test("a draft outlives the page, its photos too; once sent it is gone", async ({ page, stack }) => {
  const url = open(stack);
  await page.goto(url);
  const shown = new Reviews(page);
  await shown.button("Write a review").click();
  const said = words("A draft that is not lost");
  await shown.fill(said);
  await shown.form.locator("#photos").setInputFiles({ name: "robe.png", mimeType: "image/png", buffer: png() });
  await expect(shown.root.getByRole("img", { name: "Photo 1" })).toBeVisible();
  await page.reload();
  await shown.button("Write a review").click();
  await expect(shown.field("body")).toHaveValue(said);
  await expect(shown.form.getByRole("radio", { name: /^4 stars/ })).toBeChecked();
  await expect(shown.form.getByText("Photo 1")).toBeVisible();
  await shown.send.click();
  await expect(shown.root.getByRole("status")).toContainText("being read");
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes("draft")))).toEqual([]);
  await page.reload();
  await shown.button("Your review").click();
  await expect(shown.root).toContainText(said);
  await expect(shown.root).toContainText("1 photo");
});

test("a lost answer and another try are one review", async ({ page, stack }) => {
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.button("Write a review").click();
  const said = words("Sent twice and there once");
  await shown.fill(said);
  let lost = 0;
  await page.route(/\/v1\/reviews$/, async (route) => {
    if (route.request().method() !== "POST" || lost++) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await shown.send.click();
  await expect(shown.root.getByRole("alert")).toContainText("No connection");
  await shown.send.click();
  await expect(shown.root.getByRole("status")).toContainText("being read");
  const waiting = await stack.admin<{ items: { body: string }[] }>("GET", "/reviews?limit=200");
  expect(waiting.items.filter((review) => review.body === said)).toHaveLength(1);
});

test("one's own review by its link: why it was refused, changed, read again, withdrawn", async ({ page, stack }) => {
  const said = words("Visit my own shop");
  const { token } = await write(stack, said);
  await decide(stack, said, "refuse", "advertising");
  await page.goto(open(stack, `#devanture-own-review=${token}`));
  const shown = new Reviews(page);
  await expect(shown.root.getByRole("status")).toContainText("was not published");
  await expect(shown.root.getByRole("status")).toContainText("Advertising");
  await shown.button("Change your review").click();
  await expect(shown.field("body")).toHaveValue(said);
  await shown.field("body").fill("A good dress, well made.");
  await shown.send.click();
  await expect(shown.root.getByRole("status")).toContainText("being read");
  await shown.button("Withdraw").click();
  await shown.button("Withdraw for good").click();
  await expect(shown.root.getByRole("status")).toContainText("taken down");
  await expect(shown.button("Change your review")).toHaveCount(0);
});

test("links that are unknown, over, or for another product say so", async ({ page, stack }) => {
  const shown = new Reviews(page);
  await page.goto(open(stack, "#devanture-review=AAAAAAAAAAAAAAAAAAAAAAAA"));
  await expect(shown.root.getByRole("alert")).toContainText("not known");
  await page.goto(open(stack, `#devanture-review=${await invite(stack, { product: "trench-bellerive" })}`));
  await expect(shown.root.getByRole("alert")).toContainText("something else");
  await page.route(/\/invitations\//, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), state: "expired" } });
  });
  await page.goto(open(stack, `#devanture-review=${await invite(stack)}`));
  await expect(shown.root.getByRole("alert")).toContainText("time is over");
});

test("a link opens the form of an element that is far below", async ({ page, stack }) => {
  const body = `<div style="height: 4000px"></div>${element()}`;
  await page.goto(stack.page({ body }) + `#devanture-review=${await invite(stack)}`);
  const shown = new Reviews(page);
  await expect(shown.root.getByRole("heading", { name: "Write a review" })).toBeFocused();
  await expect(shown.root.getByRole("heading", { name: "Write a review" })).toBeInViewport();
});

test("a store's service is written of apart, with points out of 20 and no fit", async ({ page, stack }) => {
  await page.goto(open(stack, "", `store="1004"`));
  const shown = new Reviews(page);
  await expect(shown.root.getByRole("heading", { name: "Reviews of this store" })).toBeVisible();
  await shown.button("Write a review").click();
  await expect(shown.form.locator("[name=fit], [name=size]")).toHaveCount(0);
  await shown.form.getByLabel("Welcome").selectOption("18");
  const said = words("They took their time for me");
  await shown.fill(said);
  await shown.send.click();
  await expect(shown.root.getByRole("status")).toContainText("being read");
  await decide(stack, said, "publish");
  const { items } = await stack.get<{ items: { body: string; criteria: unknown[] }[] }>("/v1/reviews", { store: "1004" });
  expect(items.find((review) => review.body === said)!.criteria).toEqual([{ code: "welcome", points: 18 }]);
});

test("storage that throws: everything works, and lasts as long as the page", async ({ page, stack }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
  });
  await page.goto(open(stack));
  const shown = new Reviews(page);
  await shown.button("Write a review").click();
  await shown.fill(words("Nothing can be kept here"));
  await shown.send.click();
  await expect(shown.root.getByRole("status")).toContainText("being read");
});

for (const lang of ["en", "fr"] as const) {
  test(`nothing for axe to say, no sideways scrolling: ${lang}`, async ({ page, stack }) => {
    test.slow();
    const canvas = "<style>html { background: Canvas; font-family: sans-serif }</style>";
    const shown = new Reviews(page);
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize((lang === "en") === (scheme === "light") ? { width: 1280, height: 800 } : { width: 390, height: 844 });
      await page.goto(stack.page({ lang, head: canvas + stack.script(), body: element() + `<devanture-rating product="${PRODUCT}" href="#x"></devanture-rating>` }));
      await shown.ready();
      await look(page, `the list, ${lang}, ${scheme}`);
      await shown.button(/^5 (stars|étoiles)/).click();
      await shown.cards.first().getByRole("button", { name: /^(Report|Signaler)$/ }).click();
      await look(page, `narrowed down, with a report, ${lang}, ${scheme}`);
      await shown.button(/^(Write a review|Donner mon avis)$/).click();
      await expect(shown.send).toBeVisible();
      await look(page, `the form, ${lang}, ${scheme}`);
      await shown.send.click();
      await expect(shown.form.locator(".invalid")).toBeVisible();
      await shown.form.locator("#photos").setInputFiles({ name: "x.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
      await expect(shown.form.getByRole("alert")).toBeVisible();
      await look(page, `the form with errors, ${lang}, ${scheme}`);
      await shown.fill(words("Looked at by axe"));
      await shown.button(/^(Remove photo|Retirer la photo) 1$/).click();
      await shown.send.click();
      await expect(shown.root.getByRole("status")).toBeVisible();
      await look(page, `one's own review, ${lang}, ${scheme}`);
    }
  });
}
