// Nothing near, and it is to be back: a letter, asked for by keyboard, and what can go wrong with it.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/stack.ts";
import { element, problem, rewrite, somebody, stocked, StockLocator, type AvailabilityPage } from "../support/stock.ts";

const OFFER = "Alert me when it is back";
const nothing = (answer: AvailabilityPage): void => void Object.assign(answer, { items: [], total: 0 });
const alertOf = (stock: StockLocator): ReturnType<Page["locator"]> => stock.root.locator("[part=alert]");

async function accessible(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")}`)), state).toEqual([]);
}

test("asked for by keyboard alone: it waits, once, and nothing is kept in the browser", async ({ page, stack }) => {
  stack.addProduct("SOLD-OUT", "A coat that is gone");
  await page.goto(stack.page({ body: element('sku="SOLD-OUT-1"') }));
  const stock = new StockLocator(page);
  await expect(stock.status).toHaveText("In none of our stores at the moment");
  await page.evaluate(() => addEventListener("devanture-stock-alert", (e) => ((window as any).told = (e as CustomEvent).detail)));
  const kept = (): Promise<string> => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  const before = await kept();
  const alert = alertOf(stock);
  const offer = alert.getByRole("button", { name: OFFER });
  await expect(offer).toBeVisible();
  await accessible(page, "offered");
  for (let presses = 0; presses < 40 && !(await offer.evaluate((e) => e === (e.getRootNode() as ShadowRoot).activeElement)); presses++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  const email = alert.getByLabel("Email");
  await expect(email, "the form has taken the button's place").toBeFocused();
  await expect(alert).toContainText("We write to you once, as soon as a store has it again.");
  await expect(alert.getByRole("link", { name: "Privacy" })).toHaveAttribute("href", /confidentialite$/);
  await page.keyboard.type("zoe");
  await page.keyboard.press("Enter");
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toHaveAccessibleDescription("Enter an email address such as name@example.com.");
  await expect(email).toBeFocused();
  await accessible(page, "an address that is none");
  await page.keyboard.press("ControlOrMeta+A");
  const { email: address } = somebody();
  await page.keyboard.type(address);
  await page.keyboard.press("Tab");
  await expect(alert.getByRole("link", { name: "Privacy" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(alert.getByRole("button", { name: "Alert me" })).toBeFocused();
  await page.keyboard.press("Enter");
  const said = alert.getByRole("status");
  await expect(said).toHaveText(`Noted: we will write to ${address} as soon as it is back.`);
  await expect(said).toBeFocused();
  await expect(email).toHaveCount(0);
  await accessible(page, "noted");
  expect(await page.evaluate(() => (window as any).told)).toEqual({ sku: "SOLD-OUT-1", store_code: null });
  expect(await kept()).toBe(before);
  const known = await stack.admin<{ alerts: { sku: string; store_code?: string; locale: string }[] }>("POST", "/reviews/people/export", { email: address });
  expect(known.alerts).toEqual([expect.objectContaining({ sku: "SOLD-OUT-1", locale: "en" })]);
  expect(known.alerts[0]!.store_code).toBeUndefined();
});

test("some are far away: the nearest store is waited for; a refusal is said, and it can be sent again", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await rewrite(page, (answer) => {
    for (const one of answer.items) one.store = { ...one.store, distance_m: 312_000 };
  });
  const sent: unknown[] = [];
  const answers = [problem(409, "available_now"), problem(400, "invalid_input", "email"), "abort", { status: 201, json: {}, headers: { "access-control-allow-origin": "*" } }] as const;
  await page.route("**/v1/alerts", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    const answer = answers[sent.push(route.request().postDataJSON()) - 1]!;
    await (answer === "abort" ? route.abort() : route.fulfill(answer));
  });
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  const stock = new StockLocator(page);
  const alert = alertOf(stock);
  const [nearest] = (await stack.stores({ limit: "1" })).items;
  await alert.getByRole("button", { name: OFFER }).click();
  await expect(alert).toContainText(`as soon as ${nearest!.name} has it again`);
  const { email } = somebody();
  await alert.getByLabel("Email").fill(email);
  const send = alert.getByRole("button", { name: "Alert me" });
  await send.click();
  await expect(alert.getByRole("alert")).toHaveText("It can be had again: search once more.");
  await expect(send, "not lost").toBeFocused();
  await send.click();
  await expect(alert.getByLabel("Email")).toBeFocused();
  await expect(alert.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await send.click();
  await expect(alert.getByRole("alert")).toHaveText("No connection. Check your connection and try again.");
  await expect(alert.getByLabel("Email"), "still filled in").toHaveValue(email);
  await send.click();
  await expect(alert.getByRole("status")).toContainText(email);
  await expect(alert.getByRole("alert")).toHaveCount(0);
  expect(sent).toEqual(Array(4).fill({ sku, store_code: nearest!.code, email, locale: "en", consent: true }));
});

test("not offered for several things, nor for what the catalogue does not know", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await rewrite(page, nothing);
  for (const attributes of [`items="${sku},CEINTURE-X"`, 'gtin="4006381333931"']) {
    await page.goto(stack.page({ body: element(attributes) }));
    const stock = new StockLocator(page);
    await expect(stock.root.locator("[part=instead]")).toBeVisible();
    await expect(stock.root.getByRole("link", { name: /^Call/ })).toBeVisible();
    await expect(alertOf(stock)).toHaveCount(0);
  }
});

test("not offered where the server sends no letters", async ({ page, stack }) => {
  stack.addProduct("SOLD-OUT", "A coat that is gone");
  let asked = 0;
  await page.route("**/v1/site?*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), alerts: false } });
    asked += 1;
  });
  await page.goto(stack.page({ body: element('sku="SOLD-OUT-1"') }));
  await expect(new StockLocator(page).root.locator("[part=instead]")).toBeVisible();
  await expect.poll(() => asked).toBe(1);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await expect(alertOf(new StockLocator(page))).toHaveCount(0);
});

test("a program asks for a size, and for the letter: the form stands open where nothing is near", async ({ page, stack }) => {
  const { variants } = await stack.get<{ variants: { size: string }[] }>("/v1/product", { id: "ROBE-AUGUSTINE" });
  await page.goto(stack.page({ body: element('product-id="ROBE-AUGUSTINE"') }));
  const stock = new StockLocator(page);
  const check = (size: string, alert: boolean): Promise<void> =>
    page.locator("devanture-stock-locator").evaluate((e, given) => (e as any).checkSize(...given), [size, alert] as const);
  const pressed = stock.root.getByRole("group", { name: "Size" }).locator("[aria-pressed=true]");
  for (const { size } of [variants[1]!, variants[0]!]) {
    await check(size, false);
    await expect(pressed).toHaveText(size);
  }
  await expect(alertOf(stock)).toHaveCount(0);
  await rewrite(page, nothing);
  await check(variants[1]!.size, true);
  await expect(pressed).toHaveText(variants[1]!.size);
  await expect(alertOf(stock).getByLabel("Email")).toBeFocused();
  await pressed.locator("xpath=..").getByRole("button", { name: variants[0]!.size, exact: true }).click();
  await expect(alertOf(stock).getByRole("button", { name: OFFER }), "of another size it was not asked for").toBeVisible();
});

test("the shop's own words", async ({ page, stack }) => {
  stack.addProduct("SOLD-OUT", "A coat that is gone");
  await page.goto(stack.page({ lang: "fr", body: element('sku="SOLD-OUT-1"') }));
  const stock = new StockLocator(page);
  await expect(stock.button("M’alerter de son retour")).toBeVisible();
  await page.locator("devanture-stock-locator").evaluate((e) => ((e as any).strings = { alert: "Prévenez-moi, s’il vous plaît" }));
  await stock.button("Prévenez-moi, s’il vous plaît").click();
  await expect(alertOf(stock)).toContainText("dès qu’un magasin l’a de nouveau");
});
