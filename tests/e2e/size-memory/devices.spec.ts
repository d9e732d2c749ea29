// The same sizes on several devices: only when the shopper asks, by a private link, or when the shop signs who its customer is.
import type { Browser, Page, Response } from "@playwright/test";
import { expect, KEY, test, type Stack } from "../support/stack.ts";
import { chooseInPage, chosenInPage, leaveOnly, LINKED, shopPage, SizeMemory, STORED, stored } from "../support/sizes.ts";

const ASK = 'consent="ask"';
const PATH = "/v1/size-memory";

/** Another device. */
async function device(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await leaveOnly(page, () => true);
  return page;
}

const linked = (page: Page): Promise<string | null> => page.evaluate((key) => localStorage.getItem(key), LINKED);
const keeps = (page: Page, method: string): Promise<Response> => page.waitForResponse((response) => new URL(response.url()).pathname === PATH && response.request().method() === method);

/** Opens what the panel says of other devices. */
async function devices(page: Page): Promise<SizeMemory> {
  const memory = new SizeMemory(page);
  if (!(await memory.panel.isVisible())) await memory.button(/Change|Find my size/).click();
  await memory.button("Also on my other devices").click();
  return memory;
}

/** Chooses 40 and makes a link of it. */
async function makeLink(page: Page, url: string): Promise<string> {
  await page.goto(url);
  const memory = new SizeMemory(page);
  await expect(memory.line).toContainText("Choose a size");
  await chooseInPage(page, "generic", "40");
  await expect(memory.line).toHaveText("Your size: 40");
  await devices(page);
  await memory.button("Make a private link").click();
  await expect(memory.panel.getByLabel("Private link")).toHaveValue(/#devanture-sizes=[\w-]{24}$/);
  return memory.panel.getByLabel("Private link").inputValue();
}

async function openLink(page: Page, link: string): Promise<SizeMemory> {
  await page.goto(link);
  const memory = new SizeMemory(page);
  await memory.button("Yes, use them").click();
  await expect(memory.button("Yes, use them")).toHaveCount(0);
  return memory;
}

/** Two devices with 40, linked. */
async function pair(page: Page, browser: Browser, stack: Stack): Promise<{ url: string; link: string; other: Page; there: SizeMemory }> {
  const url = await shopPage(stack, "generic");
  const link = await makeLink(page, url);
  const other = await device(browser);
  const there = await openLink(other, link);
  await expect(there.line).toHaveText("Your size: 40");
  return { url, link, other, there };
}

async function chooses42(page: Page): Promise<void> {
  const written = keeps(page, "PUT");
  await chooseInPage(page, "generic", "42");
  expect((await written).status()).toBe(200);
}

/** What the server keeps under a link. */
async function kept(stack: Stack, link: string): Promise<{ status: number; household?: string; code?: string }> {
  const headers = { "devanture-key": KEY, "devanture-size-memory": link.split("=").at(-1)! };
  const response = await fetch(stack.api + PATH, { headers });
  return { status: response.status, ...((await response.json()) as object) };
}

test.beforeEach(async ({ page }) => leaveOnly(page, () => true));

test("a private link takes the sizes to another device, and what is changed there back", async ({ page, browser, stack, traffic }) => {
  const url = await shopPage(stack, "generic");
  const link = await makeLink(page, url);
  expect(link.startsWith(`${url}#`)).toBe(true);
  await expect(page.locator("devanture-size-memory").getByText("Up to date.")).toBeVisible();
  await new SizeMemory(page).button("Copy the link").click();
  await expect(new SizeMemory(page).panel).toContainText("The link is copied.");
  const other = await device(browser);
  await other.goto(link);
  const there = new SizeMemory(other);
  await expect(there.root).toContainText("Use the sizes of the link here?");
  // Out of the address before anybody answers, and nothing is taken over yet.
  expect(other.url()).toBe(url);
  expect([await stored(other), await linked(other)]).toEqual([null, null]);
  await there.button("Yes, use them").click();
  await expect(there.line).toHaveText("Your size: 40");
  expect(await chosenInPage(other, "generic")).toBe("40");
  await chooses42(other);
  // It was asked for a moment ago, so that it is not on this page, nor on the next.
  const asked = (): number => traffic.all.filter((one) => one.pathname === PATH).length;
  await page.goto(url);
  const here = new SizeMemory(page);
  await expect(here.line).toHaveText("Your size: 40");
  const before = asked();
  await devices(page);
  await expect(here.line).toHaveText("Your size: 42");
  expect(asked()).toBe(before + 1);
  expect(traffic.all.some((one) => one.href.includes(link.split("=").at(-1)!))).toBe(false);
});

test("ten minutes later it is read by itself", async ({ page, browser, stack }) => {
  const { url, other } = await pair(page, browser, stack);
  await chooses42(other);
  await page.clock.setSystemTime(Date.now() + 11 * 60_000);
  await page.goto(url);
  await expect(new SizeMemory(page).line).toHaveText("Your size: 42");
  expect(await chosenInPage(page, "generic")).toBe("42");
});

test("what two devices change at once is merged", async ({ page, browser, stack }) => {
  const { link, other } = await pair(page, browser, stack);
  await chooses42(other);
  const memory = new SizeMemory(page);
  const refused = keeps(page, "PUT");
  await memory.panel.getByLabel("Name").fill("Léo");
  await memory.panel.getByLabel("Name").press("Enter");
  expect((await refused).status()).toBe(409);
  await expect.poll(async () => (await kept(stack, link)).household).toBe("1\np\t\ns\ttops\tLormelle\t42\nP\tLéo");
  await expect.poll(() => stored(page)).toBe("1\np\t\ns\ttops\tLormelle\t42\nP\tLéo");
});

test("erased everywhere", async ({ page, browser, stack }) => {
  const { link, other, there } = await pair(page, browser, stack);
  const gone = keeps(page, "DELETE");
  await new SizeMemory(page).button("Erase everywhere").click();
  expect((await gone).status()).toBe(204);
  await expect.poll(() => linked(page)).toBeNull();
  expect(await stored(page)).toBeNull();
  expect(await kept(stack, link)).toMatchObject({ status: 404, code: "size_memory_erased" });
  await devices(other);
  await expect(there.line).toContainText("Choose a size");
  await expect(there.panel).toContainText("What was kept under the link is not there any more.");
  expect([await stored(other), await linked(other)]).toEqual([null, null]);
});

test("stopped in one browser, it goes on in the other", async ({ page, browser, stack }) => {
  const { link, other } = await pair(page, browser, stack);
  await new SizeMemory(page).button("Stop in this browser").click();
  expect(await linked(page)).toBeNull();
  expect(await stored(page)).toContain("40");
  await new SizeMemory(page).button("Erase everything").click();
  expect((await kept(stack, link)).household).toContain("40");
  await chooses42(other);
  expect((await kept(stack, link)).household).toContain("42");
});

test("without consent the link lives in the page alone", async ({ page, browser, stack }) => {
  const url = await shopPage(stack, "generic", { attributes: ASK });
  const link = await makeLink(page, url);
  const stores = (page: Page): Promise<unknown> => page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
  expect(await stores(page)).toEqual([0, 0, ""]);
  const other = await device(browser);
  const there = await openLink(other, link);
  await expect(there.line).toHaveText("Your size: 40");
  expect(await stores(other)).toEqual([0, 0, ""]);
  await there.button("Keep it in this browser").click();
  await expect.poll(() => linked(other)).toContain(link.split("=").at(-1)!);
  expect(await stored(other)).toContain("40");
  // Refused, both go from this browser, and nothing is erased elsewhere.
  await other.evaluate(() => dispatchEvent(new CustomEvent("devanture-consent", { detail: false })));
  await expect.poll(() => stores(other)).toEqual([0, 0, ""]);
  await other.goto(url);
  await expect(there.line).toContainText("Choose a size");
  expect((await kept(stack, link)).household).toContain("40");
});

test("a link that leads nowhere, and one that is not wanted", async ({ page, stack }) => {
  const url = await shopPage(stack, "generic");
  const memory = new SizeMemory(page);
  const link = `${url}#devanture-sizes=${"A".repeat(24)}`;
  await openLink(page, link);
  await expect(memory.root).toContainText("Nothing is kept under this link any more.");
  // The same page, so that it is not loaded anew.
  await page.goto(link);
  await memory.button("No").click();
  await expect(memory.root).not.toContainText("Use the sizes of the link here?");
  expect(page.url()).toBe(url);
  expect(await linked(page)).toBeNull();
});

test("what cannot be sent is sent later, and nobody is bothered", async ({ page, stack }) => {
  const url = await shopPage(stack, "generic");
  const link = await makeLink(page, url);
  const memory = new SizeMemory(page);
  await page.route(`**${PATH}`, (route) => route.abort());
  await chooseInPage(page, "generic", "42");
  await expect(memory.panel).toContainText("This could not be synchronised. It is tried again later.");
  await memory.button("Close").click();
  await expect(memory.root).not.toContainText("synchronised");
  await page.unroute(`**${PATH}`);
  const written = keeps(page, "PUT");
  await page.goto(url);
  await written;
  expect((await kept(stack, link)).household).toContain("42");
});

test("a customer of the shop has the same everywhere, as soon as something may be kept", async ({ page, browser, stack, traffic }) => {
  const zoe = `customer="${stack.customer("zoe@example.com")}"`;
  const asked = (): number => traffic.all.filter((one) => one.pathname === PATH).length;
  await page.goto(await shopPage(stack, "generic", { attributes: `${ASK} ${zoe}` }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toContainText("Choose a size");
  await chooseInPage(page, "generic", "40");
  await expect(memory.line).toHaveText("Your size: 40");
  expect([asked(), await linked(page)]).toEqual([0, null]);
  const methods: string[] = [];
  page.on("request", (request) => new URL(request.url()).pathname === PATH && methods.push(request.method()));
  const added = keeps(page, "POST");
  await memory.button("Keep it in this browser").click();
  expect((await added).status()).toBe(201);
  await expect.poll(() => linked(page)).toContain("40");
  // One at a time, however often the answer to the first is waited for.
  expect(methods).toEqual(["GET", "POST"]);
  const granted = await shopPage(stack, "generic", { attributes: `consent="granted" ${zoe}` });
  const other = await device(browser);
  await other.goto(granted);
  const there = new SizeMemory(other);
  await expect(there.line).toHaveText("Your size: 40");
  await devices(other);
  await expect(there.panel).toContainText("The same on all devices on which you are signed in to this shop.");
  await there.button("Stop in this browser").click();
  await chooseInPage(other, "generic", "42");
  await expect.poll(() => stored(other)).toContain("42");
  await other.goto(granted);
  await expect(there.line).toHaveText("Your size: 42");
  const read = keeps(page, "GET");
  await devices(page);
  expect(await (await read).json()).toMatchObject({ household: "1\nP\t\ns\ttops\tLormelle\t40" });
  const written = keeps(other, "PUT");
  await devices(other);
  await there.button("Synchronise with my account").click();
  await written;
});

test("a consent manager that answers late", async ({ page, browser, stack }) => {
  const of = (attributes: string): Promise<string> => shopPage(stack, "generic", { attributes: `${attributes} customer="${stack.customer("late")}"` });
  const added = keeps(page, "POST");
  await page.goto(await of('consent="granted"'));
  await expect(new SizeMemory(page).line).toContainText("Choose a size");
  await chooseInPage(page, "generic", "40");
  await added;
  const other = await device(browser);
  let asked = 0;
  other.on("request", (request) => (asked += Number(new URL(request.url()).pathname === PATH)));
  await other.goto(await of(ASK));
  await expect(new SizeMemory(other).line).toContainText("Choose a size");
  expect(asked).toBe(0);
  await other.evaluate(() => dispatchEvent(new CustomEvent("devanture-consent", { detail: true })));
  await expect(new SizeMemory(other).line).toHaveText("Your size: 40");
});

test("who signs in after another customer gets nothing of theirs", async ({ page, stack }) => {
  const of = (id: string): Promise<string> => shopPage(stack, "generic", { attributes: `consent="granted" customer="${stack.customer(id)}"` });
  const [ana, bea] = [await of("ana"), await of("bea")];
  await page.goto(ana);
  const memory = new SizeMemory(page);
  await expect(memory.line).toContainText("Choose a size");
  const added = keeps(page, "POST");
  await chooseInPage(page, "generic", "40");
  await added;
  await expect.poll(() => linked(page)).toContain("40");
  // In a page that stays: the shop says so by the attribute.
  const now = /customer="([^"]+)"/.exec(await (await page.request.get(bea)).text())![1]!;
  await page.evaluate((now) => document.querySelector("devanture-size-memory")!.setAttribute("customer", now), now);
  await expect.poll(() => stored(page)).toBeNull();
  await expect.poll(() => linked(page)).toContain("cbea");
  await page.goto(bea);
  await expect(memory.line).toContainText("Choose a size");
  await page.goto(ana);
  await expect(memory.line).toHaveText("Your size: 40");
  // Signed out, it stays as it is.
  await page.goto(await shopPage(stack, "generic"));
  await expect(memory.line).toHaveText("Your size: 40");
  expect(await page.evaluate((key) => localStorage.getItem(key), STORED)).toContain("40");
});
