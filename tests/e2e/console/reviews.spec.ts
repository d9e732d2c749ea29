// The room of reviews, on the real stack: what shoppers write is read, decided on, answered and erased here.
import type { Locator, Page } from "@playwright/test";
import { COLLEAGUE, Console, LOGIN, PASSWORD, expect, test as base } from "../support/console.ts";
import { look } from "../support/look.ts";
import { photo, published, report, write } from "../support/moderation.ts";
import type { Stack } from "../support/stack.ts";

/** Each test has a product of its own. */
const test = base.extend<{ product: string }>({
  product: async ({ stack }, use) => {
    const product = `AVIS-${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
    stack.addProduct(product, "Jupe plissée Ondine");
    await use(product);
  },
});

async function open(page: Page, room: Console, product = "", login = LOGIN): Promise<void> {
  await page.goto(`${room.url}#reviews`);
  await room.fillSignIn(login, PASSWORD);
  await expect(page.getByRole("heading", { level: 1, name: "Reviews" })).toBeVisible();
  if (product) await narrow(page, product);
}

async function narrow(page: Page, product: string, which = "To read"): Promise<void> {
  await page.getByLabel("Product id").fill(product);
  await page.getByLabel("Where they stand").selectOption(which);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(page.locator(".loading")).toHaveCount(0);
}

const rows = (page: Page): Locator => page.locator("#rv-list .row");
const heading = (id: string): string => `#rv-at-${id}`;

test("read with the keyboard alone: accepted, refused with a reason and words, and the next has the focus", async ({ page, room, stack, product }) => {
  const ids: string[] = [];
  for (const [rating, body] of [[5, "Une coupe qui tombe bien."], [1, "Insultes et gros mots ici."], [3, "Ni bien ni mal, correcte."], [4, "Très belle, un peu longue."]] as const) {
    ids.push((await write(stack, { product, rating, body })).review.id);
  }
  await open(page, room, product);
  await expect(rows(page)).toHaveCount(4);
  await page.locator(heading(ids[0]!)).focus();
  await page.keyboard.press("j");
  await expect(page.locator(heading(ids[1]!))).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(heading(ids[0]!))).toBeFocused();
  await page.keyboard.press("a");
  await expect(rows(page)).toHaveCount(3);
  await expect(page.locator(".saved")).toHaveText("1 review published");
  await expect(page.locator(heading(ids[1]!))).toBeFocused();
  expect((await published(stack, product)).map(({ id }) => id)).toEqual([ids[0]]);

  await page.keyboard.press("r");
  await expect(room.dialog).toContainText("Refuse?");
  await room.dialog.getByLabel("To say more").focus();
  await room.dialog.getByRole("button", { name: "Refuse" }).press("Enter");
  await expect(room.dialog.getByRole("alert")).toContainText("Choose a reason.");
  await expect(room.dialog.getByLabel("Insulting or hateful")).toBeFocused();
  await page.keyboard.press("Space");
  await room.dialog.getByLabel("To say more").fill("Sans les gros mots, volontiers.");
  await room.dialog.getByRole("button", { name: "Refuse" }).press("Enter");
  await expect(rows(page)).toHaveCount(2);
  await expect(page.locator(heading(ids[2]!))).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "The review" })).toBeFocused();
  await expect(page.locator(".review")).toContainText("Ni bien ni mal, correcte.");
  await page.keyboard.press("j");
  await expect(page.locator(".review")).toContainText("Très belle, un peu longue.");
  await page.keyboard.press("Escape");
  await expect(page.locator(heading(ids[3]!))).toBeFocused();

  await narrow(page, product, "Refused");
  await page.locator(heading(ids[1]!)).click();
  const steps = page.locator(".review .step");
  await expect(steps.filter({ hasText: "Refused" })).toContainText("Zoé Martin");
  await expect(steps.filter({ hasText: "Refused" })).toContainText("Sans les gros mots, volontiers.");
});

test("many at once, by their boxes", async ({ page, room, stack, product }) => {
  for (let n = 0; n < 5; n += 1) await write(stack, { product, body: `Un avis parmi cinq, le numéro ${n}.` });
  await open(page, room, product);
  await expect(rows(page)).toHaveCount(5);
  await page.locator("#rv-all").check();
  await rows(page).nth(2).getByRole("checkbox").uncheck();
  await expect(page.locator(".bulk")).toContainText("4 reviews chosen");
  await page.getByRole("button", { name: "Publish (4)" }).click();
  await expect(page.locator(".saved")).toHaveText("4 reviews published");
  await expect(rows(page)).toHaveCount(1);
  expect(await published(stack, product)).toHaveLength(4);
});

test("two moderators: the second is told", async ({ page, room, stack, product, browser }) => {
  const { review } = await write(stack, { product, body: "Lu par deux personnes à la fois." });
  await open(page, room, product);
  await expect(rows(page)).toHaveCount(1);
  const other = await browser.newPage({ locale: "en-GB" });
  const theirs = new Console(other, stack);
  await open(other, theirs, product, COLLEAGUE);
  await other.locator(heading(review.id)).focus();
  await other.keyboard.press("a");
  await expect(other.locator(".saved")).toBeVisible();
  await page.locator(heading(review.id)).focus();
  await page.keyboard.press("r");
  await room.dialog.getByLabel("Off topic").check();
  await room.dialog.getByRole("button", { name: "Refuse" }).click();
  await expect(page.locator("#rv-told")).toContainText("1 review was not touched: a colleague has dealt with it");
  await expect(page.locator("#rv-told")).toBeFocused();
  await expect(rows(page)).toHaveCount(0);
  expect(await published(stack, product)).toHaveLength(1);
  await other.close();
});

test("without network nothing is decided, which is said and can be tried again", async ({ page, room, stack, product }) => {
  const { review } = await write(stack, { product, body: "Décidé dans un ascenseur." });
  await open(page, room, product);
  await page.locator(heading(review.id)).focus();
  await page.context().setOffline(true);
  await page.keyboard.press("a");
  await expect(page.locator("#rv-told")).toContainText("Nothing is decided");
  await expect(rows(page)).toHaveCount(1);
  await page.context().setOffline(false);
  await page.locator("#rv-told").getByRole("button", { name: "Try again" }).click();
  await expect(page.locator(".saved")).toHaveText("1 review published");
  expect(await published(stack, product)).toHaveLength(1);
});

test("photos are seen large, and one is taken away on its own", async ({ page, room, stack, product }) => {
  await page.goto(room.url);
  const bytes = await page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 40 } });
  const photos = [await photo(stack, bytes), await photo(stack, bytes)];
  const { review } = await write(stack, { product, body: "Avec deux photos de près.", photos });
  await open(page, room, product);
  await page.locator(heading(review.id)).click();
  await page.getByRole("button", { name: "Photo 2" }).click();
  const large = room.dialog.getByRole("img", { name: "Photo 2" });
  await expect(large).toBeVisible();
  expect(await large.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBe(40);
  await room.dialog.getByRole("button", { name: "Take the photo away" }).click();
  await expect(page.getByRole("button", { name: /^Photo \d$/ })).toHaveCount(1);
  await expect(page.locator(".review .step").filter({ hasText: "Photo taken away" })).toContainText("Unsuitable photo");
  await page.locator("#rv-do-publish").click();
  await expect(page.locator(".saved")).toHaveText("1 review published");
  expect((await published(stack, product))[0]!.photos).toHaveLength(1);
});

test("reports are read and closed; an answer is given, kept while offline, and taken back", async ({ page, room, stack, product }) => {
  const { review } = await write(stack, { product, body: "Un avis que quelqu’un signale." });
  await open(page, room, product);
  await page.locator(heading(review.id)).focus();
  await page.keyboard.press("a");
  await expect(page.locator(".saved")).toBeVisible();
  await report(stack, review.id, "advertising", "Un lien vers un autre site");
  await narrow(page, product, "Reported");
  await page.locator(heading(review.id)).click();
  await expect(page.locator(".review")).toContainText("Un lien vers un autre site");
  await page.getByLabel("Public answer").fill("Merci <b>Iris</b> !");
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Publish the answer" }).click();
  await expect(page.locator("#rv-refused")).toContainText("Not saved: the server does not answer");
  await expect(page.getByLabel("Public answer")).toHaveValue("Merci <b>Iris</b> !");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Publish the answer" }).click();
  await expect(page.locator("#rv-saved")).toBeVisible();
  expect((await published(stack, product))[0]!.answer!.body).toBe("Merci <b>Iris</b> !");
  await page.getByRole("button", { name: "Take the answer away" }).click();
  await expect(page.getByRole("button", { name: "Take the answer away" })).toHaveCount(0);
  expect((await published(stack, product))[0]!.answer).toBeUndefined();
  await page.locator("#rv-do-dismiss").click();
  await expect(rows(page)).toHaveCount(0);
  expect(await published(stack, product)).toHaveLength(1);
});

test("figures, words with the reviews they come from, requests, and Google’s feed", async ({ page, room, stack, product }) => {
  const ids: string[] = [];
  for (const [rating, points] of [[5, 5], [4, 3], [3, 2]] as const) {
    const criteria = [{ code: "comfort", points }];
    ids.push((await write(stack, { product, rating, fit: "small", criteria, body: "La fermeture éclair coince souvent, dommage." })).review.id);
  }
  await open(page, room, product);
  await page.locator("#rv-all").check();
  await page.getByRole("button", { name: "Publish (3)" }).click();
  await expect(page.locator(".saved")).toHaveText("3 reviews published");
  await page.getByRole("button", { name: "Figures" }).click();
  await page.getByLabel("Product id").fill(product);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.locator(".big")).toHaveText("4.00 out of 5");
  await expect(page.getByRole("meter", { name: "Small" })).toHaveAttribute("value", "3");
  await expect(page.locator("dt", { hasText: /^Comfort$/ }).locator("+ dd")).toHaveText("3.33 out of 5 (3)");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download Google’s feed" }).click();
  const stream = await (await download).createReadStream();
  let feed = "";
  for await (const piece of stream) feed += String(piece);
  expect(feed).toContain("<feed");
  expect(feed).toContain(ids[0]!);

  await page.getByRole("button", { name: "Words" }).click();
  await page.getByLabel("Product id").fill(product);
  await page.getByLabel("Language of the reviews").selectOption("Français");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  const phrase = page.locator(".phrase").filter({ hasText: "fermeture éclair" }).first();
  await expect(phrase).toContainText("3 reviews");
  await phrase.getByRole("button").first().click();
  await expect(page.locator(".review")).toContainText("La fermeture éclair coince souvent");

  await page.getByRole("button", { name: "Requests", exact: true }).click();
  await page.getByLabel("Where they stand").selectOption("Expired");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("No requests")).toBeVisible();
});

test("who was asked is listed: sent, then written, which opens the review", async ({ page, room, stack, product }) => {
  const item = { origin: crypto.randomUUID(), product, experienced_on: "2026-01-10", locale: "fr" };
  const made = await stack.admin<{ items: { link: string }[] }>("POST", "/reviews/requests", { site: "shop", items: [item] });
  await open(page, room);
  await page.getByRole("button", { name: "Requests", exact: true }).click();
  const show = async (which: string): Promise<void> => {
    await page.getByLabel("Where they stand").selectOption(which);
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page.locator(".loading")).toHaveCount(0);
  };
  const row = page.locator(".phrase").filter({ hasText: "Jupe plissée Ondine" });
  await show("Sent");
  await expect(row).toHaveCount(1);
  await expect(row.locator(".badge")).toHaveText("Sent");
  await expect(row).toContainText(/Asked on .+, until /);
  await expect(row.getByRole("button")).toHaveCount(0);
  const body = "Écrit par le lien de la demande.";
  await write(stack, { product, body, link: made.items[0]!.link });
  await show("Sent");
  await expect(row).toHaveCount(0);
  await show("Written");
  await expect(row.locator(".badge")).toHaveText("Written");
  await expect(row).toContainText(/Asked on .+, written on /);
  await row.getByRole("button").click();
  await expect(page.locator(".review")).toContainText(body);
});

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });
  test("what a review scores has its name in the console's language", async ({ page, room, stack, product }) => {
    const { review } = await write(stack, { product, rating: 2, body: "Elle gratte un peu partout.", criteria: [{ code: "comfort", points: 2 }] });
    await page.goto(`${room.url}#reviews`);
    await room.fillSignIn();
    await page.locator("#rv-product").fill(product);
    await page.locator(".filters [type=submit]").click();
    await page.locator(heading(review.id)).click();
    await expect(page.locator(".review dt", { hasText: /^Confort$/ }).locator("+ dd")).toHaveText("2/5");
  });
});

test("a person’s data are saved, and erased", async ({ page, room, stack, product }) => {
  const email = `${product.toLowerCase()}@example.com`;
  await write(stack, { product, email, body: "Je voudrais être oubliée ensuite." });
  await open(page, room);
  await page.getByRole("button", { name: "People" }).click();
  await page.getByLabel("Email address of the person").fill(email);
  await page.getByRole("button", { name: "Look up" }).click();
  await expect(page.locator(".phrase")).toHaveCount(1);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download their data" }).click();
  const stream = await (await download).createReadStream();
  let file = "";
  for await (const piece of stream) file += String(piece);
  expect((JSON.parse(file) as { reviews: { body: string }[] }).reviews[0]!.body).toBe("Je voudrais être oubliée ensuite.");
  await page.locator("#rv-erase").click();
  await room.dialog.getByRole("button", { name: "Erase the person" }).click();
  await expect(page.locator(".saved")).toHaveText("Erased, with 1 review");
  await page.getByRole("button", { name: "Look up" }).click();
  await expect(page.getByText("Nothing under this address")).toBeVisible();
});

test("a manager reads and answers what is said of their store, and sees nothing else", async ({ page, room, stack, browser }) => {
  const { items } = await stack.stores({ limit: "30" });
  const store = items[25]!;
  const body = `Un accueil parfait ${crypto.randomUUID()}`;
  const { review } = await write(stack, { store: store.code, body });
  const office = await browser.newPage({ locale: "en-GB" });
  await open(office, new Console(office, stack));
  await office.locator(heading(review.id)).focus();
  await office.keyboard.press("a");
  await expect(office.locator(".saved")).toBeVisible();
  await office.close();
  const login = `ana.${crypto.randomUUID()}@lormelle.example`;
  stack.addStaff({ login, name: "Ana Gérante", role: "store_manager", password: PASSWORD, stores: [store.code] });
  await open(page, room, "", login);
  await expect(page.locator(".views button")).toHaveText(["List", "Figures"]);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await page.locator(heading(review.id)).click();
  await expect(page.locator(".review")).toContainText(body);
  await expect(page.locator(".review .step")).toHaveCount(0);
  await page.getByLabel("Public answer").fill("Merci de votre visite.");
  await page.getByRole("button", { name: "Publish the answer" }).click();
  await expect(page.locator("#rv-saved")).toBeVisible();
  const shown = await stack.get<{ items: { id: string; answer?: { body: string } }[] }>("/v1/reviews", { store: store.code, limit: "50" });
  expect(shown.items.find(({ id }) => id === review.id)!.answer!.body).toBe("Merci de votre visite.");
});

async function somebodyElses(stack: Stack, product: string, bytes: Buffer): Promise<string[]> {
  const photos = [await photo(stack, bytes)];
  const first = await write(stack, {
    product, rating: 2, title: "Déçue par la longueur", body: "Elle remonte dès que l’on s’assied.\nEt l’ourlet se défait : " + "voyez la photo. ".repeat(8),
    author: "Jean-Baptiste de Rochebrune-Castelnau", fit: "small", usual_size: "40", size: "40", photos, criteria: [{ code: "comfort", points: 2 }],
  });
  const second = await write(stack, { product, rating: 5, body: "Parfaite, l’ourlet aussi.", author: "Lou", fit: "true", criteria: [{ code: "comfort", points: 5 }] });
  return [first.review.id, second.review.id];
}

for (const [locale, colorScheme, width, height] of [
  ["fr-FR", "light", 390, 844],
  ["en-GB", "dark", 390, 844],
  ["en-GB", "light", 1280, 800],
  ["fr-FR", "dark", 1280, 800],
] as const) {
  test.describe(`${locale} ${colorScheme}`, () => {
    test.use({ locale, colorScheme, viewport: { width, height } });
    test("nothing for axe to say, nothing cut off", async ({ page, room, stack, product }) => {
      await page.goto(room.url);
      const bytes = await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } });
      const ids = await somebodyElses(stack, product, bytes);
      await page.goto(`${room.url}#reviews`);
      await room.fillSignIn();
      await page.locator("#rv-product").fill(product);
      await page.locator(".filters [type=submit]").click();
      await expect(rows(page)).toHaveCount(2);
      await page.locator("#rv-all").check();
      await look(page, "queue");
      await page.locator(heading(ids[0]!)).click();
      await expect(page.locator(".review .step")).toHaveCount(1);
      await look(page, "details");
      await page.locator("#rv-photo-0").click();
      await look(page, "photo");
      await page.keyboard.press("Escape");
      await expect(page.locator("#rv-photo-0")).toBeFocused();
      await page.locator("#rv-do-refuse").click();
      await room.dialog.locator("[type=submit]").click();
      await look(page, "refusing");
      await page.keyboard.press("Escape");
      await page.locator("#rv-do-publish").click();
      await expect(page.locator(".saved")).toBeVisible();
      await page.locator("#rv-do-publish").click();
      await expect(rows(page)).toHaveCount(0);
      await look(page, "nothing left");
      await page.locator("#rv-figures").click();
      await page.locator("#of-product").fill(product);
      await page.locator(".filters [type=submit]").click();
      await expect(page.locator(".big")).toBeVisible();
      await look(page, "figures");
      await page.locator("#rv-words").click();
      await page.locator("#words-product").fill(product);
      await page.locator("#language").selectOption("fr");
      await page.locator(".filters [type=submit]").click();
      await expect(page.locator(".phrase").first()).toBeVisible();
      await look(page, "words");
      await page.locator("#rv-requests").click();
      await expect(page.locator(".loading")).toHaveCount(0);
      await look(page, "requests");
      await page.locator("#rv-person").click();
      await page.locator("#email").fill("iris@example.com");
      await page.locator(".filters [type=submit]").click();
      await expect(page.locator("#rv-erase")).toBeVisible();
      await look(page, "person");
    });
  });
}
