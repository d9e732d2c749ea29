// The server's fragment is taken over in its place: nothing moves, nothing is asked again.
import { expect, test, type Stack } from "../support/stack.ts";
import { element, PRODUCT, Reviews } from "../support/reviews.ts";

const fragment = async (stack: Stack, lang: string): Promise<string> => {
  const answer = await fetch(`${stack.api}/v1/ssr/reviews?${new URLSearchParams({ key: "pk_Lorm3LLeB0utiqueFr2026AA", product: PRODUCT, lang })}`);
  expect(answer.status).toBe(200);
  return answer.text();
};

interface Shift {
  value: number;
}

for (const [lang, width] of [["fr", 390], ["fr", 1280], ["en", 390], ["en", 1280]] as const) {
  test(`${lang} at ${width}: no shift, no second request, the same words`, async ({ page, stack, traffic }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.addInitScript(() => {
      const shifts: Shift[] = ((window as unknown as { shifts: Shift[] }).shifts = []);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push({ value: (entry as unknown as Shift).value });
      }).observe({ type: "layout-shift", buffered: true });
    });
    // The page's own rules reach into the fragment, and must not show.
    const rules = `<style>h2 { font: italic 3rem serif; letter-spacing: .2em } .card p { margin: 3rem } main p { line-height: 3 } body { font-family: sans-serif }</style>`;
    const drawn = await fragment(stack, lang);
    const below = `<p id="below">What stands below.</p>`;
    const url = stack.page({ lang, head: rules, body: element(undefined, drawn) + below });
    await page.goto(url);
    const light = page.locator("devanture-reviews > .root");
    await expect(light).toBeVisible();
    const boxes = (root: string): Promise<{ text: string; box: number[] }[]> =>
      page.evaluate((root) => {
        const host = document.querySelector("devanture-reviews")!;
        const from = root === "light" ? host.querySelector(".root")! : host.shadowRoot!.querySelector(".root")!;
        return [...from.querySelectorAll("h2, h3, .value, .line, .criteria dd, .checked, .rule, .said, .body p, .by, .facts, .answer, .acts, .card")].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          const text = element.classList.contains("acts") || element.classList.contains("card") ? "" : element.textContent!.replace(/\s+/g, " ").trim();
          return { text, box: [x, y, width, height].map((number) => Math.round(number)) };
        });
      }, root);
    await page.waitForFunction(() => [...document.styleSheets].some((sheet) => sheet.href?.endsWith("reviews.css")));
    const before = await boxes("light");
    const at = await page.locator("#below").evaluate((element) => element.getBoundingClientRect().y);
    await page.evaluate(([api, key]) => {
      const script = document.createElement("script");
      Object.assign(script, { src: `${api}/devanture.js`, async: true });
      script.dataset["siteKey"] = key;
      document.head.append(script);
    }, [stack.api, "pk_Lorm3LLeB0utiqueFr2026AA"] as const);
    const shown = new Reviews(page);
    await expect(shown.root.getByRole("searchbox")).toBeVisible();
    const after = await boxes("shadow");
    expect(after.length).toBe(before.length);
    // One at a time, so that a failure says where it begins.
    for (const [index, box] of after.entries()) expect(box).toEqual(before[index]);
    expect(await page.locator("#below").evaluate((element) => element.getBoundingClientRect().y)).toBeCloseTo(at, 0);
    expect(traffic.to("/v1/reviews")).toEqual([]);
    const shifts = await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts);
    expect(shifts.reduce((sum, { value }) => sum + value, 0)).toBe(0);
  });
}

test("the demo's product page: cumulative layout shift is 0", async ({ page, stack, traffic }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => {
    const shifts: Shift[] = ((window as unknown as { shifts: Shift[] }).shifts = []);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push({ value: (entry as unknown as Shift).value });
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${stack.shop}/produit/${PRODUCT}#avis`);
  const shown = new Reviews(page);
  await expect(shown.root.getByRole("searchbox")).toBeVisible();
  expect(traffic.to("/v1/reviews")).toEqual([]);
  const shifts = await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts);
  expect(shifts.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.01);
});

test("other widgets draw at the same time on a slow phone: what the server has drawn is there in every frame", async ({ page, stack }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 12 });
  await page.addInitScript(() => {
    const heights: number[] = ((window as unknown as { heights: number[] }).heights = []);
    const look = (): void => {
      const host = document.querySelector("devanture-reviews");
      // While the page itself comes there is less of it.
      if (host && document.readyState !== "loading") heights.push(Math.round(host.getBoundingClientRect().height));
      requestAnimationFrame(look);
    };
    look();
  });
  await page.goto(`${stack.shop}/produit/${PRODUCT}#avis`);
  await expect(new Reviews(page).root.getByRole("searchbox")).toBeVisible({ timeout: 20_000 });
  const heights = await page.evaluate(() => (window as unknown as { heights: number[] }).heights);
  expect(Math.min(...heights)).toBe(Math.max(...heights));
});
