// The map: nothing of it before it is asked for, no third party ever, and never the only way to anything.
import { StoreLocator } from "../support/locator.ts";
import { expect, test, type Stack } from "../support/stack.ts";
import type { Locator, Page } from "@playwright/test";

async function opened(page: Page, stack: Stack, attributes = 'limit="5"'): Promise<StoreLocator> {
  await page.goto(stack.page({ body: stack.element(attributes) }));
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText(/^190 stores/);
  return locator;
}

const pins = (locator: StoreLocator): Locator => locator.map.locator(".pin-box");

const names = (locator: StoreLocator): Promise<(string | null)[]> => pins(locator).evaluateAll((all) => all.map((pin) => pin.getAttribute("title")));

test("not one request for it before “Map” is pressed; then its script and the offline base, once", async ({ page, stack, traffic }) => {
  const locator = await opened(page, stack);
  await locator.search("Rennes");
  await expect(locator.status).toContainText("Rennes");
  await locator.open((await locator.names())[0]!);
  await locator.button("All stores").click();
  const mapFiles = (): string[] => ["/map.wasm", "/map.js", "/world.json", "/v1/site"].filter((file) => traffic.to(file).length);
  expect(mapFiles()).toEqual([]);
  const button = locator.button("Map");
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await button.click();
  await expect(locator.map).toBeVisible();
  await expect(pins(locator)).toHaveCount(5);
  await expect(locator.map.locator(".land").first()).toBeAttached();
  await expect(locator.map).toContainText("Natural Earth");
  for (const file of mapFiles()) expect(traffic.to(file), file).toHaveLength(1);
  expect(mapFiles()).toHaveLength(4);
  await locator.button("Hide the map").click();
  await expect(locator.map).toHaveCount(0);
  await locator.button("Map").click();
  await expect(pins(locator)).toHaveCount(5);
  expect(traffic.to("/world.json").length).toBeLessThanOrEqual(2);
  expect(traffic.foreign).toEqual([]);
});

test("the pins are the list's stores, also after “more” and another search", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.button("Map").click();
  const expectPins = async (count: number): Promise<void> => {
    await expect(locator.cards).toHaveCount(count);
    await expect.poll(() => names(locator)).toEqual(await locator.names());
  };
  await expectPins(5);
  await locator.button("Show more stores").click();
  await expectPins(10);
  await locator.search("Nice");
  await expect(locator.cards.first()).toContainText("Lormelle Nice");
  await expectPins(5);
});

test("a pin opens its store by mouse, and Back shows the map again", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.button("Map").click();
  await locator.map.getByRole("button", { name: "Lormelle Nevers" }).click();
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Lormelle Nevers");
  await locator.button("All stores").click();
  await expect(pins(locator)).toHaveCount(5);
});

for (const key of ["Enter", "Space"]) {
  test(`a pin opens its store with ${key}`, async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await locator.button("Map").click();
    const pin = locator.map.getByRole("button", { name: "Lormelle Nevers" });
    await pin.focus();
    await page.keyboard.press(key);
    await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Lormelle Nevers");
  });
}

test("zooming by buttons that have names", async ({ page, stack }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const locator = await opened(page, stack);
  await locator.button("Map").click();
  await expect(pins(locator)).toHaveCount(5);
  const apart = async (): Promise<number> => {
    const [a, b] = [await pins(locator).nth(0).boundingBox(), await pins(locator).nth(4).boundingBox()];
    return Math.hypot(a!.x - b!.x, a!.y - b!.y);
  };
  const before = await apart();
  await locator.button("Zoom in").click();
  await expect.poll(apart).toBeGreaterThan(before * 1.5);
  await locator.button("Zoom out").click();
  await expect.poll(apart).toBeLessThan(before * 1.2);
});

test("“my store” stands out on it", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.card("Lormelle Nevers").getByRole("button", { name: "Make it my store" }).click();
  await locator.button("Map").click();
  await expect(pins(locator)).toHaveCount(5);
  await expect(locator.map.locator(".pin.mine")).toHaveCount(1);
});

test("with tiles of the site's own, they are asked for and credited, and the offline base is not", async ({ page, stack, traffic }) => {
  const tiles = "https://tiles.example";
  traffic.known.add(tiles);
  const tile = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");
  await page.route(`${tiles}/**`, (route) => route.fulfill({ contentType: "image/png", body: tile }));
  await page.route(/\/v1\/site\?/, async (route) => {
    const response = await route.fetch();
    const site = { ...(await response.json()), tiles: { url: `${tiles}/{z}/{x}/{y}.png`, attribution: "© Tile <b>makers</b>" } };
    await route.fulfill({ response, json: site });
  });
  const locator = await opened(page, stack);
  await locator.button("Map").click();
  await expect(pins(locator)).toHaveCount(5);
  await expect.poll(() => traffic.all.filter((url) => url.origin === tiles).length).toBeGreaterThan(0);
  expect(traffic.all.filter((url) => url.origin === tiles).every((url) => /^\/\d+\/\d+\/\d+\.png$/.test(url.pathname))).toBe(true);
  await expect(locator.map).toContainText("© Tile <b>makers</b>");
  expect(traffic.to("/world.json")).toEqual([]);
});

for (const file of ["map.js", "map.wasm", "world.json"]) {
  test(`${file} answering 503: said where the map would be, the list goes on, trying again works`, async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await page.route(new RegExp(`/${file.replace(".", "\\.")}`), (route) => route.fulfill({ status: 503, body: "busy" }));
    await locator.button("Map").click();
    await expect(locator.root.getByText("The map could not be loaded.")).toBeVisible();
    await expect(locator.cards).toHaveCount(5);
    await locator.search("Nice");
    await expect(locator.cards.first()).toContainText("Lormelle Nice");
    await page.unrouteAll();
    await locator.button("Try again").click();
    await expect(pins(locator)).toHaveCount(5);
    await expect(locator.root.getByText("The map could not be loaded.")).toHaveCount(0);
  });
}

test("without the site's settings the map is drawn on its offline base", async ({ page, stack }) => {
  await page.route(/\/v1\/site\?/, (route) => route.abort());
  const locator = await opened(page, stack);
  await locator.button("Map").click();
  await expect(pins(locator)).toHaveCount(5);
});

test("hidden while it zooms, it leaves no error behind", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.button("Map").click();
  await expect(pins(locator)).toHaveCount(5);
  await locator.button("Zoom in").click();
  await locator.button("Hide the map").click();
  await expect(locator.map).toHaveCount(0);
  // Longer than Leaflet's animation.
  await page.clock.install();
  await locator.button("Map").click();
  await expect(pins(locator)).toHaveCount(5);
  await locator.button("Zoom in").click();
  await locator.button("Hide the map").click();
  await page.clock.runFor(1000);
});

test("an element that goes away takes its map along", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.button("Map").click();
  await expect(pins(locator)).toHaveCount(5);
  await locator.root.evaluate((e) => e.remove());
  await page.setViewportSize({ width: 500, height: 500 });
  await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done))));
});
