// What shop and author say to each other about a review: answered in public, then in private, by letters.
import type { Page } from "@playwright/test";
import { Console, LOGIN, PASSWORD, expect, test } from "../support/console.ts";
import { look } from "../support/look.ts";
import { write } from "../support/moderation.ts";
import { Reviews, decide, element } from "../support/reviews.ts";
import { KEY, type Stack } from "../support/stack.ts";

const link = /devanture-own-review=([\w-]+)/;

/** The newest letter that has these words: where its link leads to. */
async function letter(stack: Stack, words: string): Promise<string> {
  const undone = () => stack.mails().map((mail) => Buffer.from(mail.replaceAll("=\r\n", "").replaceAll(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16))), "latin1").toString());
  const found = () => undone().find((mail) => mail.includes(words) && link.test(mail));
  await expect.poll(found, { timeout: 20_000 }).toBeTruthy();
  return link.exec(found()!)![1]!;
}

/** The page's own colours, light or dark. */
const canvas = "<style>html { background: Canvas; color: CanvasText; font-family: sans-serif; color-scheme: light dark }</style>";

const author = (stack: Stack, product: string, token: string, locale = "en"): string =>
  `${stack.page({ body: element(`product="${product}"`), head: canvas + stack.script(), lang: locale.slice(0, 2) })}#devanture-own-review=${token}`;

/** A product of the test's own with a review that is shown. */
async function reviewed(stack: Stack, says: Record<string, unknown> = {}): Promise<{ product: string; id: string; token: string }> {
  const product = `MOTS-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
  stack.addProduct(product, "Jupe plissée Ondine");
  const body = `La doublure s’est décousue ${product}`;
  const { token } = await write(stack, { product, rating: 2, body, ...says });
  return { product, token, id: await decide(stack, body, "publish") };
}

async function signIn(page: Page, room: Console, login = LOGIN): Promise<void> {
  await page.goto(`${room.url}#reviews`);
  await room.fillSignIn(login, PASSWORD);
  await expect(page.locator("#rv-queue")).toBeVisible();
}

async function list(page: Page, room: Console, which: string, product: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(`${room.url}#reviews`);
  await page.locator("#which").selectOption(which);
  await page.locator("#rv-product").fill(product);
  await page.locator(".filters [type=submit]").click();
  await expect(page.locator(".loading")).toHaveCount(0);
}

for (const [locale, colorScheme, width, height] of [
  ["en-GB", "light", 1280, 800],
  ["fr-FR", "dark", 390, 844],
] as const) {
  test.describe(`${locale} ${colorScheme}`, () => {
    test.use({ locale, colorScheme, viewport: { width, height } });
    test("answered in public, gone on in private, by keyboard and by letters", async ({ page, room, stack, browser }) => {
      const { product, id, token } = await reviewed(stack);
      await signIn(page, room);
      await list(page, room, "published", product);
      await page.locator(`#rv-at-${id}`).click();
      await expect(page.locator("#message")).toBeVisible();
      await page.locator("#answer").fill(`Nous sommes désolés ${product}.`);
      await page.locator("#answer").press("Tab");
      await page.keyboard.press("Enter");
      await expect(page.locator("#rv-saved")).toBeFocused();

      const shoppers = await browser.newContext({ locale, colorScheme, viewport: { width, height } });
      const shopper = await shoppers.newPage();
      const shown = new Reviews(shopper);
      const first = await letter(stack, `Nous sommes désolés ${product}.`);
      expect(first).not.toBe(token);
      await shopper.goto(author(stack, product, first, locale));
      await expect(shown.root.locator("blockquote")).toContainText("Nous sommes désolés");
      await shown.field("message").focus();
      await shopper.keyboard.press("Tab");
      await shopper.keyboard.press("Enter");
      await expect(shown.form.locator("#message-error")).toBeVisible();
      await expect(shown.field("message")).toBeFocused();
      await shopper.keyboard.type("Puis-je la rapporter ?");
      await expect(shown.form.locator("#message-error")).toHaveCount(0);
      await shopper.keyboard.press("Tab");
      await shopper.keyboard.press("Enter");
      await expect(shown.root.locator(".messages li")).toHaveText([/Puis-je la rapporter \?/]);
      await expect(shown.field("message")).toHaveValue("");
      await expect(shown.field("message")).toBeFocused();

      await list(page, room, "unanswered", product);
      await expect(page.locator(".counts")).toContainText(/waits? for an answer|attend(ent)? une réponse/);
      await page.locator(`#rv-at-${id}`).click();
      await expect(page.locator(".step", { hasText: "Puis-je la rapporter ?" })).toContainText("Iris");
      await look(page, `conversation in the console ${locale}`);
      await page.locator("#message").fill(`Oui, dans tous nos magasins ${product}.`);
      await page.locator("#message").press("Tab");
      await page.keyboard.press("Enter");
      await expect(page.locator("#rv-talk-told")).toBeFocused();
      await expect(page.locator("#message")).toHaveValue("");
      await expect(page.locator(".step", { hasText: "Oui, dans tous nos magasins" })).toBeVisible();
      await list(page, room, "unanswered", product);
      await expect(page.locator(`#rv-at-${id}`)).toHaveCount(0);

      const second = await letter(stack, `Oui, dans tous nos magasins ${product}.`);
      for (const each of [first, second]) {
        await shopper.goto("about:blank");
        await shopper.goto(author(stack, product, each, locale));
        await expect(shown.root.locator(".messages li")).toHaveCount(2);
      }
      await look(shopper, `conversation in the widget ${locale}`);
      // Nobody else reads it.
      await shopper.goto("about:blank");
      await shopper.goto(author(stack, product, "").split("#")[0]!);
      await shown.ready();
      await expect(shown.root).not.toContainText("Puis-je");
      await shoppers.close();
    });
  });
}

test("a message whose answer is lost is said once; what needs no answer is put aside", async ({ page, room, stack, browser }) => {
  const { product, id, token } = await reviewed(stack);
  await stack.admin("PUT", `/reviews/${id}/answer`, { body: "Écrivez-nous." });
  const shopper = await browser.newPage({ locale: "en-GB" });
  await shopper.goto(author(stack, product, token));
  const shown = new Reviews(shopper);
  let lost = 0;
  await shopper.route(/\/messages$/, async (route) => {
    if (route.request().method() !== "POST" || lost++) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await shown.field("message").fill("Une chose seulement.");
  await shown.button("Send in private").click();
  await expect(shown.root.getByRole("alert")).toContainText("No connection");
  await expect(shown.field("message")).toHaveValue("Une chose seulement.");
  await shown.button("Send in private").click();
  await expect(shown.root.locator(".messages li")).toHaveCount(1);
  await expect(shown.root.getByRole("alert")).toHaveCount(0);
  await shopper.close();

  await signIn(page, room);
  await list(page, room, "unanswered", product);
  await page.locator(`#rv-at-${id}`).click();
  let offline = true;
  await page.route(/\/messages/, (route) => (offline ? route.abort() : route.continue()));
  await page.locator("#message").fill("Merci de l’avoir dit.");
  await page.getByRole("button", { name: "Send in private" }).click();
  await expect(page.locator("#rv-talk-told")).toContainText("the server does not answer");
  await expect(page.locator("#message")).toHaveValue("Merci de l’avoir dit.");
  offline = false;
  await page.getByRole("button", { name: "Needs no answer" }).click();
  await expect(page.getByRole("button", { name: "Needs no answer" })).toHaveCount(0);
  await expect(page.locator("#rv-talk-told")).toBeFocused();
  await list(page, room, "unanswered", product);
  await expect(page.locator(`#rv-at-${id}`)).toHaveCount(0);
});

test("who left no address cannot be written to, and is told of by the console", async ({ page, room, stack }) => {
  const { product, id, token } = await reviewed(stack, { email: undefined });
  await stack.admin("PUT", `/reviews/${id}/answer`, { body: "Merci." });
  await page.goto(author(stack, product, token));
  const shown = new Reviews(page);
  await expect(shown.root.locator("blockquote")).toContainText("Merci.");
  await expect(shown.field("message")).toHaveCount(0);
  await signIn(page, room);
  await list(page, room, "published", product);
  await page.locator(`#rv-at-${id}`).click();
  await expect(page.locator(".review")).toContainText("left no email address");
  await expect(page.locator("#message")).toHaveCount(0);
});

test("a store's manager finds the authors who wait for that store", async ({ page, room, stack }) => {
  const { items } = await stack.stores({ limit: "30" });
  const store = items[24]!;
  const body = `Personne n’était là ${crypto.randomUUID()}`;
  const { token } = await write(stack, { store: store.code, rating: 2, body });
  const id = await decide(stack, body, "publish");
  const login = `ana.${crypto.randomUUID()}@lormelle.example`;
  stack.addStaff({ login, name: "Ana Gérante", role: "store_manager", password: PASSWORD, stores: [store.code] });
  await signIn(page, room, login);
  await page.locator(`#rv-at-${id}`).click();
  await page.locator("#message").fill("Quand était-ce ?");
  await page.getByRole("button", { name: "Send in private" }).click();
  await expect(page.locator("#rv-talk-told")).toBeFocused();
  await expect(page.locator(".step", { hasText: "Quand était-ce ?" })).toContainText("Ana Gérante");
  const answer = await fetch(`${stack.api}/v1/reviews/own/${token}/messages`, {
    method: "POST",
    headers: { "devanture-key": KEY, origin: stack.shop, "idempotency-key": crypto.randomUUID(), "content-type": "application/json" },
    body: JSON.stringify({ body: "Samedi, vers midi." }),
  });
  expect(answer.status).toBe(201);
  await page.locator("#which").selectOption("unanswered");
  await page.locator(".filters [type=submit]").click();
  await expect(page.locator(".counts")).toHaveText("1 author waits for an answer");
  await page.locator(`#rv-at-${id}`).click();
  await expect(page.locator(".step", { hasText: "Samedi, vers midi." })).toBeVisible();
});
