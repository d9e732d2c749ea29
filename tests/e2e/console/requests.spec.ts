// Asking a customer for reviews, on the real stack: from the form to the letter and the list.
import type { Locator, Page } from "@playwright/test";
import { Console, LOGIN, PASSWORD, expect, test as base } from "../support/console.ts";
import { look } from "../support/look.ts";

interface Asked {
  product: string;
  email: string;
}

/** Each test has a product and a customer of its own. */
const test = base.extend<{ asked: Asked }>({
  asked: async ({ stack }, use) => {
    const product = `DEMANDE-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
    stack.addProduct(product, `Jupe ${product}`);
    await use({ product, email: `${product.toLowerCase()}@example.com` });
  },
});

async function open(page: Page, room: Console): Promise<void> {
  await page.goto(`${room.url}#reviews`);
  await room.fillSignIn(LOGIN, PASSWORD);
  await page.locator("#rv-requests").click();
  await page.locator("#rv-ask").click();
  await expect(page.locator("#ask-title")).toBeFocused();
}

async function add(page: Page, typed: string): Promise<void> {
  await page.locator("#ask-q").fill(typed);
  await page.locator("#ask-q").press("Enter");
}

const chosen = (page: Page): Locator => page.locator("#ask-chosen > li");
const letters = (mails: string[], email: string): number => mails.filter((mail) => mail.includes(email)).length;

test("asked by keyboard alone, about two things: letters leave, and the list has them", async ({ page, room, stack, asked }) => {
  await open(page, room);
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("What they bought: SKU, barcode or name")).toBeFocused();
  // A SKU is the very thing; nothing is left to choose.
  await page.keyboard.type(`${asked.product}-1`);
  await page.keyboard.press("Enter");
  await expect(chosen(page)).toHaveCount(1);
  await expect(chosen(page)).toContainText(`Jupe ${asked.product}`);
  await expect(page.locator("#ask-q")).toBeFocused();
  await expect(page.locator("#ask-q")).toHaveValue("");
  // The network's own shop asks, where nobody says otherwise.
  await expect(page.getByLabel("In the name of")).toHaveValue((await page.getByLabel("In the name of").locator("option").first().getAttribute("value"))!);
  const { items } = await stack.stores({ limit: "1" });
  await page.getByLabel("Visit to the store").selectOption(items[0]!.code);
  await page.getByLabel("Customer’s name").fill("Zoé Le Goff");
  await page.getByLabel("Email address").fill(asked.email);
  await page.getByLabel("What they get for it").fill("Un bon de 5 €");
  await page.getByLabel("What they get for it").press("Enter");
  await expect(page.locator("#rv-made")).toHaveText("Asked for 2 reviews");
  await expect(page.locator("#rv-made")).toBeFocused();
  const row = page.locator(".phrase").filter({ hasText: asked.product });
  await expect(row.locator(".badge")).toHaveText("Sent");
  await expect.poll(() => letters(stack.mails(), asked.email), { timeout: 20_000 }).toBe(2);
  const mail = stack.mails().find((one) => one.includes(asked.email))!;
  expect(mail).toContain("shop@lormelle.example");
});

test("what is missing or refused is said at its field, and nothing typed is lost", async ({ page, room, asked }) => {
  await open(page, room);
  const go = page.getByRole("button", { name: "Ask", exact: true });
  await page.getByLabel("Bought or visited on").fill("");
  await go.click();
  await expect(page.locator("#ask-q")).toBeFocused();
  for (const [id, words] of [
    ["ask-q", "Add a product, or choose the store that they visited."],
    ["ask-on", "Choose a day."],
    ["ask-name", "Type the customer’s name, at most 100 characters."],
    ["ask-email", "Type their whole email address."],
  ] as const) {
    await expect(page.locator(`#${id}`)).toHaveAccessibleDescription(words);
    await expect(page.locator(`#${id}`)).toHaveAttribute("aria-invalid", "true");
  }
  await add(page, asked.product);
  await page.getByRole("button", { name: `Add Jupe ${asked.product}` }).or(chosen(page)).first().click();
  await expect(chosen(page)).toHaveCount(1);
  await page.getByLabel("Bought or visited on").fill("2026-01-10");
  await page.getByLabel("Customer’s name").fill("Zoé");
  await page.getByLabel("Email address").fill("zoe at example");
  await go.click();
  await expect(page.locator("#ask-email")).toBeFocused();
  await expect(page.locator("#ask-email")).toHaveAccessibleDescription("Type their whole email address.");
  await expect(page.locator("#ask-name")).toHaveAttribute("aria-invalid", "false");
  await page.getByLabel("Email address").fill(asked.email);
  await page.getByLabel("Bought or visited on").fill("2099-01-10");
  await go.click();
  await expect(page.locator("#ask-on")).toHaveAccessibleDescription("This day is not over yet.");
  await expect(page.getByLabel("Customer’s name")).toHaveValue("Zoé");
  await expect(chosen(page)).toHaveCount(1);
  await page.getByRole("button", { name: `Leave Jupe ${asked.product} out` }).click();
  await expect(chosen(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Go back" }).click();
  await expect(page.locator("#rv-ask")).toBeFocused();
});

test("what is typed is still there after a look at another part of the room", async ({ page, room, stack, asked }) => {
  await open(page, room);
  await add(page, `${asked.product}-1`);
  await expect(chosen(page)).toHaveCount(1);
  const { items } = await stack.stores({ limit: "1" });
  await page.getByLabel("Visit to the store").selectOption(items[0]!.code);
  await page.getByLabel("Bought or visited on").fill("2026-01-10");
  await page.getByLabel("Customer’s name").fill("Zoé Le Goff");
  await page.getByLabel("Email address").fill(asked.email);
  await page.getByLabel("Language of the email").selectOption("fr");
  await page.getByLabel("What they get for it").fill("Un bon de 5 €");
  await page.locator("#rv-words").click();
  await expect(page.locator("#ask-title")).toHaveCount(0);
  await page.locator("#rv-requests").click();
  await expect(chosen(page)).toContainText(`Jupe ${asked.product}`);
  await expect(page.getByLabel("Visit to the store")).toHaveValue(items[0]!.code);
  await expect(page.getByLabel("Bought or visited on")).toHaveValue("2026-01-10");
  await expect(page.getByLabel("Customer’s name")).toHaveValue("Zoé Le Goff");
  await expect(page.getByLabel("Email address")).toHaveValue(asked.email);
  await expect(page.getByLabel("Language of the email")).toHaveValue("fr");
  await expect(page.getByLabel("What they get for it")).toHaveValue("Un bon de 5 €");
});

test("a store that is refused is said at its field", async ({ page, room, stack, asked }) => {
  await open(page, room);
  const { items } = await stack.stores({ limit: "1" });
  const store = page.getByLabel("Visit to the store");
  await store.selectOption(items[0]!.code);
  // It was closed for good while the form was open.
  await store.evaluate((select: HTMLSelectElement) => (select.selectedOptions[0]!.value = "GONE"));
  await page.getByLabel("Customer’s name").fill("Zoé");
  await page.getByLabel("Email address").fill(asked.email);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(store).toBeFocused();
  await expect(store).toHaveAttribute("aria-invalid", "true");
  await expect(store).toHaveAccessibleDescription(/store/);
  await expect(page.getByLabel("Customer’s name")).toHaveValue("Zoé");
});

test("an answer that is lost is asked for again, and the customer is written to once", async ({ page, room, stack, asked }) => {
  await open(page, room);
  await add(page, `${asked.product}-1`);
  await expect(chosen(page)).toHaveCount(1);
  await page.getByLabel("Customer’s name").fill("Zoé");
  await page.getByLabel("Email address").fill(asked.email);
  // It arrives, and the answer does not.
  await page.route("**/admin/v1/reviews/requests", async (route) => {
    if (route.request().method() === "POST") await route.fetch();
    await route.abort();
  });
  const go = page.getByRole("button", { name: "Ask", exact: true });
  await go.click();
  await expect(page.locator("#ask-form")).toContainText("No connection");
  await expect(page.locator("#ask-form")).toBeFocused();
  await page.unroute("**/admin/v1/reviews/requests");
  await go.click();
  await expect(page.locator("#rv-made")).toHaveText("Asked for 1 review");
  await expect(page.locator(".phrase").filter({ hasText: asked.product })).toHaveCount(1);
  await expect.poll(() => letters(stack.mails(), asked.email), { timeout: 20_000 }).toBe(1);
});

for (const [locale, colorScheme, width, height] of [
  ["fr-FR", "light", 390, 844],
  ["en-GB", "dark", 390, 844],
  ["en-GB", "light", 1280, 800],
  ["fr-FR", "dark", 1280, 800],
] as const) {
  test.describe(`${locale} ${colorScheme}`, () => {
    test.use({ locale, colorScheme, viewport: { width, height } });
    test("nothing for axe to say, nothing cut off", async ({ page, room, asked }) => {
      await open(page, room);
      await look(page, "asking");
      await page.locator("#ask-name").press("Enter");
      await expect(page.locator("#ask-email-error")).toBeVisible();
      await look(page, "missing");
      await add(page, "robe");
      await expect(page.locator("[id=ask-title] ~ .lines > li").first()).toBeVisible();
      await look(page, "found");
      await page.locator("[id=ask-title] ~ .lines button").first().click();
      await add(page, `${asked.product}-1`);
      await expect(chosen(page)).toHaveCount(2);
      await look(page, "chosen");
      await page.locator("#ask-name").fill("Zoé Le Goff");
      await page.locator("#ask-email").fill(asked.email);
      await page.locator("#ask-email").press("Enter");
      await expect(page.locator("#rv-made")).toBeVisible();
      await look(page, "asked");
    });
  });
}
