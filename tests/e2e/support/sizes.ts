// The size memory as a shopper meets it, on pages that behave as shops do.
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { KEY, type Stack } from "./stack.ts";

export interface Size {
  label: string;
  /** The host says that it is sold out. */
  off?: boolean;
  /** The one colour that it is left in. */
  only?: string;
}

export const SHOPS = ["prestashop", "magento", "woocommerce", "shopify", "generic"] as const;
export type Shop = (typeof SHOPS)[number];
/** Those whose theme has a size chosen before anybody did. */
export const WITH_DEFAULT: readonly Shop[] = ["prestashop", "shopify"];

/** A dress of the demo, in sizes 34 to 46, and a SKU of it. */
export const PRODUCT = "ROBE-AUGUSTINE";
export const STORED = `devanture:sizes:${KEY}`;

export const LINKED = `devanture:sizes-link:${KEY}`;

export const sizes = (...labels: string[]): Size[] => labels.map((label) => ({ label }));
export const NUMBERS = sizes("36", "38", "40", "42");

export interface Given {
  sizes?: Size[];
  product?: string;
  sku?: string;
  attributes?: string;
  /** Before or after the product. */
  more?: string;
  head?: string;
}

/** A page of such a shop. */
export async function shopPage(stack: Stack, shop: Shop, given: Given = {}): Promise<string> {
  const html = readFileSync(new URL(`../../fixtures/shops/${shop}.html`, import.meta.url), "utf8");
  const sku = given.sku ?? (await skuOf(stack));
  const body = html
    .replaceAll("{{sizes}}", JSON.stringify(given.sizes ?? NUMBERS))
    .replaceAll("{{product}}", given.product ?? PRODUCT)
    .replaceAll("{{sku}}", sku);
  return stack.page({ body: element(given.attributes) + body + (given.more ?? ""), ...(given.head !== undefined && { head: given.head }) });
}

/** What a card of a listing says of its product; a card of which platform has the SKU depends on the platform. */
export interface Card {
  id: string;
  sku?: string;
}

/** A listing of such a shop; its `more` draws further cards. */
export function listingPage(stack: Stack, shop: Shop, cards: Card[]): string {
  const html = readFileSync(new URL(`../../fixtures/shops/listing-${shop}.html`, import.meta.url), "utf8");
  return stack.page({ body: element() + html.replace("{{cards}}", JSON.stringify(cards)) });
}

let known: string | undefined;
export async function skuOf(stack: Stack): Promise<string> {
  known ??= (await stack.get<{ variants: { sku: string }[] }>("/v1/product", { id: PRODUCT })).variants[0]!.sku;
  return known;
}

export const element = (attributes = 'consent="granted"'): string => `<devanture-size-memory ${attributes}></devanture-size-memory>`;

/** Has the browser remember this from before the page. */
export async function remembered(page: Page, ...lines: string[]): Promise<void> {
  const text = ["1", "P\t", ...lines].join("\n");
  await page.addInitScript(([key, text]) => sessionStorage.getItem("seeded") ?? (localStorage.setItem(key!, text!), sessionStorage.setItem("seeded", "1")), [STORED, text]);
}

export const hostLog = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { hostLog: string[] }).hostLog);
export const stored = (page: Page): Promise<string | null> => page.evaluate((key) => localStorage.getItem(key), STORED);

/** Chooses a size in the page as a shopper does. */
export async function chooseInPage(page: Page, shop: Shop, label: string): Promise<void> {
  if (shop === "prestashop" || shop === "woocommerce") {
    // By keys: what is set by script is nobody's choice.
    await page.locator(shop === "prestashop" ? "#group_1" : "#pa_taille").focus();
    await page.keyboard.type(label);
  } else if (shop === "magento") await page.locator(`.size .swatch-option[data-option-label="${label}"]`).click();
  else if (shop === "shopify") await page.locator(`input[value="${label}"] + label`).click();
  else await page.getByRole("radio", { name: label, exact: true }).click();
}

/** Puts what is chosen into the page's basket as a shopper does. */
export const addInPage = (page: Page): Promise<void> => page.getByRole("button", { name: /^(Add to cart|Ajouter au panier|Buy)$/i }).click();

/** What the widget counts, request by request. */
export function figures(page: Page): string[] {
  const all: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/v1/size-figures") && request.method() === "POST") all.push(new URL(request.url()).search.replace(/^\?key=[^&]*&/, ""));
  });
  return all;
}

/** The size that is chosen in the page. */
export function chosenInPage(page: Page, shop: Shop): Promise<string | undefined> {
  return page.evaluate((shop) => {
    const text = (selector: string) => document.querySelector(selector)?.textContent?.trim();
    if (shop === "prestashop") return (document.querySelector("#group_1") as HTMLSelectElement).selectedOptions[0]?.text;
    if (shop === "woocommerce") return (document.querySelector("#pa_taille") as HTMLSelectElement).selectedOptions[0]?.text;
    if (shop === "magento") return text(".size .selected");
    if (shop === "shopify") return (document.querySelector("[name=Size-2]:checked") as HTMLInputElement)?.value;
    return text("[role=radio][aria-checked=true]");
  }, shop);
}

export class SizeMemory {
  readonly root: Locator;
  readonly line: Locator;
  readonly panel: Locator;

  constructor(page: Page, at = 0) {
    this.root = page.locator("devanture-size-memory").nth(at);
    this.line = this.root.locator("[part=size]");
    this.panel = this.root.getByRole("region");
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole("button", { name, exact: typeof name === "string" });
  }
}

/** Has the API say which sizes are left. */
export async function leaveOnly(page: Page, left: (size: string, key: string) => boolean): Promise<void> {
  await page.route(/\/v1\/sizes\?/, async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { items: { key: string; sizes: string[]; gone: string[] }[] };
    for (const item of answer.items) item.gone = item.sizes.filter((size) => !left(size, item.key));
    await route.fulfill({ response, json: answer });
  });
}
