// A widget's life on a page: moved, removed, changed, called, and loaded twice.
import type { Page } from "@playwright/test";
import { expect, test } from "../support/site.ts";

const LOCATOR = "<devanture-store-locator><a href='/stores'>All stores</a></devanture-store-locator>";
const widget = (page: Page) => page.locator("devanture-store-locator .widget");

interface Locator extends HTMLElement {
  search(q: string): Promise<unknown>;
  select(code: string): Promise<unknown>;
  strings: Record<string, string> | null;
  storeUrl: string | null;
  lat: string | number | null;
}
type Fake = typeof window & { calls: unknown[][]; saved: Locator; devanture: { version: string } };

const calls = (page: Page, name: string) =>
  page.evaluate((name) => ((window as Fake).calls ?? []).filter((call) => call[0] === name), name);

/** A turn of the task queue and one more, after which a removed element has been let go. */
const settle = (page: Page) =>
  page.evaluate(() => new Promise((done) => setTimeout(() => setTimeout(done))));

test("a moved element keeps its state", async ({ page, site }) => {
  await page.goto(site.page(`${LOCATOR}<aside></aside>`));
  await widget(page).locator("input").fill("Nantes");
  await page.evaluate(() => document.querySelector("aside")!.append(document.querySelector("devanture-store-locator")!));
  await settle(page);
  await expect(page.locator("aside devanture-store-locator .widget input")).toHaveValue("Nantes");
  expect(await calls(page, "unmount")).toEqual([]);
});

test("a removed element is unmounted, and mounted again when it comes back", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR));
  await expect(widget(page)).toBeVisible();
  await page.evaluate(() => {
    (window as Fake).saved = document.querySelector<Locator>("devanture-store-locator")!;
    (window as Fake).saved.remove();
  });
  await settle(page);
  expect(await calls(page, "unmount")).toEqual([["unmount", 1]]);
  await page.evaluate(() => document.body.append((window as Fake).saved));
  await expect(widget(page)).toBeVisible();
  await expect(page.getByText("All stores")).toBeHidden();
  expect(site.count(site.file("core.wasm"))).toBe(1);
});

test("an element removed while loading is not mounted, or is let go", async ({ page, site }) => {
  const release = site.hold(site.file("core.wasm"));
  await page.goto(site.page(LOCATOR));
  await expect.poll(() => site.count(site.file("core.wasm"))).toBe(1);
  await page.evaluate(() => {
    (window as Fake).saved = document.querySelector<Locator>("devanture-store-locator")!;
    (window as Fake).saved.remove();
  });
  await settle(page);
  release();
  await page.waitForFunction(() => performance.getEntriesByName(`${document.querySelector("script")!.src.replace("devanture.js", "build/e2e0/core.wasm")}`).length > 0);
  await settle(page);
  expect(await calls(page, "mount")).toEqual([]);
  await page.evaluate(() => document.body.append((window as Fake).saved));
  await expect(widget(page)).toBeVisible();
});

test("changes of a task arrive as one update, with the language's texts", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR));
  await expect(widget(page).locator("h2")).toHaveText("Our stores");
  await page.evaluate(() => {
    const locator = document.querySelector<Locator>("devanture-store-locator")!;
    locator.setAttribute("lang", "fr-CA");
    locator.setAttribute("limit", "7");
    locator.storeUrl = "/s/{code}";
    locator.lat = 47.2;
  });
  await expect(widget(page).locator("h2")).toHaveText("Nos magasins");
  expect(await calls(page, "update")).toEqual([
    ["update", 1, { lang: "fr-CA", attrs: { lang: "fr-CA", limit: "7", "store-url": "/s/{code}", lat: "47.2" }, first: null }],
  ]);
  await page.evaluate(() => (document.querySelector<Locator>("devanture-store-locator")!.strings = { title: "Boutiques" }));
  await expect(widget(page).locator("h2")).toHaveText("Boutiques");
});

test("an attribute that changes while loading is not lost", async ({ page, site }) => {
  const release = site.hold(site.file("core.wasm"));
  await page.goto(site.page(LOCATOR));
  await expect.poll(() => site.count(site.file("core.wasm"))).toBe(1);
  await page.evaluate(() => document.querySelector("devanture-store-locator")!.setAttribute("limit", "3"));
  release();
  await expect.poll(() => calls(page, "update")).toEqual([["update", 1, { lang: "en", attrs: { limit: "3" }, first: null }]]);
});

test("what was assigned before the element was defined counts", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR, { head: "" }));
  await page.evaluate(() => {
    const locator = document.querySelector<Locator>("devanture-store-locator")!;
    locator.strings = { title: "Early" };
    // As a framework would: an attribute that is also the name of a method.
    (locator as unknown as { search: string }).search = "local";
  });
  await page.addScriptTag({ url: `${site.api}/devanture.js` });
  await expect(widget(page).locator("h2")).toHaveText("Early");
  await expect(page.locator("devanture-store-locator")).toHaveAttribute("search", "local");
});

test("a property is the attribute of its name, and what a page keeps on an element stays its own", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR));
  await expect(widget(page)).toBeVisible();
  const seen = await page.evaluate(() => {
    const locator = document.querySelector("devanture-store-locator") as unknown as Locator & Record<string | symbol, unknown>;
    const own = Symbol("own");
    const kept = { of: "the page" };
    Object.assign(locator, { storeUrl: "/s/{code}", siteKey: "pk_b", searchMode: "local", services: ["a", "b"], lat: 1, title: "Stores" });
    Object.assign(locator, { _page: 1, page$: 2, page3: 3, [own]: 4, page: kept });
    const before = ["storeUrl", "searchMode", "lat", "limit"].map((name) => locator[name]);
    locator.lat = null;
    return {
      before,
      own: ["_page", "page$", "page3", own, "page"].map((name) => locator[name]),
      same: locator.page === kept,
      known: ["storeUrl", "search", "limit", "page", "title", "data-x", "_other"].map((name) => name in locator),
      names: locator.getAttributeNames(),
      kind: locator instanceof HTMLElement && typeof locator.search,
    };
  });
  expect(seen).toEqual({
    before: ["/s/{code}", "local", "1", null],
    own: [1, 2, 3, 4, { of: "the page" }],
    same: true,
    known: [true, true, true, true, true, false, false],
    names: ["store-url", "site-key", "search", "services", "title"],
    kind: "function",
  });
});

test("what the page does to class and style is no update", async ({ page, site }) => {
  await page.goto(site.page(LOCATOR));
  await expect(widget(page)).toBeVisible();
  await page.evaluate(() => {
    const locator = document.querySelector<Locator>("devanture-store-locator")!;
    locator.className = "seen";
    locator.style.opacity = "0.5";
  });
  await settle(page);
  expect(await calls(page, "update")).toEqual([]);
  await page.evaluate(() => document.querySelector("devanture-store-locator")!.setAttribute("height", "321"));
  expect(await page.evaluate(() => getComputedStyle(document.querySelector("devanture-store-locator")!).minHeight)).toBe("321px");
});

test("calls made before loading wait, keep their order, and load the widget", async ({ page, site }) => {
  const queue = `<script>
    window.devanture = window.devanture || [];
    devanture.push(["devanture-store-locator", "search", "Nantes"]);
    devanture.push((d) => (window.ran = d.version));
    devanture.push(["devanture-store-locator[id=late]", "select", "77"]);
  </script>`;
  await page.goto(site.page(`<div id="above">Above</div>${LOCATOR}`, { head: `${queue}${site.script()}<style>#above{height:4000px}</style>` }));
  await expect.poll(() => calls(page, "call")).toEqual([["call", 1, "search", ["Nantes"]]]);
  expect(await page.evaluate(() => (window as unknown as { ran: string }).ran)).toMatch(/^\d/);
  await page.evaluate(() => {
    const late = document.createElement("devanture-store-locator");
    late.id = "late";
    document.body.append(late);
  });
  await expect.poll(() => calls(page, "call")).toContainEqual(["call", 2, "select", ["77"]]);
  expect(await page.evaluate(() => document.querySelector<Locator>("devanture-store-locator")!.search("Lyon"))).toBe("search Lyon");
});

test("a method is ours, also where a library has given all elements one of its name", async ({ page, site }) => {
  const library = "<script>HTMLElement.prototype.select = () => 'the library'; HTMLElement.prototype.search = HTMLElement.prototype.select</script>";
  await page.goto(site.page(LOCATOR, { head: `${library}${site.script()}` }));
  await expect(widget(page)).toBeVisible();
  const locator = page.locator("devanture-store-locator");
  expect(await locator.evaluate((element: Locator) => element.select("77"))).toBe("select 77");
  expect(await locator.evaluate((element: Locator) => element.search("Lyon"))).toBe("search Lyon");
});

test("an entry of the queue that fails is reported, and the others run", async ({ page, site, uncaught }) => {
  const queue = `<script>window.devanture = [["((", "select", "1"], () => { throw new Error("host's own") }, () => (window.ran = true)]</script>`;
  await page.goto(site.page(LOCATOR, { head: queue + site.script() }));
  await page.waitForFunction(() => (window as unknown as { ran: boolean }).ran);
  expect(uncaught.splice(0)).toEqual([expect.stringContaining("not a valid selector"), expect.stringContaining("host's own")]);
});

test("the same script twice changes nothing and says nothing", async ({ page, site }) => {
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(site.page(LOCATOR, { head: site.script() + site.script("", site.file("devanture.js")) }));
  await expect(widget(page)).toHaveCount(1);
  await expect.poll(() => site.count(site.file("devanture.js"))).toBe(1);
  expect(said).toEqual([]);
  expect(site.count(site.file("core.js"))).toBe(1);
});

test("another version yields to the first, and says so", async ({ page, site }) => {
  const said: string[] = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  await page.goto(site.page(LOCATOR));
  await expect(widget(page)).toHaveCount(1);
  const first = await page.evaluate(() => (window as Fake).devanture.version);
  await page.addScriptTag({ url: `${site.api}/other/devanture.js` });
  expect(said).toEqual([`warning: Devanture ${first}+e2e0 is in use, not 9.9.9+e2e0`]);
  expect(await page.evaluate(() => (window as Fake).devanture.version)).toBe(first);
  await expect(widget(page)).toHaveCount(1);
});

test("ready is announced once per mount, and bubbles", async ({ page, site }) => {
  const listen = "<script>addEventListener('devanture-ready', (e) => (window.ready ??= []).push(e.target.id))</script>";
  await page.goto(site.page("<devanture-store-locator id='a'></devanture-store-locator><devanture-store-locator id='b'></devanture-store-locator>", { head: listen + site.script() }));
  await expect.poll(() => page.evaluate(() => (window as unknown as { ready?: string[] }).ready?.toSorted())).toEqual(["a", "b"]);
});

test("the npm package registers on import and waits for configure", async ({ page, site }) => {
  const script = `<script type="module">
    import { configure } from "/npm.js";
    setTimeout(() => configure({ api: ${JSON.stringify(site.api)}, siteKey: "pk_npm" }));
  </script>`;
  await page.goto(site.page(LOCATOR, { head: script }));
  await expect(widget(page).locator("h2")).toHaveText("Our stores");
  expect(site.requests).toContain("GET /v1/stores?key=pk_npm&limit=20&lang=en");
});
