// Strict content security policies: what must work under one, and what must stay when it forbids WebAssembly.
import { expect, test, type Site } from "../support/site.ts";

const LOCATOR = "<devanture-store-locator height='300'><a href='/stores'>All stores</a></devanture-store-locator>";

const strict = (site: Site, script: string): Record<string, string> => ({
  "content-security-policy": [
    "default-src 'none'",
    `script-src ${script}`,
    `connect-src ${site.api}`,
    "style-src 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
});

const watch = `addEventListener("securitypolicyviolation", (e) => (window.violations ??= []).push(e.violatedDirective + " " + e.blockedURI))`;
const violations = () => (window as unknown as { violations?: string[] }).violations ?? [];

for (const [name, script] of [
  ["a nonce", "'nonce-abc' 'wasm-unsafe-eval'"],
  ["a nonce and strict-dynamic", "'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval'"],
] as const) {
  test(`works with ${name}, Trusted Types and no style of any kind`, async ({ page, site }) => {
    const head = `<script nonce="abc">${watch}</script>${site.script('nonce="abc"')}`;
    await page.goto(site.page(LOCATOR, { head, headers: strict(site, script) }));
    await expect(page.locator("devanture-store-locator .widget h2")).toHaveText("Our stores");
    await expect(page.locator("devanture-store-locator .widget h2")).toHaveCSS("font-style", /^oblique/);
    expect(await page.evaluate(violations)).toEqual([]);
    const height = await page.locator("devanture-store-locator").evaluate((e) => getComputedStyle(e).minHeight);
    expect(height).toBe("300px");
  });
}

test("works where the API's origin is allowed rather than a nonce", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR, { headers: strict(site, `${site.api} 'wasm-unsafe-eval'`) }));
  await expect(page.locator("devanture-store-locator .widget h2")).toHaveText("Our stores");
});

test("where WebAssembly is forbidden the fallback stays, with an error of its own", async ({ page, site }) => {
  const head = `<script nonce="abc">addEventListener("devanture-error", (e) => (window.failure = e.detail.code))</script>${site.script('nonce="abc"')}`;
  await page.goto(site.page(LOCATOR, { head, headers: strict(site, "'nonce-abc'") }));
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByText("All stores")).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { failure: string }).failure)).toBe("wasm_blocked");
});

for (const bad of ["300px}body{display:none", "url(x)", "expression"]) {
  test(`a height of ${bad} is ignored`, async ({ page, site }) => {
    await page.goto(site.page(`<p>Page</p><devanture-store-locator height="${bad}">Fallback</devanture-store-locator>`));
    await page.waitForFunction(() => customElements.get("devanture-store-locator"));
    await expect(page.getByText("Page")).toBeVisible();
    expect(await page.locator("devanture-store-locator").evaluate((e) => getComputedStyle(e).minHeight)).toBe("0px");
  });
}
