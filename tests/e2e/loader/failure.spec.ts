// A widget that cannot be loaded leaves the page as it was, says so, and can be tried again.
import type { Page } from "@playwright/test";
import { expect, test, type Site } from "../support/site.ts";

const LOCATOR = "<devanture-store-locator><a href='/stores'>All stores</a></devanture-store-locator>";
const widget = (page: Page) => page.locator("devanture-store-locator .widget");

const HTML = { status: 200, type: "text/html", body: "<!doctype html><title>Welcome</title>" };
const BUSY = { status: 503, type: "text/plain", body: "busy" };

const listen = "<script>addEventListener('devanture-error', (e) => (window.failures ??= []).push(e.detail))</script>";

const codes = (page: Page) =>
  page.evaluate(() => ((window as unknown as { failures?: { code: string }[] }).failures ?? []).map((f) => f.code));

async function expectFallback(page: Page): Promise<void> {
  await expect(page.getByRole("alert")).toContainText("This content could not be loaded.");
  await expect(page.getByText("All stores")).toBeVisible();
  await expect(widget(page)).toHaveCount(0);
}

const cases: [string, (site: Site) => string, object][] = [
  ["core.js", (s) => s.file("core.js"), BUSY],
  ["core.js", (s) => s.file("core.js"), HTML],
  ["core.wasm", (s) => s.file("core.wasm"), BUSY],
  ["core.wasm", (s) => s.file("core.wasm"), HTML],
  ["the chunk", (s) => s.file("store-locator.wasm"), BUSY],
  ["the chunk", (s) => s.file("store-locator.wasm"), HTML],
  ["the texts", (s) => s.file("locales/store-locator.en.json"), BUSY],
  ["the texts", (s) => s.file("locales/store-locator.en.json"), HTML],
];

for (const [what, file, answer] of cases) {
  const kind = answer === HTML ? "HTML" : "503";
  test(`${what} answering ${kind} shows the fallback, and Retry loads it`, async ({ page, site }) => {
    // A browser may ask again for what a preload did not get.
    site.failNext(file(site), answer);
    if (what === "the chunk") site.failNext(file(site), answer);
    await page.goto(site.page(LOCATOR, { head: listen + site.script() }));
    await expectFallback(page);
    expect(await codes(page)).toEqual(["load_failed"]);
    site.forgive();
    await page.getByRole("button", { name: "Retry" }).click();
    await expect(widget(page).locator("h2")).toHaveText("Our stores");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.getByText("All stores")).toBeHidden();
    expect(await codes(page)).toEqual(["load_failed"]);
  });
}

test("the event carries a retry, and several elements fail and recover together", async ({ page, site }) => {
  site.failNext(site.file("core.wasm"), BUSY);
  await page.goto(site.page(LOCATOR.repeat(3), { head: listen + site.script() }));
  await expect(page.getByRole("alert")).toHaveCount(3);
  await page.evaluate(() => (window as unknown as { failures: { retry(): void }[] }).failures.forEach((f) => f.retry()));
  await expect(widget(page)).toHaveCount(3);
  expect(site.count(site.file("core.wasm"))).toBe(2);
});

test("a server that is not there is a failure like any other", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR, { head: "" }));
  await page.addScriptTag({ content: "window.devanture = [(d) => d.configure({ api: 'http://127.0.0.1:9' })]" });
  await page.addScriptTag({ url: `${site.api}/devanture.js` });
  await expectFallback(page);
});

test("after a panic every widget gives its place back, and Retry mounts it in a fresh instance", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR.repeat(2), { head: listen + site.script() }));
  await expect(widget(page)).toHaveCount(2);
  await page.evaluate(() => (document.querySelector("devanture-store-locator") as unknown as { refresh(): void }).refresh());
  await expect(page.getByRole("alert")).toHaveCount(2);
  await expect(page.getByText("All stores")).toHaveCount(2);
  await expect(widget(page)).toHaveCount(0);
  expect(await codes(page)).toEqual(["panicked", "panicked"]);
  await page.getByRole("button", { name: "Retry" }).first().press("Enter");
  await expect(widget(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Retry" }).press("Enter");
  await expect(widget(page)).toHaveCount(2);
  await expect(widget(page).last().locator("h2")).toHaveText("Our stores");
  expect(site.count(site.file("core.js"))).toBe(2);
});

for (const [lang, text, button] of [
  ["fr", "Ce contenu est indisponible.", "Réessayer"],
  ["fr-BE", "Ce contenu est indisponible.", "Réessayer"],
  ["de-AT", "This content could not be loaded.", "Retry"],
] as const) {
  test(`the error is said in ${lang}`, async ({ page, site }) => {
    site.failNext(site.file("core.wasm"), BUSY);
    await page.goto(site.page(`<main lang="${lang}">${LOCATOR}</main>`));
    await expect(page.getByRole("alert")).toContainText(text);
    await expect(page.getByRole("button", { name: button })).toBeVisible();
  });
}

test("without script the fallback is all there is", async ({ browser, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.page(LOCATOR));
  await expect(page.getByText("All stores")).toBeVisible();
  await context.close();
});
