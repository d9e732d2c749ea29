// What is remembered, where, and whose it is.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test, type Stack } from "../support/stack.ts";
import { chooseInPage, chosenInPage, leaveOnly, remembered, shopPage, SizeMemory, STORED, stored } from "../support/sizes.ts";

const ASK = 'consent="ask"';

test.beforeEach(async ({ page }) => leaveOnly(page, () => true));

test("nothing is kept before the shopper says so; then it is, and outlives the page", async ({ page, stack }) => {
  await page.goto(await shopPage(stack, "generic", { attributes: ASK }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toContainText("Choose a size");
  await chooseInPage(page, "generic", "40");
  await expect(memory.line).toHaveText("Your size: 40");
  await expect(memory.root).toContainText("Remembered until you leave this page.");
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ""]);
  await memory.button("Keep it in this browser").click();
  await expect(memory.root).not.toContainText("until you leave");
  expect(await stored(page)).toContain("s\ttops\tLormelle\t40");
  await page.goto(await shopPage(stack, "generic", { attributes: ASK }));
  await expect(memory.line).toHaveText("Your size: 40");
  await expect(memory.root).not.toContainText("until you leave");
});

test("the page's own event and its taking back", async ({ page, stack }) => {
  await page.goto(await shopPage(stack, "generic", { attributes: ASK }));
  const memory = new SizeMemory(page);
  await expect(memory.line).toContainText("Choose a size");
  await chooseInPage(page, "generic", "40");
  await expect(memory.line).toHaveText("Your size: 40");
  const say = (detail: unknown): Promise<boolean> => page.evaluate((detail) => dispatchEvent(new CustomEvent("devanture-consent", { detail })), detail);
  await say({ storage: true });
  await expect.poll(() => stored(page)).toContain("40");
  await say(false);
  await expect.poll(() => stored(page)).toBeNull();
  await expect(memory.button("Keep it in this browser")).toHaveCount(0);
});

for (const [purpose, kept] of [[true, true], [false, false]] as const) {
  test(`a TCF consent manager that ${purpose ? "allows" : "refuses"} purpose 1`, async ({ page, stack }) => {
    const head = `<script>window.tcf = []; window.__tcfapi = (command, version, callback) => { if (command === "addEventListener") { tcf.push(callback); callback({ eventStatus: "cmpuishown", listenerId: 1, gdprApplies: true, purpose: { consents: {} } }, true); } };</script>${stack.script()}`;
    await page.goto(await shopPage(stack, "generic", { attributes: ASK, head }));
    const memory = new SizeMemory(page);
    await expect(memory.line).toContainText("Choose a size");
    await chooseInPage(page, "generic", "40");
    await expect(memory.line).toHaveText("Your size: 40");
    // The manager asks; nobody else does.
    await expect(memory.button("Keep it in this browser")).toHaveCount(0);
    expect(await stored(page)).toBeNull();
    await page.evaluate((purpose) => (window as unknown as { tcf: ((data: object, ok: boolean) => void)[] }).tcf.forEach((tell) => tell({ eventStatus: "useractioncomplete", gdprApplies: true, purpose: { consents: { 1: purpose } } }, true)), purpose);
    await expect.poll(async () => (await stored(page)) !== null).toBe(kept);
    await expect(memory.line).toHaveText("Your size: 40");
  });
}

interface Late {
  name: string;
  url(stack: Stack): Promise<string>;
  choose(page: Page, size: string): Promise<void>;
  chosen(page: Page): Promise<string | null | undefined>;
}

/** A list in WooCommerce's form, and the demo's radio buttons. */
const LATE: Late[] = [
  {
    name: "WooCommerce",
    url: (stack) => shopPage(stack, "woocommerce", { attributes: ASK }),
    choose: (page, size) => chooseInPage(page, "woocommerce", size),
    chosen: (page) => chosenInPage(page, "woocommerce"),
  },
  {
    name: "the demo",
    url: async (stack) => `${stack.shop}/en/product/robe-augustine`,
    choose: (page, size) => page.locator(`[name=size][data-label="${size}"]`).click(),
    chosen: (page) => page.locator("[name=size]:checked").getAttribute("data-label"),
  },
];

for (const { name, url, choose, chosen } of LATE) {
  test.describe(name, () => {
    let go = (): void => {};
    test.beforeEach(async ({ page }) => {
      const held = new Promise<void>((done) => (go = done));
      await page.route(/devanture\.js/, async (route) => {
        await held;
        await route.fallback();
      });
    });

    test("a first choice before the widget is there is not lost; what the browser has restored is no choice", async ({ page, stack }) => {
      await page.goto(await url(stack), { waitUntil: "commit" });
      await choose(page, "40");
      go();
      const memory = new SizeMemory(page);
      await expect(memory.line).toHaveText("Your size: 40");
      await expect(memory.root).toContainText("Remembered until you leave this page.");
      await page.reload();
      await expect(memory.line).toContainText("Choose a size");
    });

    test("who is known keeps their size until they choose another while it is there", async ({ page, stack }) => {
      await remembered(page, "s\ttops\t\t40");
      await page.goto(await url(stack), { waitUntil: "commit" });
      await choose(page, "38");
      go();
      await expect(new SizeMemory(page).line).toContainText("40");
      await expect.poll(() => chosen(page)).toBe("38");
    });
  });
}

test("storage that throws, or is full, is as if it were not there, and that is said", async ({ page, stack }) => {
  for (const how of ["get", "value", "full"] as const) {
    await page.addInitScript((how) => {
      const thrown = (): never => {
        throw new DOMException("no", "QuotaExceededError");
      };
      if (how === "full") Storage.prototype.setItem = thrown;
      else if (how === "get") Object.defineProperty(window, "localStorage", { configurable: true, get: thrown });
      else Object.defineProperty(window, "localStorage", { configurable: true, value: { getItem: thrown, setItem: thrown, removeItem: thrown } });
    }, how);
    await page.goto(await shopPage(stack, "generic"));
    const memory = new SizeMemory(page);
    await expect(memory.line).toContainText("Choose a size");
    await chooseInPage(page, "generic", "42");
    await expect(memory.line, how).toHaveText("Your size: 42");
    await expect(memory.root, how).toContainText("Remembered until you leave this page.");
  }
});

test("storage that has become full says so of what it does not take any more", async ({ page, stack }) => {
  await remembered(page, "s\ttops\t\t40");
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no", "QuotaExceededError");
    };
  });
  await page.goto(await shopPage(stack, "generic"));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Your size: 40");
  await expect(memory.root).not.toContainText("Remembered until you leave this page.");
  await chooseInPage(page, "generic", "42");
  await expect(memory.line).toHaveText("Your size: 42");
  await expect(memory.root).toContainText("Remembered until you leave this page.");
});

test("people of a household, each with their own; exported and erased in one click", async ({ page, stack }) => {
  await remembered(page, "s\ttops\t\t40");
  await page.goto(await shopPage(stack, "woocommerce"));
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Your size: 40");
  await memory.button("Change").click();
  await expect(memory.panel.getByRole("heading").first()).toBeFocused();
  await memory.button("Add").click();
  await expect(memory.root).toContainText("Type a name first.");
  await memory.panel.getByLabel("Name").fill("Léo <b>");
  await page.keyboard.press("Enter");
  await expect(memory.button("Léo <b>")).toHaveAttribute("aria-pressed", "true");
  await expect(memory.line).toContainText("Choose a size");
  await chooseInPage(page, "woocommerce", "36");
  await expect(memory.line).toHaveText("Léo <b>’s size: 36");
  const [download] = await Promise.all([page.waitForEvent("download"), memory.root.getByRole("link", { name: "Download what is remembered" }).click()]);
  const { people } = JSON.parse(readFileSync((await download.path())!, "utf8")) as { people: { name: string; sizes: { size: string }[] }[] };
  expect(people.map((one) => [one.name, one.sizes.map((size) => size.size).join()])).toEqual([["", "40"], ["Léo <b>", "36"]]);
  await memory.button("Me").click();
  await expect(memory.line).toHaveText("Your size: 40");
  await memory.button("Erase everything").click();
  await expect(memory.root).toContainText("Everything is erased.");
  expect(await stored(page)).toBeNull();
  await page.reload();
  await expect(memory.line).toContainText("Choose a size");
});

test("measurements give a size by the chart, with the reason, and silence where they say too little", async ({ page, stack }) => {
  await page.goto(await shopPage(stack, "generic"));
  const memory = new SizeMemory(page);
  await memory.button("Find my size").click();
  const field = (name: string) => memory.panel.locator(`[name=${name}]`);
  await field("waist").fill("70");
  await field("waist").press("Tab");
  await expect(memory.panel).toContainText("Too little is measured to advise a size: chest or bust, waist, hips");
  await field("chest").fill("35");
  await field("chest").press("Tab");
  await expect(memory.panel).toContainText("Type a number of centimetres from 38 to 180.");
  await field("chest").fill("89,5");
  await field("chest").press("Tab");
  await expect(memory.panel).toContainText("By this chart you take 40: chest or bust of 89.5 cm, and 40 is cut for 86–90.");
  await memory.button("Choose 40").click();
  await expect(memory.line).toHaveText("Your size: 40");
  expect(await page.locator("[role=radio][aria-checked=true]").textContent()).toBe("40");
  await field("chest").fill("160");
  await field("chest").press("Tab");
  await expect(memory.panel).toContainText("This chart ends below your chest or bust.");
  expect(await stored(page)).toContain("b\tchest\t1600");
});

test("what another tab erases is gone here", async ({ page, context, stack }) => {
  await remembered(page, "s\ttops\t\t40");
  const url = await shopPage(stack, "generic");
  await page.goto(url);
  const memory = new SizeMemory(page);
  await expect(memory.line).toHaveText("Your size: 40");
  const other = await context.newPage();
  await other.goto(url);
  await other.evaluate((key) => localStorage.removeItem(key), STORED);
  await expect(memory.line).toContainText("Choose a size");
});
