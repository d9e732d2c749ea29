// search="local": one index for the whole visit, no request per keystroke.
import { StoreLocator } from "../support/locator.ts";
import { expect, test, type Stack, type Traffic } from "../support/stack.ts";
import type { Page } from "@playwright/test";

async function opened(page: Page, stack: Stack): Promise<StoreLocator> {
  await page.goto(stack.page({ body: stack.element('search="local"') }));
  const locator = new StoreLocator(page);
  await expect(locator.status).toHaveText("190 stores");
  return locator;
}

/** Types this until the API is not asked for suggestions: while the index is on its way, it is. */
async function indexed(locator: StoreLocator, traffic: Traffic, text: string): Promise<void> {
  const typed = async () => {
    const before = traffic.to("/v1/suggest").length;
    await locator.input.fill("");
    await locator.input.pressSequentially(text);
    await expect(locator.options.first()).toBeVisible();
    return traffic.to("/v1/suggest").length - before;
  };
  await expect.poll(typed).toBe(0);
}

test("one request for the index when the field is first touched, and none for suggestions", async ({ page, stack, traffic }) => {
  const locator = await opened(page, stack);
  expect(traffic.to("/v1/store-index")).toEqual([]);
  await locator.input.focus();
  await expect.poll(() => traffic.to("/v1/store-index").length).toBe(1);
  await indexed(locator, traffic, "bord");
  const asked = traffic.to("/v1/suggest").length;
  for (const [text, expected] of [["renn", "Rennes"], ["lil", "Lille"], ["angers", "Angers"], ["mars", "Marseille"]] as const) {
    await locator.input.fill(text);
    await expect(locator.options.first()).toContainText(expected);
  }
  await locator.button("Clear").click();
  await locator.input.pressSequentially("nantes");
  await expect(locator.options.first()).toContainText("Nantes");
  expect(traffic.to("/v1/store-index")).toHaveLength(1);
  expect(traffic.to("/v1/suggest")).toHaveLength(asked);
});

for (const [typed, expected] of [
  ["nante", "Nantes"],
  ["nnates", "Nantes"],
  ["orleans", "Orléans"],
  ["ORLÉANS", "Orléans"],
  ["saint denis", "Saint-Denis"],
  ["st denis", "Saint-Denis"],
  ["angulême", "Angoulême"],
  ["besancon", "Besançon"],
  ["la roche", "La Roche-sur-Yon"],
  ["marsielle", "Marseille"],
  ["44000", "44000"],
] as const) {
  test(`“${typed}” finds ${expected}`, async ({ page, stack }) => {
    const locator = await opened(page, stack);
    await locator.input.pressSequentially(typed);
    await expect(locator.options.first()).toContainText(expected);
  });
}

test("a pick lists what is nearest to it, a store's name opens the store", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.input.pressSequentially("orleans");
  await expect(locator.options.first()).toContainText("Orléans");
  await locator.input.press("ArrowDown");
  await locator.input.press("Enter");
  await expect(locator.status).toContainText("nearest to Orléans");
  await expect(locator.cards.first()).toContainText("Lormelle Orléans");
  await locator.input.fill("");
  await locator.input.pressSequentially("lormelle guerande");
  await locator.options.filter({ hasText: "Lormelle Guérande" }).click();
  await expect(locator.panel.getByRole("heading", { level: 2 })).toHaveText("Lormelle Guérande");
});

test("Enter without choosing finds it too; where that takes guessing, the API is asked", async ({ page, stack, traffic }) => {
  const locator = await opened(page, stack);
  await indexed(locator, traffic, "strasbourg");
  const asked = traffic.to("/v1/suggest").length;
  await expect(locator.options.first()).toContainText("Strasbourg");
  await locator.input.press("Enter");
  await expect(locator.cards.first()).toContainText("Lormelle Strasbourg");
  expect(traffic.to("/v1/stores").filter((url) => url.searchParams.has("q"))).toEqual([]);
  await locator.input.fill("");
  await locator.input.pressSequentially("strasbuorg");
  await expect(locator.options.first()).toContainText("Strasbourg");
  await locator.input.press("Enter");
  await expect(locator.cards.first()).toContainText("Lormelle Strasbourg");
  expect(traffic.to("/v1/stores").filter((url) => url.searchParams.get("q") === "strasbuorg")).toHaveLength(1);
  expect(traffic.to("/v1/suggest")).toHaveLength(asked);
});

test("a place with no store is still found, by the API", async ({ page, stack }) => {
  const locator = await opened(page, stack);
  await locator.search("Guéméné-sur-Scorff");
  await expect(locator.status).toContainText(/nearest to Guémené-sur-Scorff|nearest to/);
  await expect(locator.root.locator("[part=distance]").first()).toBeVisible();
});

for (const [what, answer] of [
  ["503", { status: 503, body: "busy" }],
  ["rubbish", { status: 200, contentType: "application/octet-stream", body: "rubbish" }],
  ["HTML", { status: 200, contentType: "text/html", body: "<!doctype html>" }],
  ["out of reach", undefined],
] as const) {
  test(`an index that is ${what}: searching goes on by request`, async ({ page, stack, traffic }) => {
    await page.route(/\/v1\/store-index/, (route) => (answer ? route.fulfill(answer) : route.abort()));
    const locator = await opened(page, stack);
    await locator.input.pressSequentially("quimper");
    await expect(locator.options.first()).toContainText("Quimper");
    expect(traffic.to("/v1/suggest").length).toBeGreaterThan(0);
    await locator.input.press("Enter");
    await expect(locator.cards.first()).toContainText("Lormelle Quimper");
  });
}
