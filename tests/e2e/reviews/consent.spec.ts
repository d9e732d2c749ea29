// Nothing is kept once it is refused, also on a page whose consent manager no size memory listens to.
import type { Page } from "@playwright/test";
import { element as stock, somebody, stocked, StockLocator } from "../support/stock.ts";
import { element, Reviews } from "../support/reviews.ts";
import { expect, test, type Stack } from "../support/stack.ts";

/** What of ours is in the browser's storage. */
const kept = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("devanture:")).map((name) => name.split(":")[1]!).sort());

/** A page with a consent manager that knows the answer, or asks first. */
function managed(stack: Stack, body: string, allows?: boolean): string {
  const known = { eventStatus: allows === undefined ? "cmpuishown" : "tcloaded", gdprApplies: true, purpose: { consents: { 1: !!allows } } };
  const manager = `<script>window.tcf = []; window.__tcfapi = (command, version, callback) => { if (command === "addEventListener") { tcf.push(callback); callback(${JSON.stringify(known)}, true); } };</script>`;
  return stack.page({ head: manager + stack.script(), body });
}

const answer = (page: Page, allows: boolean): Promise<void> =>
  page.evaluate((allows) => {
    const { tcf } = window as unknown as { tcf: ((data: object, ok: boolean) => void)[] };
    for (const tell of tcf) tell({ eventStatus: "useractioncomplete", gdprApplies: true, purpose: { consents: { 1: allows } } }, true);
  }, allows);

async function begun(page: Page): Promise<Reviews> {
  const shown = new Reviews(page);
  await shown.button("Write a review").click();
  await shown.fill("Half a sentence");
  return shown;
}

test("reviews: refused before, nothing is kept of a draft or a vote; allowed, a draft is", async ({ page, stack }) => {
  await page.goto(managed(stack, element(), false));
  const shown = await begun(page);
  await shown.button("All reviews").click();
  const vote = shown.cards.first().getByRole("button", { name: /^Helpful|Yes/ }).first();
  const voted = page.waitForResponse((response) => response.url().endsWith("/votes"));
  await vote.click();
  expect((await voted).status()).toBe(200);
  expect(await kept(page)).toEqual([]);
  await page.goto(managed(stack, element(), true));
  await begun(page);
  await expect.poll(() => kept(page)).toEqual(["review-draft"]);
});

test("reviews: what was kept while the manager asks is taken out by a no, and what is written then lasts as long as the page", async ({ page, stack }) => {
  await page.goto(managed(stack, element()));
  const shown = await begun(page);
  await expect.poll(() => kept(page)).toEqual(["review-draft"]);
  await answer(page, false);
  expect(await kept(page)).toEqual([]);
  await shown.field("body").pressSequentially(" and a bit more");
  expect(await kept(page)).toEqual([]);
  await page.reload();
  await shown.button("Write a review").click();
  await expect(shown.field("body")).toHaveValue("");
});

test("stock locator: refused by the page's own event, a reservation's link lasts as long as the page", async ({ page, stack }) => {
  const { sku } = await stocked(stack);
  await page.goto(stack.page({ body: stock(`sku="${sku}"`) }));
  const locator = new StockLocator(page);
  await locator.ready();
  await locator.reserve();
  await page.evaluate(() => dispatchEvent(new CustomEvent("devanture-consent", { detail: { storage: false } })));
  await locator.fill(somebody());
  await locator.confirm.click();
  await expect(locator.code).toBeVisible();
  expect(await kept(page)).toEqual([]);
});
