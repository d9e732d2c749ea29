// Whatever the API, the page or the shopper does, the widget says what is wrong and the page goes on.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { within } from "../support/clock.ts";
import { installClock, StoreLocator } from "../support/locator.ts";
import { expect, KEY, test, type Stack } from "../support/stack.ts";
import type { Page, Route } from "@playwright/test";

const list = /\/v1\/stores\?/;

async function opened(page: Page, stack: Stack, options: Parameters<Stack["page"]>[0] = {}): Promise<StoreLocator> {
  await page.goto(stack.page(options));
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText(/^190 (stores|magasins)/);
  return locator;
}

const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test.describe("the API", () => {
  for (const [what, answer, said] of [
    ["down", (route: Route) => route.abort("connectionrefused"), "No connection to the store service."],
    ["HTML", (route: Route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><h1>Welcome</h1>" }), "Something went wrong."],
    ["JSON of another kind", (route: Route) => route.fulfill({ json: { hello: "world" } }), "Something went wrong."],
    ["503 without a word", (route: Route) => route.fulfill({ status: 503, body: "" }), "Something went wrong."],
    [
      "too many requests",
      (route: Route) =>
        route.fulfill({
          status: 429,
          contentType: "application/problem+json",
          body: JSON.stringify({ type: "about:blank", title: "Too many", status: 429, code: "rate_limited" }),
        }),
      "Too many requests.",
    ],
  ] as const) {
    test(`${what}: said in the widget, the page unharmed, tried again`, async ({ page, stack }) => {
      await page.route(list, answer);
      await page.goto(stack.page());
      const locator = new StoreLocator(page);
      await expect(locator.root.getByRole("alert")).toContainText(said);
      await expect(locator.status).not.toHaveText("Loading…");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("A shop");
      await expect(locator.input).toBeEnabled();
      await page.unrouteAll();
      await locator.button("Try again").click();
      await expect(locator.status).toHaveText("190 stores");
      await expect(locator.root.getByRole("alert")).toHaveCount(0);
    });
  }

  test("slow: grey cards until then, a message after 12 s, and an answer at the second try", async ({ page, stack }) => {
    await installClock(page);
    const locator = await opened(page, stack);
    let waiting = true;
    // Never answered, until the page gives up.
    await page.route(list, (route) => (waiting ? undefined : route.continue()));
    await locator.button("Alterations").click();
    await expect(locator.root.locator("[aria-busy=true]")).toBeVisible();
    await page.clock.runFor(11_000);
    await expect(locator.root.getByRole("alert")).toHaveCount(0);
    await within(page, 5, () => locator.root.getByRole("alert").isVisible());
    await expect(locator.root.getByRole("alert")).toContainText("The store service is slow to answer.");
    waiting = false;
    await locator.button("Try again").click();
    await expect(locator.status).toHaveText(/^\d+ stores$/);
  });

  test("slow from the very first request: a message too", async ({ page, stack }) => {
    await installClock(page);
    await page.route(list, () => undefined);
    await page.goto(stack.page());
    const locator = new StoreLocator(page);
    await expect(locator.status).toHaveText("Loading…");
    await within(page, 20, () => locator.root.getByRole("alert").isVisible());
    await expect(locator.root.getByRole("alert")).toContainText("The store service is slow to answer.");
  });

  for (const [what, key, code] of [
    ["a malformed key", "pk_nonsense", "The site key of this page is not valid."],
    ["an unknown key", "pk_000000000000000000000000", "The site key of this page is not valid."],
    ["a key of another origin", KEY, "This page is not allowed to show these stores."],
  ] as const) {
    test(`${what}: a message of the widget's own`, async ({ page, stack }) => {
      const origin = key === KEY ? stack.stranger : stack.origin;
      await page.goto(stack.page({ head: stack.script("", key) }, origin));
      const locator = new StoreLocator(page);
      await expect(locator.root.getByRole("alert")).toHaveText(new RegExp(code.replace(".", "\\.")));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("A shop");
    });
  }

  test("without a key there is an error in the element's place", async ({ page, stack }) => {
    await page.goto(stack.page({ head: `<script src="${stack.api}/devanture.js" async></script>` }));
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByText("All our stores")).toBeVisible();
  });
});

test.describe("the element", () => {
  test("core or chunk 503, then retried", async ({ page, stack }) => {
    await page.route(/\/store-locator\.wasm/, (route) => route.fulfill({ status: 503, body: "busy" }));
    await page.goto(stack.page());
    await expect(page.getByRole("alert")).toContainText("This content could not be loaded.");
    await expect(page.getByText("All our stores")).toBeVisible();
    await page.unrouteAll();
    await page.getByRole("button", { name: "Retry" }).click();
    await expect(new StoreLocator(page).status).toHaveText("190 stores");
    await expect(page.getByText("All our stores")).toBeHidden();
  });

  test("removed while it loads: no trace, no error", async ({ page, stack }) => {
    let asked = (): void => {};
    const first = new Promise<void>((done) => (asked = done));
    await page.route(/\/store-locator\.wasm/, async (route) => {
      asked();
      await first;
      await page.evaluate(() => document.querySelector("devanture-store-locator")?.remove());
      await route.continue();
    });
    await page.goto(stack.page({ body: stack.element() + "<div id='later'></div>" }));
    await first;
    await expect(page.locator("devanture-store-locator")).toHaveCount(0);
    await page.unrouteAll();
    await page.locator("#later").evaluate((e) => e.append(document.createElement("devanture-store-locator")));
    await expect(new StoreLocator(page).status).toHaveText("190 stores");
  });

  test("moved: what is typed, listed and opened stays, and it still listens", async ({ page, stack }) => {
    const locator = await opened(page, stack, { body: stack.element('limit="5"') + "<aside></aside>" });
    await locator.search("Rennes");
    await expect(locator.status).toContainText("Rennes");
    const names = await locator.names();
    await locator.root.evaluate((e) => document.querySelector("aside")!.append(e));
    await expect(page.locator("aside devanture-store-locator")).toHaveCount(1);
    await expect(locator.input).toHaveValue("Rennes");
    expect(await locator.names()).toEqual(names);
    await locator.open(names[0]!);
    await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText(names[0]!);
    await locator.root.evaluate((e) => document.querySelector("main")!.prepend(e));
    await locator.button("All stores").click();
    await expect(locator.cards).toHaveCount(5);
  });

  test("removed and put back later: it starts anew", async ({ page, stack }) => {
    const locator = await opened(page, stack);
    const element = await locator.root.elementHandle();
    await element!.evaluate((e) => e.remove());
    await page.evaluate(() => new Promise((done) => setTimeout(() => setTimeout(done))));
    await element!.evaluate((e) => document.querySelector("main")!.append(e));
    await expect(locator.status).toHaveText("190 stores");
    await locator.search("Lille");
    await expect(locator.cards.first()).toContainText("Lormelle Lille");
  });

  test("twenty of them: one request each at most, all alive, none in another's way", async ({ page, stack, traffic }) => {
    await page.goto(stack.page({ body: stack.element('limit="3" loading="eager"').repeat(20) }));
    await expect(page.locator("devanture-store-locator [part=card]")).toHaveCount(60);
    expect(traffic.to("/core.wasm").length).toBeLessThanOrEqual(2);
    expect(traffic.to("/store-locator.wasm").length).toBeLessThanOrEqual(2);
    expect(traffic.to("/v1/stores").length).toBeLessThanOrEqual(20);
    const nth = (index: number): StoreLocator => new StoreLocator(page, page.locator("devanture-store-locator").nth(index));
    await nth(19).search("Lille");
    await expect(nth(19).cards.first()).toContainText("Lormelle Lille");
    await expect(nth(18).input).toHaveValue("");
    await expect(nth(18).cards.first()).not.toContainText("Lormelle Lille");
  });

  test("attributes changed at run time", async ({ page, stack }) => {
    const locator = await opened(page, stack, { body: stack.element('limit="5"') });
    await expect(locator.cards).toHaveCount(5);
    await locator.root.evaluate((e) => e.setAttribute("limit", "7"));
    await expect(locator.cards).toHaveCount(7);
    await locator.root.evaluate((e) => Object.assign(e, { lat: 43.6, lng: 1.44 }));
    await expect(locator.cards.first()).toContainText("Lormelle Toulouse");
    await locator.root.evaluate((e) => e.setAttribute("services", "cobbler"));
    const { total } = await stack.stores({ services: "cobbler" });
    await expect(locator.status).toHaveText(new RegExp(`^${total} stores`));
    await locator.root.evaluate((e) => e.setAttribute("store-url", "/shops/{code}"));
    await locator.cards.first().getByRole("heading").getByRole("button").click();
    await expect(locator.panel.getByRole("link", { name: "Store page" })).toHaveAttribute("href", /^\/shops\//);
  });

  test("the language changed at run time: texts, numbers and times", async ({ page, stack }) => {
    await page.clock.setFixedTime("2027-03-16T23:30Z");
    const locator = await opened(page, stack, { body: stack.element('limit="3" lat="43.6" lng="1.44"') });
    await expect(locator.cards.locator("[part=distance]").last()).toHaveText(/mi$/);
    await locator.root.evaluate((e) => e.setAttribute("lang", "fr"));
    await expect(locator.button("Rechercher")).toBeVisible();
    await expect(locator.status).toHaveText("190 magasins");
    await expect(locator.cards.locator("[part=opening]").first()).toContainText("Fermé");
    await expect(locator.cards.locator("[part=distance]").last()).toHaveText(/km$/);
  });

  test("single texts are replaced, from the start and later", async ({ page, stack }) => {
    const script = "<script>addEventListener('DOMContentLoaded', () => document.querySelector('devanture-store-locator').strings = { search: 'Go', 'stores.other': '{count} places <b>' })</script>";
    await page.goto(stack.page({ head: script + stack.script() }));
    const locator = new StoreLocator(page);
    await expect(locator.status).toHaveText("190 places <b>");
    await expect(locator.button("Go")).toBeVisible();
    await expect(locator.button("Use my position")).toBeVisible();
    await locator.root.evaluate((e: any) => (e.strings = { search: "Find" }));
    await expect(locator.button("Find")).toBeVisible();
    await expect(locator.status).toHaveText("190 stores");
  });

  test("calls made before the script is there wait for it", async ({ page, stack }) => {
    const queue = "<script>(window.devanture = window.devanture || []).push(['devanture-store-locator', 'search', 'Lille'])</script>";
    await page.goto(stack.page({ head: queue + stack.script() }));
    const locator = new StoreLocator(page);
    await expect(locator.cards.first()).toContainText("Lormelle Lille");
    await expect(locator.input).toHaveValue("Lille");
  });
});

test.describe("the page", () => {
  test("JavaScript off: the fallback stays", async ({ browser, stack }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(stack.page());
    await expect(page.getByText("All our stores")).toBeVisible();
    await context.close();
  });

  test("WebAssembly forbidden by the policy: the fallback stays, and the event says why", async ({ page, stack }) => {
    const listen = "<script nonce='n'>addEventListener('devanture-error', (e) => (window.failure = e.detail.code))</script>";
    await page.goto(
      stack.page({
        head: listen + stack.script('nonce="n"'),
        headers: { "content-security-policy": `default-src 'none'; script-src 'nonce-n' ${stack.api}; connect-src ${stack.api}` },
      }),
    );
    await expect(page.getByText("All our stores")).toBeVisible();
    await expect(page.getByRole("alert")).toBeVisible();
    expect(await page.evaluate(() => (window as any).failure)).toBe("wasm_blocked");
  });

  const STRICT = ["default-src 'none'", "script-src 'nonce-n' 'strict-dynamic' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self'", "base-uri 'none'", "form-action 'none'"];
  const TRUSTED = ["require-trusted-types-for 'script'", "trusted-types 'none'"];
  const watch =
    "<script nonce='n'>addEventListener('securitypolicyviolation', (e) => (window.violations ??= []).push([e.violatedDirective, e.blockedURI, e.sample].join(' ')))</script>";

  for (const [what, policy] of [
    ["no inline style, a nonce", STRICT],
    ["Trusted Types besides", [...STRICT, ...TRUSTED]],
  ] as const) {
    const guarded = (stack: Stack, body: string): string =>
      stack.page({ head: watch + stack.script('nonce="n"'), headers: { "content-security-policy": [...policy, `connect-src ${stack.api}`].join("; ") }, body });
    const expectNoViolations = async (page: Page): Promise<void> => expect(await page.evaluate(() => (window as any).violations ?? [])).toEqual([]);

    test(`under a strict policy (${what}), the whole way to a booked appointment`, async ({ page, stack }) => {
      await page.goto(guarded(stack, stack.element('services="alterations" limit="60"') + stack.element('search="local" loading="eager" limit="3"')));
      const locator = new StoreLocator(page, page.locator("devanture-store-locator").first());
      await locator.search("Rennes");
      await expect(locator.status).toContainText("Rennes");
      const second = new StoreLocator(page, page.locator("devanture-store-locator").last());
      await second.input.pressSequentially("nnates");
      await expect(second.options.first()).toContainText("Nantes");
      const { items } = await stack.stores({ q: "Rennes", services: "alterations", limit: "60" });
      const store = items.findLast((store) => store.appointments)!;
      await locator.card(store.name).first().getByRole("heading").getByRole("button").click();
      await locator.button("Book an appointment").click();
      await locator.panel.locator("[part=time]").first().click();
      await locator.panel.locator("[name=name]").fill("Zoé");
      await locator.panel.locator("[name=email]").fill("zoe@example.com");
      await locator.button("Confirm the appointment").click();
      await expect(locator.panel.getByRole("status")).toContainText("It is booked");
      await expectNoViolations(page);
    });

    test(`under a strict policy (${what}), the map`, async ({ page, stack }) => {
      await page.goto(guarded(stack, stack.element('limit="5"')));
      const locator = new StoreLocator(page);
      await locator.button("Map").click();
      await expect(locator.map.locator(".pin-box")).toHaveCount(5);
      await expect(locator.map.locator(".land").first()).toBeAttached();
      const [canvas, pin] = [await locator.map.boundingBox(), await locator.map.locator(".pin-box").first().boundingBox()];
      // Laid out by Leaflet's sheet and its own positions.
      expect(pin!.x).toBeGreaterThan(canvas!.x + 10);
      expect(pin!.y).toBeGreaterThan(canvas!.y + 10);
      await expectNoViolations(page);
    });
  }

  test("back from the back/forward cache it works, with what was typed", async ({ stack }) => {
    // Playwright switches that cache off; so here a browser of its own runs pages that navigate by themselves.
    const { executablePath, args } = test.info().project.use.launchOptions!;
    const report = (what: string): string => `fetch("${stack.origin}/report", { method: "POST", body: ${what} })`;
    const away = stack.page({ head: "<script>addEventListener('load', () => setTimeout(() => history.back()))</script>" });
    const script = `<script>
      addEventListener("devanture-search", (e) => {
        if (e.detail.query === "Lille") setTimeout(() => (location = "${away}"), 100);
        if (e.detail.query === "Nice") ${report("`${document.querySelector('devanture-store-locator').shadowRoot.querySelector('input').value}, ${e.detail.total}`")};
      });
      addEventListener("devanture-ready", (e) => e.target.search("Lille"), { once: true });
      addEventListener("pageshow", (e) => {
        if (!e.persisted) return;
        const locator = document.querySelector("devanture-store-locator");
        ${report("`restored ${locator.shadowRoot.querySelector('input').value}`")};
        locator.search("Nice");
      });
    </script>`;
    const start = stack.page({ head: script + stack.script() });
    const profile = mkdtempSync(path.join(tmpdir(), "devanture-"));
    // Other tests have had theirs.
    const before = stack.reports.length;
    const browser = spawn(executablePath!, [...args!, `--user-data-dir=${profile}`, "--remote-debugging-port=0", start], { stdio: "ignore", detached: true });
    try {
      await expect.poll(() => stack.reports.slice(before), { timeout: 15_000 }).toEqual(["restored Lille", "Nice, 190"]);
    } finally {
      const gone = new Promise((done) => browser.once("exit", done));
      process.kill(-browser.pid!);
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  for (const [what, body] of [
    ["right to left", (stack: Stack) => `<div dir="rtl">${stack.element()}</div>`],
    ["left to right", (stack: Stack) => stack.element()],
  ] as const) {
    for (const width of [320, 390, 768, 1280]) {
      test(`${what} at ${width} px nothing scrolls sideways, in any view`, async ({ page, stack }) => {
        await page.setViewportSize({ width, height: 800 });
        const locator = await opened(page, stack, { body: body(stack) });
        expect(await overflow(page), "the list").toBeLessThanOrEqual(0);
        await locator.input.pressSequentially("saint");
        await expect(locator.options.first()).toBeVisible();
        expect(await overflow(page), "suggestions").toBeLessThanOrEqual(0);
        await locator.input.press("Escape");
        await locator.card("Lormelle Nevers").getByRole("button", { name: "Make it my store" }).click();
        await expect(locator.mine).toBeVisible();
        await locator.button("Map").click();
        await expect(locator.map.locator(".pin-box")).toHaveCount(20);
        expect(await overflow(page), "my store and the map").toBeLessThanOrEqual(0);
        const { items } = await stack.stores();
        await locator.open(items.find((store) => store.appointments)!.name);
        await expect(locator.panel.getByRole("heading", { name: "Opening hours" })).toBeVisible();
        expect(await overflow(page), "details").toBeLessThanOrEqual(0);
        await locator.button("Book an appointment").click();
        await locator.panel.locator("[part=time]").first().click();
        await locator.button("Confirm the appointment").click();
        await expect(locator.panel.locator("[aria-invalid]")).toHaveCount(1);
        expect(await overflow(page), "the form").toBeLessThanOrEqual(0);
      });
    }
  }
});

test.describe("what is typed", () => {
  const hostile: [string, string][] = [
    ["10,000 characters", "Saint-".repeat(1700).slice(0, 10_000)],
    ["emoji", "👗👠🧵"],
    ["SQL", "'; DROP TABLE stores; --"],
    ["HTML", "<img src=x onerror=\"window.hacked = 1\">"],
    ["a placeholder", "{count} {place}"],
    ["controls and odd directions", "\u202e\u0007Lyon\u0000\u200b"],
    ["a percent sign and an ampersand", "100%&q=Lille#x"],
    ["half a surrogate pair", "Ly\ud83don"],
  ];
  for (const [what, text] of hostile) {
    test(`${what}: text and nothing else`, async ({ page, stack, traffic }) => {
      const locator = await opened(page, stack);
      // By the page's own call and by the shopper's paste.
      await locator.root.evaluate((e, text) => (e as any).search(text), text);
      await expect(locator.status).not.toHaveText("Loading…");
      await locator.input.fill("");
      await locator.input.evaluate((input: HTMLInputElement, text) => {
        input.value = text;
        input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      }, text);
      await locator.input.press("Enter");
      await expect(locator.status).toHaveText(/^(We do not know|190 stores|\d+ stores?, nearest)/);
      await expect(locator.root.getByRole("alert")).toHaveCount(0);
      expect(await page.evaluate(() => (window as any).hacked)).toBeUndefined();
      await expect(locator.root.locator("img")).toHaveCount(0);
      for (const url of traffic.to("/v1/stores")) expect((url.searchParams.get("q") ?? "").length).toBeLessThanOrEqual(400);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await locator.search("Lille");
      await expect(locator.cards.first()).toContainText("Lormelle Lille");
    });
  }
});
