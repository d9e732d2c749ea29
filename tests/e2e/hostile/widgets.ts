// The widgets: what a shop writes, what is there when it is ready, one thing that a shopper does, and what that leads to.
import type { FrameLocator, Locator, Page } from "@playwright/test";
import { expect, type Stack } from "../support/stack.ts";
import * as reviews from "../support/reviews.ts";
import { skuOf } from "../support/sizes.ts";
import { stocked } from "../support/stock.ts";

export type Place = Page | FrameLocator;

export interface Widget {
  name: string;
  tag: string;
  attributes(stack: Stack): Promise<Record<string, string>>;
  /** What of the page it needs besides. */
  more?(stack: Stack): Promise<string>;
  /** What a shopper looks at; and its least size. */
  look: string;
  size: [width: number, height: number];
  /** What only its own style sheet does, in a place as wide as a desktop's. */
  styled: [selector: string, property: string, value: RegExp];
  /** Text to be read. */
  text: string;
  act(root: Locator, place: Place): Promise<void>;
  then(root: Locator, page: Page): Promise<void>;
  /** The same for a page that drives itself: an expression that is true once it is done. */
  self: { act: string; then: string };
}

const TWO_COLUMNS = /^\S+px \S+px$/;
const THREE_COLUMNS = /^\S+px \S+px \S+px$/;

const STORES: Widget = {
  name: "store locator",
  tag: "devanture-store-locator",
  attributes: async () => ({ limit: "5" }),
  look: ".root:not(.first) [part=card]",
  size: [280, 80],
  styled: [".root:not(.first) .search", "grid-template-columns", THREE_COLUMNS],
  text: ".root:not(.first) [part=card] .name",
  async act(root) {
    await root.locator(".root:not(.first) input").fill("Rennes");
    await root.locator(".root:not(.first) input").press("Enter");
  },
  async then(root) {
    await expect(root.locator("[part=status]")).toContainText("Rennes");
    await expect(root.locator("[part=card]").first()).toContainText("Lormelle Rennes");
  },
  self: { act: `element.search("Lille")`, then: `inside("[part=card]")?.textContent.includes("Lormelle Lille")` },
};

const MAP: Widget = {
  ...STORES,
  name: "store locator's map",
  async act(root) {
    await root.getByRole("button", { name: "Map", exact: true }).click();
  },
  async then(root) {
    await expect(root.locator(".pin-box")).toHaveCount(5);
    await expect(root.locator(".land").first()).toBeAttached();
    const [canvas, pin] = [(await root.locator(".canvas").boundingBox())!, (await root.locator(".pin-box").first().boundingBox())!];
    // Laid out by Leaflet's sheet and its own positions.
    expect(pin.x, "a pin's place on the map").toBeGreaterThan(canvas.x + 10);
    expect(pin.y, "a pin's place on the map").toBeGreaterThan(canvas.y + 10);
  },
  self: { act: `[...element.shadowRoot.querySelectorAll("button")].find((one) => one.textContent.trim() === "Map").click()`, then: `element.shadowRoot.querySelectorAll(".pin-box").length === 5` },
};

const STOCK: Widget = {
  name: "stock locator",
  tag: "devanture-stock-locator",
  attributes: async (stack) => ({ sku: (await stocked(stack)).sku }),
  look: "[part=card]",
  size: [280, 80],
  styled: [".search", "grid-template-columns", THREE_COLUMNS],
  text: "[part=card] h2",
  async act(root) {
    await root.locator("[part=reserve]").first().click();
  },
  async then(root) {
    const name = root.getByRole("article").getByLabel("Name");
    await name.fill("Zoé");
    await expect(name).toHaveValue("Zoé");
  },
  self: { act: `inside("[part=reserve]").click()`, then: `inside("[name=name]")` },
};

const SIZES: Widget = {
  name: "size memory",
  tag: "devanture-size-memory",
  attributes: async () => ({ consent: "granted" }),
  more: async (stack) =>
    `<script type="application/ld+json">{"@type":"Product","sku":"${await skuOf(stack)}"}</script>` +
    `<label>Size <select><option value="">Choose</option><option>38</option><option>40</option></select></label>`,
  look: "[part=size]",
  size: [60, 14],
  styled: [".line", "display", /^flex$/],
  text: "[part=size]",
  async act(root, place) {
    // By keys: what is set by script is nobody's choice.
    await place.locator("select").focus();
    await root.page().keyboard.type("40");
  },
  async then(root) {
    await expect(root.locator("[part=size]")).toHaveText("Your size: 40");
    await root.getByRole("button", { name: "Change" }).click();
    await expect(root.getByRole("region")).toBeVisible();
  },
  self: { act: `inside("button").click()`, then: `inside("[role=region], section")` },
};

const REVIEWS: Widget = {
  name: "reviews",
  tag: "devanture-reviews",
  attributes: async () => ({ product: reviews.PRODUCT }),
  look: "[part=card]",
  size: [280, 80],
  styled: [".top", "grid-template-columns", TWO_COLUMNS],
  text: "[part=card] .by strong",
  async act(root) {
    await root.getByRole("button", { name: /^5 stars:/ }).click();
  },
  async then(root) {
    await expect(root.getByRole("button", { name: /^5 stars:/ })).toHaveAttribute("aria-pressed", "true");
    await expect(root.locator("[part=status]")).toContainText("shown");
  },
  self: { act: `inside("[part=histogram]").click()`, then: `inside("[part=histogram]").getAttribute("aria-pressed") === "true"` },
};

const RATING: Widget = {
  name: "rating",
  tag: "devanture-rating",
  attributes: async () => ({ product: reviews.PRODUCT, href: "#there" }),
  look: "[part=rating]",
  size: [80, 16],
  styled: ["[part=rating]", "display", /^inline-flex$/],
  text: "[part=count]",
  async act(root) {
    await root.locator("a[part=rating]").click();
  },
  async then(_, page) {
    // Where a link leads is the page's affair, its `<base>` included.
    await expect.poll(() => page.frames().some((frame) => frame.url().endsWith("#there"))).toBe(true);
  },
  self: { act: `inside("a").click()`, then: `location.hash === "#there"` },
};

export const WIDGETS = [STORES, MAP, STOCK, SIZES, REVIEWS, RATING];
