// A reservation: from the list to the code, followed, called off; and everything that can go wrong on the way.
import type { Page } from "@playwright/test";
import { times, within } from "../support/clock.ts";
import { hold } from "../support/locator.ts";
import { expect, test, type Stack } from "../support/stack.ts";
import { availability, element, problem, rewrite, somebody, stocked, StockLocator, variants, type Reservation } from "../support/stock.ts";

async function opened(page: Page, stack: Stack, attributes = ""): Promise<{ stock: StockLocator; sku: string; store: string }> {
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: element(`sku="${sku}" ${attributes}`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  return { stock, sku, store: await stock.reserve() };
}

const POST = (route: { request(): { method(): string } }): boolean => route.request().method() === "POST";

/** What Code 128 the bars are, read back from the picture. */
const PATTERNS =
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232".split(" ");

function decoded(path: string): string {
  const bars = [...path.matchAll(/M([\d.]+) 0h(\d+)/g)].map(([, at, width]) => [Number(at), Number(width)] as const);
  let widths = "";
  for (const [index, [at, width]] of bars.entries()) {
    const next = bars[index + 1];
    widths += width + (next ? String(next[0] - at - width) : "");
  }
  const symbols = widths.slice(0, -7).match(/.{6}/g)!.map((widths) => PATTERNS.indexOf(widths));
  const [start, ...values] = symbols;
  const check = values.pop();
  expect(start).toBe(104);
  expect(widths.slice(-7)).toBe("2331112");
  expect(check).toBe(values.reduce((sum, value, index) => sum + value * (index + 1), 104) % 103);
  return values.map((value) => String.fromCharCode(value + 32)).join("");
}

test("three taps: the code, its bars, the store, when it is due; told to the page without a word about the person", async ({ page, stack, traffic }) => {
  const { stock, sku, store } = await opened(page, stack);
  await page.evaluate(() => addEventListener("devanture-reserved", (e) => ((window as any).told = (e as CustomEvent).detail)));
  await expect(stock.panel.getByRole("heading", { level: 2 })).toHaveText(`Reserve at ${store}`);
  await expect(stock.panel.getByRole("link", { name: "Privacy" })).toHaveAttribute("href", /confidentialite$/);
  await expect(stock.panel).toContainText("you pay in store");
  await stock.fill(somebody());
  const answered = page.waitForResponse((response) => response.url().endsWith("/v1/reservations"));
  await stock.confirm.click();
  const made = (await (await answered).json()) as Reservation;
  await expect(stock.code).toHaveText(made.pickup_code.replace(/(.{4})(?=.)/, "$1\u2009"));
  expect(decoded((await stock.panel.locator("[part=barcode] path").getAttribute("d"))!)).toBe(made.pickup_code);
  await expect(stock.panel.getByRole("status")).toHaveText(`${store} has been asked and will answer soon.`);
  await expect(stock.panel).toContainText(/Answer by \S+,? \d+ \S+, \d/);
  expect(await page.evaluate(() => (window as any).told)).toEqual({ id: made.id, store_code: made.store_code, items: [{ sku, quantity: 1 }], state: "requested" });
  expect(traffic.to("/reservations")).toHaveLength(1);
});

test("followed while it is looked at, and not where the page is hidden", async ({ page, stack, traffic }) => {
  await page.clock.install();
  const at = await times(page, "/v1/reservations");
  const { stock, store } = await opened(page, stack);
  await stock.fill(somebody());
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();
  let state = "accepted";
  await page.route(/\/v1\/reservations\/./, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), state } });
  });
  const asked = (): number => traffic.all.filter((url) => /\/v1\/reservations\/./.test(url.pathname)).length;
  await page.clock.runFor(10_000);
  expect(asked()).toBe(0);
  await within(page, 30, () => asked() === 1);
  const [made, followed] = (await at()) as [number, number];
  expect(followed - made).toBeGreaterThanOrEqual(15_000);
  await expect(stock.panel.getByRole("status")).toHaveText(`${store} has it and is putting it aside.`);
  await page.evaluate(() => Object.defineProperty(document, "hidden", { value: true, configurable: true }));
  const before = asked();
  await page.clock.runFor(60_000);
  expect(asked()).toBe(before);
  await page.evaluate(() => Object.defineProperty(document, "hidden", { value: false }));
  state = "ready";
  await within(page, 30, () => asked() > before);
  await expect(stock.panel.getByRole("status")).toHaveText(`It is waiting for you at ${store}.`);
  await expect(stock.panel).toContainText("Kept for you until");
  // At an end there is nothing to follow, and no code to show.
  state = "collected";
  await within(page, 30, () => asked() > before + 1);
  await expect(stock.panel.getByRole("status")).toHaveText("Collected. Enjoy it!");
  await expect(stock.code).toHaveCount(0);
  const last = asked();
  await page.clock.runFor(60_000);
  expect(asked()).toBe(last);
});

test("sent by a warehouse: when to come is told when it is there", async ({ page, stack }) => {
  const { stock, store } = await opened(page, stack);
  let state = "requested";
  await page.route(/\/v1\/reservations(\/|$)/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), state, sent_from: "WEB", ready_at: undefined } });
  });
  await stock.fill(somebody());
  await stock.confirm.click();
  const said = stock.panel.getByRole("status");
  await expect(said).toHaveText(`A warehouse has been asked to send it to ${store} and will answer soon.`);
  for (const [next, text] of [["accepted", `It is on its way to ${store}. Come when it is there: this page will say so.`], ["ready", `It is waiting for you at ${store}.`]] as const) {
    state = next;
    await page.reload();
    await expect(said).toHaveText(text);
  }
});

test("click & collect: on to the shop's checkout with the reservation's id, and the store is asked once it is paid", async ({ page, stack }) => {
  const { stock, store } = await opened(page, stack, 'checkout="/panier?reservation={id}"');
  await expect(stock.panel).toContainText("You pay in the next step");
  await stock.fill(somebody());
  const answered = page.waitForResponse((response) => response.url().endsWith("/v1/reservations") && POST(response));
  await stock.button("Reserve and pay").click();
  const response = await answered;
  expect(response.request().postDataJSON()).toMatchObject({ checkout: true });
  const made = (await response.json()) as Reservation;
  expect(made.state).toBe("awaiting_payment");
  await expect(stock.panel.getByRole("status")).toHaveText("Held until it is paid.");
  await expect(stock.panel).toContainText(/Held until \S+,? \d+ \S+, \d/);
  await expect(stock.panel.getByRole("link", { name: "Pay now" })).toHaveAttribute("href", `/panier?reservation=${made.id}`);
  await expect(stock.code, "shown once it is paid").toHaveCount(0);
  expect(await stack.paid(made.id, 8900)).toEqual({ reservation: made.id, state: "requested", refund_due: false });
  // As the shopper comes back from there.
  await page.reload();
  await expect(stock.panel.getByRole("status")).toHaveText(`${store} has been asked and will answer soon.`);
  await expect(stock.code).toBeVisible();
  await expect(stock.panel.getByRole("link", { name: "Pay now" })).toHaveCount(0);
});

test("called off, given back, and forgotten", async ({ page, stack }) => {
  const { stock, sku, store } = await opened(page, stack);
  const left = async (): Promise<unknown> => {
    const found = await availability(stack, sku, { limit: "50" });
    return found.items.find((one) => one.store.name === store)?.items[0];
  };
  await stock.fill(somebody());
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();
  await stock.button("Cancel the reservation").click();
  await expect(stock.panel.getByRole("status")).toHaveText("The reservation is cancelled.");
  await expect(stock.button("Cancel the reservation")).toHaveCount(0);
  expect(await left()).toBeTruthy();
  await stock.button("Back to the stores").click();
  await stock.ready();
  await expect(stock.button("My reservation")).toHaveCount(0);
  await page.reload();
  await stock.ready();
});

test("it is there after a reload, and one step away on another page", async ({ page, stack }) => {
  const { stock, store, sku } = await opened(page, stack);
  await stock.fill(somebody());
  await stock.confirm.click();
  const code = await stock.code.textContent();
  const pieces = await stock.panel.getByRole("listitem").allTextContents();
  expect(pieces[0], "by its name").not.toContain(sku);
  await page.reload();
  await expect(stock.code).toHaveText(code!);
  expect(await stock.panel.getByRole("listitem").allTextContents()).toEqual(pieces);
  await expect(stock.panel).toContainText(store);
  await stock.button("Back to the stores").click();
  await stock.ready();
  await expect(stock.button("My reservation")).toBeFocused();
  await page.goto(stack.page({ body: element(`sku="${sku}"`) }));
  await stock.ready();
  await expect(stock.code).toHaveCount(0);
  await stock.button("My reservation").click();
  await expect(stock.code).toHaveText(code!);
});

test("a reservation that is gone leads back to the list", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  const url = stack.page({ body: element(`sku="${sku}"`) });
  await page.addInitScript((path) => localStorage.setItem("devanture:reservation:pk_Lorm3LLeB0utiqueFr2026AA", `gone\n${path}`), new URL(url).pathname);
  await page.goto(url);
  await new StockLocator(page).ready();
  expect(await page.evaluate(() => localStorage.getItem("devanture:reservation:pk_Lorm3LLeB0utiqueFr2026AA"))).toBeNull();
});

test("with storage blocked it lasts as long as the page", async ({ page, stack }) => {
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("blocked", "SecurityError"); } }));
  const { stock } = await opened(page, stack);
  await stock.fill(somebody());
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();
  await stock.button("Back to the stores").click();
  await stock.ready();
  await stock.button("My reservation").click();
  await expect(stock.code).toBeVisible();
});

test("an answer that is lost: sent again, it is the same reservation", async ({ page, stack }) => {
  const { stock } = await opened(page, stack);
  const made: string[] = [];
  const keys: string[] = [];
  await page.route("**/v1/reservations", async (route) => {
    if (!POST(route)) return route.continue();
    keys.push((await route.request().headerValue("idempotency-key"))!);
    const response = await route.fetch();
    made.push(((await response.json()) as Reservation).token);
    if (made.length === 1) return route.abort();
    await route.fulfill({ response });
  });
  await stock.fill(somebody());
  await stock.confirm.click();
  await expect(stock.panel.getByRole("alert")).toContainText("No connection");
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();
  expect(keys[1]).toBe(keys[0]);
  expect(made[1]).toBe(made[0]);
});

test("pressed twice, it is sent once", async ({ page, stack, traffic }) => {
  const { stock } = await opened(page, stack);
  await stock.fill(somebody());
  const held = await hold(page, /\/v1\/reservations$/);
  await stock.confirm.click();
  await held.asked;
  await expect(stock.button("Sending…")).toBeDisabled();
  await stock.panel.locator("[name=name]").press("Enter");
  await held.release();
  await expect(stock.code).toBeVisible();
  expect(traffic.to("/v1/reservations")).toHaveLength(1);
});

test("somebody was faster: said on top of the list, which is asked for again", async ({ page, stack, traffic }) => {
  const { stock, sku } = await opened(page, stack);
  await page.route("**/v1/reservations", (route) => (POST(route) ? route.fulfill(problem(409, "not_enough", sku)) : route.continue()));
  await stock.fill(somebody());
  const before = traffic.to("/availability").length;
  await stock.confirm.click();
  await expect(stock.root.getByRole("alert")).toContainText("Somebody was faster");
  await stock.ready();
  expect(traffic.to("/availability").length).toBeGreaterThan(before);
});

for (const [code, status, words] of [
  ["too_many_open", 403, "as many reservations open as the shop allows"],
  ["too_many_missed", 403, "were not collected"],
  ["rate_limited", 429, "Too many requests"],
  ["internal", 500, "Something went wrong"],
] as const) {
  test(`refused in words, what was typed stays: ${code}`, async ({ page, stack }) => {
    const { stock } = await opened(page, stack);
    await page.route("**/v1/reservations", (route) => (POST(route) ? route.fulfill(problem(status, code)) : route.continue()));
    await stock.fill({ name: "Zoé", email: "zoe@example.com" });
    await stock.confirm.click();
    await expect(stock.panel.getByRole("alert")).toContainText(words);
    await expect(stock.panel.locator("[name=email]")).toHaveValue("zoe@example.com");
    await expect(stock.confirm).toBeEnabled();
  });
}

test("what is missing is said next to its field, by the page and by the API", async ({ page, stack, traffic }) => {
  const { stock } = await opened(page, stack);
  const expectInvalid = async (name: string, message: string): Promise<void> => {
    await stock.confirm.click();
    const field = stock.panel.locator(`[name=${name}]`);
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(message);
    await expect(stock.panel.locator("[aria-invalid]")).toHaveCount(1);
  };
  await expectInvalid("name", "Enter your name.");
  await stock.fill({ name: "Zoé" });
  await expectInvalid("email", "Enter an email address such as name@example.com, or a phone number.");
  await stock.fill({ email: "zoe" });
  await expectInvalid("email", "Enter an email address such as name@example.com, or a phone number.");
  await stock.fill({ email: "", phone: "12" });
  await expectInvalid("phone", "Enter a phone number with at least 6 digits.");
  expect(traffic.to("/v1/reservations")).toHaveLength(0);
  // An address that is thrown away only the API knows.
  await stock.fill({ email: "zoe@yopmail.com", phone: "" });
  await expectInvalid("email", "Enter an email address such as name@example.com, or a phone number.");
  await stock.fill(somebody());
  await stock.confirm.click();
  await expect(stock.code).toBeVisible();
});

test("several things at once: stores that have all, then most; all is reserved", async ({ page, stack }) => {
  const all = (await variants(stack)).map((variant) => variant.sku);
  // As many as some of the stores listed have, and not all of them.
  let skus: string[] = [];
  for (let count = 2; count <= 8; count++) {
    const { items } = await availability(stack, all.slice(0, count).join(), { limit: "50" });
    if (items[0]!.has_all && !items.at(-1)!.has_all) skus = all.slice(0, count);
  }
  expect(skus).not.toEqual([]);
  await page.goto(stack.page({ body: element(`items="${skus}" limit="50"`) }));
  const stock = new StockLocator(page);
  await stock.ready();
  await expect(stock.status).toHaveText(/stores? ha(s|ve) everything$/);
  const states = await stock.cards.locator("[part=state]").allTextContents();
  expect(states[0]).toBe("Has everything");
  expect(states.at(-1)).toMatch(new RegExp(`^Has \\d of ${skus.length}$`));
  const rest = states.slice(states.lastIndexOf("Has everything") + 1);
  expect(rest).toEqual([...rest].sort().reverse());
  await expect(stock.cards.last().locator("[part=reserve]")).toHaveCount(0);
  await expect(stock.cards.first().locator(".items li")).toHaveCount(skus.length);
  await expect(stock.cards.first().locator(".items")).toContainText("Augustine");
  await stock.reserve();
  await stock.fill(somebody());
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await stock.confirm.click();
  expect((await sent).postDataJSON().items).toEqual(skus.map((sku) => ({ sku, quantity: 1 })));
  await expect(stock.code).toBeVisible();
  await expect(stock.panel.locator(".chosen li")).toHaveCount(skus.length);
});

test("a name that is a page of code is a name", async ({ page, stack }) => {
  await rewrite(page, (answer) => {
    for (const one of answer.items) one.store = { ...one.store, name: "<img src=x onerror=alert(1)>", phone: "javascript:alert(1)" };
  });
  const { stock } = await opened(page, stack);
  await expect(stock.panel.getByRole("heading", { level: 2 })).toHaveText("Reserve at <img src=x onerror=alert(1)>");
  expect(await stock.root.evaluate((e) => e.shadowRoot!.querySelectorAll("img").length)).toBe(0);
});
