// The stock locator as a shopper meets it, and what the API knows of the demo's stock.
import type { Locator, Page } from "@playwright/test";
import { expect, KEY, type Stack, type Store } from "./stack.ts";

export interface ItemAvailability {
  sku: string;
  availability: "in_stock" | "low" | "to_order" | "out";
  left?: number;
  expected_on?: string;
  counted_at?: number;
  confidence?: { trust: string; reason: string };
}
export interface StoreAvailability {
  items: ItemAvailability[];
  has_all: boolean;
  ready_at?: number;
  store: Store;
}
export interface AvailabilityPage {
  items: StoreAvailability[];
  total: number;
  shippable: boolean[];
  ships_from?: (string | null)[];
  origin?: unknown;
}
export interface SimilarPage {
  items: { name: string; sku: string; size?: string; url?: string; store: Store }[];
}
export interface Variant {
  sku: string;
  size?: string;
  colour?: string;
}
export interface Reservation {
  id: string;
  token: string;
  pickup_code: string;
  state: string;
  store_code: string;
  store_name: string;
  items: { sku: string; quantity: number }[];
}

export const NANTES = { lat: "47.218", lng: "-1.554" };
/** A dress of the demo, in several colours and sizes. */
export const PRODUCT = "ROBE-AUGUSTINE";

export const availability = (stack: Stack, items: string, query: Record<string, string> = {}): Promise<AvailabilityPage> =>
  stack.get("/v1/availability", { items, ...query });

export const variants = async (stack: Stack, id = PRODUCT): Promise<Variant[]> =>
  (await stack.get<{ variants: Variant[] }>("/v1/product", { id })).variants;

/** A variant that this many stores have, at least. */
export async function stocked(stack: Stack, stores = 6): Promise<Variant> {
  for (const variant of await variants(stack)) {
    if ((await availability(stack, variant.sku)).total >= stores) return variant;
  }
  throw new Error("the demo has too little stock");
}

export class StockLocator {
  readonly root: Locator;
  readonly input: Locator;
  readonly options: Locator;
  readonly status: Locator;
  readonly cards: Locator;
  readonly panel: Locator;
  readonly toggle: Locator;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator("devanture-stock-locator");
    this.input = this.root.getByRole("combobox");
    this.options = this.root.getByRole("listbox").getByRole("option");
    this.status = this.root.locator("p[part=status]");
    this.cards = this.root.getByRole("list", { name: /^(Stores|Magasins)$/ }).locator("> li");
    this.panel = this.root.getByRole("article");
    this.toggle = this.root.locator("[part=toggle]");
  }

  names(): Promise<string[]> {
    return this.cards.getByRole("heading").allTextContents();
  }

  card(name: string): Locator {
    return this.cards.filter({ has: this.page.getByRole("heading", { name, exact: true }) });
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole("button", { name, exact: typeof name === "string" });
  }

  group(name: RegExp): Locator {
    return this.root.getByRole("group", { name });
  }

  async ready(): Promise<void> {
    await expect(this.cards.first()).toBeVisible();
    await expect(this.status).not.toHaveText(/Loading|Chargement/);
  }

  async search(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  /** Opens the form of the first store that has it, and says which that is. */
  async reserve(): Promise<string> {
    const card = this.cards.filter({ has: this.page.locator("[part=reserve]") }).first();
    const name = (await card.getByRole("heading").textContent())!;
    await card.locator("[part=reserve]").click();
    await expect(this.panel.getByLabel(/^(Name|Nom)$/)).toBeVisible();
    return name;
  }

  async fill(contact: { name?: string; email?: string; phone?: string }): Promise<void> {
    for (const [field, text] of Object.entries(contact)) await this.panel.locator(`[name=${field}]`).fill(text);
  }

  get confirm(): Locator {
    return this.button(/^(Reserve, pay in store|Réserver, payer en magasin)$/);
  }

  get code(): Locator {
    return this.panel.locator(".digits");
  }
}

export const element = (attributes = ""): string =>
  `<devanture-stock-locator ${attributes}><a href="/stores">Try it on in a store</a></devanture-stock-locator>`;

/** Somebody nobody else is: the shop bounds how much one person reserves. */
let turn = 0;
export const somebody = (): { name: string; email: string } => ({ name: "Zoé Le Goff", email: `zoe.${process.pid}.${++turn}@example.com` });

/** Reserves by the API, as somebody else. */
export async function reserveByApi(stack: Stack, store_code: string, items: { sku: string; quantity: number }[], email: string): Promise<Reservation> {
  const response = await fetch(`${stack.api}/v1/reservations`, {
    method: "POST",
    headers: { "devanture-key": KEY, origin: stack.shop, "idempotency-key": crypto.randomUUID(), "content-type": "application/json" },
    body: JSON.stringify({ store_code, items, name: "Somebody else", email, locale: "fr" }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as Reservation;
}

/** Answers the page's availability with this, made of what the API says. */
export async function rewrite(page: Page, change: (answer: AvailabilityPage, url: URL) => void): Promise<void> {
  await page.route(/\/v1\/availability\?/, async (route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as AvailabilityPage;
    change(answer, new URL(route.request().url()));
    await route.fulfill({ response, json: answer });
  });
}

/** A problem as the API answers it. */
export const problem = (status: number, code: string, field?: string): object => ({
  status,
  contentType: "application/problem+json",
  headers: { "access-control-allow-origin": "*" },
  body: JSON.stringify({ type: `https://devanture.dev/problems/${code}`, title: code, status, code, field }),
});
