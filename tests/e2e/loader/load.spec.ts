// When a widget is loaded, and how often each of its files is asked for.
import type { Page } from "@playwright/test";
import { VIEW, expect, test, type Site } from "../support/site.ts";

const LOCATOR = "<devanture-store-locator><a href='/stores'>All stores</a></devanture-store-locator>";

const widget = (page: Page) => page.locator("devanture-store-locator .widget");

/** What a page in English loads of a build. */
const FILES = ["core.js", "core.wasm", "store-locator.wasm", "stores.wasm", "locales/store-locator.en.json"];

async function expectOneOfEach(site: Site): Promise<void> {
  for (const name of FILES) {
    expect(site.count(site.file(name)), name).toBe(1);
  }
}

test("a visible element is loaded, with one request per file, and shows its data", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR));
  await expect(widget(page).locator("h2")).toHaveText("Our stores");
  await expect(widget(page).locator(".stores")).toHaveText("Nantes,Rennes");
  await expect(widget(page).locator("h2")).toHaveCSS("font-style", /^oblique/);
  await expect(page.getByText("All stores")).toBeHidden();
  await expectOneOfEach(site);
  expect(site.requests).toContain("GET /v1/stores?key=pk_test&limit=20&lang=en");
  expect(site.requests).toContain(`GET ${VIEW}?key=pk_test&limit=20&lang=en&utc_offset=0`);
  expect(site.requests).toHaveLength(8);
});

test("core, chunk, texts, view and data are asked for before any of them has come", async ({ page, site }) => {
  const names = FILES.map(site.file);
  const wanted = [...names, VIEW, "/v1/stores"];
  const release = wanted.map((name) => site.hold(name));
  await page.goto(site.page(LOCATOR));
  const asked = (): number => wanted.reduce((sum, name) => sum + site.count(name), 0);
  // A browser asks one origin for six things at a time, unless it speaks HTTP/2; nothing waits for the texts.
  await expect.poll(asked).toBe(6);
  release[FILES.findIndex((name) => name.startsWith("locales/"))]!();
  await expect.poll(asked).toBe(7);
  release.forEach((go) => go());
  await expect(widget(page)).toBeVisible();
  await expectOneOfEach(site);
});

test("an element far below is not loaded until it comes near", async ({ page, site }) => {
  await page.goto(site.page(`<div id="above">Above</div>${LOCATOR}`, { head: `${site.script()}<style>#above{height:4000px}</style>` }));
  await page.waitForFunction(() => customElements.get("devanture-store-locator"));
  // Two frames: by then the observer has reported where the element is.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(site.requests).toEqual(["GET /devanture.js"]);
  await page.evaluate(() => scrollTo(0, 3000));
  await expect(widget(page)).toBeAttached();
});

for (const touch of ["pointerdown", "focusin", "keydown"]) {
  test(`an element far below is loaded by ${touch}`, async ({ page, site }) => {
    await page.goto(site.page(`<div id="above">Above</div>${LOCATOR}`, { head: `${site.script()}<style>#above{height:4000px}</style>` }));
    await page.waitForFunction(() => customElements.get("devanture-store-locator"));
    await page.evaluate((name) => document.querySelector("devanture-store-locator a")!.dispatchEvent(new Event(name, { bubbles: true })), touch);
    await expect(widget(page)).toBeAttached();
  });
}

test("eager loads wherever the element is", async ({ page, site }) => {
  await page.goto(
    site.page(`<div id="above">Above</div><devanture-store-locator loading="eager"></devanture-store-locator>`, {
      head: `${site.script()}<style>#above{height:4000px}</style>`,
    }),
  );
  await expect(widget(page)).toBeAttached();
});

test("twenty elements share every request", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR.repeat(20)));
  await expect(widget(page)).toHaveCount(20);
  await expect(widget(page).last().locator(".stores")).toHaveText("Nantes,Rennes");
  await expectOneOfEach(site);
  expect(site.count("/v1/stores")).toBe(1);
  expect(site.count(VIEW)).toBe(1);
});

test("an element that comes after the script is loaded, and the script may come last", async ({ page, site }) => {
  await page.goto(site.page("<main></main>"));
  await page.waitForFunction(() => customElements.get("devanture-store-locator"));
  await page.evaluate(() => document.querySelector("main")!.append(document.createElement("devanture-store-locator")));
  await expect(widget(page)).toHaveCount(1);

  await page.goto(site.page(LOCATOR, { head: "" }));
  await expect(page.getByText("All stores")).toBeVisible();
  await page.addScriptTag({ url: `${site.api}/devanture.js` });
  await expect(widget(page)).toHaveCount(1);
});

test("a module script and a pinned URL work the same", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR, { head: site.script('type="module" crossorigin', site.file("devanture.js")) }));
  await expect(widget(page).locator("h2")).toHaveText("Our stores");
});

test("attributes of the element win over the script's, and go into the first request in a fixed order", async ({ page, site }) => {
  await page.goto(
    site.page(
      `<devanture-store-locator brands="b" services="s,t" lng="-1.55" lat="47.2" limit="5" site-key="pk_own" store-url="/m/{code}" search="local" lang="fr-BE" api="${site.api}/"></devanture-store-locator>`,
    ),
  );
  await expect(widget(page).locator("h2")).toHaveText("Nos magasins");
  expect(site.requests).toContain("GET /v1/stores?key=pk_own&limit=5&lat=47.2&lng=-1.55&services=s%2Ct&brands=b&lang=fr-BE");
  const [mount] = await page.evaluate(() => (window as unknown as { calls: unknown[][] }).calls);
  expect(mount).toEqual([
    "mount",
    "devanture-store-locator",
    {
      lang: "fr-BE",
      siteKey: "pk_own",
      base: `${site.api}${site.file("")}`,
      first: expect.stringContaining("key=pk_own"),
      attrs: {
        brands: "b",
        services: "s,t",
        lng: "-1.55",
        lat: "47.2",
        limit: "5",
        "site-key": "pk_own",
        "store-url": "/m/{code}",
        search: "local",
        lang: "fr-BE",
        api: `${site.api}/`,
      },
    },
  ]);
});
