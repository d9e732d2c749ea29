// Reviews as a shopper meets them, and as head office decides about them.
import type { Locator, Page } from "@playwright/test";
import { deflateSync } from "node:zlib";
import { expect, KEY, type Stack } from "./stack.ts";

export interface Review {
  id: string;
  rating: number;
  body: string;
  author?: string;
  size?: string;
  language: string;
  published_at?: number;
  helpful: number;
  photos?: { id: string }[];
}
export interface ReviewPage {
  summary?: { count: number; average_hundredths?: number; stars: number[]; sizes: { value: string; count: number }[] };
  items: Review[];
  next?: string;
}

/** The demo's product with most reviews. */
export const PRODUCT = "robe-augustine";

export const reviews = (stack: Stack, query: Record<string, string> = {}): Promise<ReviewPage> =>
  stack.get("/v1/reviews", { product: PRODUCT, ...query });

export const element = (attributes = `product="${PRODUCT}"`, inner = ""): string => `<devanture-reviews ${attributes}>${inner}</devanture-reviews>`;

export class Reviews {
  readonly root: Locator;
  readonly cards: Locator;
  readonly status: Locator;
  readonly form: Locator;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.root = page.locator("devanture-reviews");
    this.cards = this.root.locator("[part=card]");
    this.status = this.root.locator("[part=status]");
    this.form = this.root.locator("form");
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole("button", { name, exact: typeof name === "string" });
  }

  field(name: string): Locator {
    return this.form.locator(`[name="${name}"]`);
  }

  async ready(): Promise<void> {
    await expect(this.cards.first()).toBeVisible();
    await expect(this.root.locator("section")).toHaveAttribute("aria-busy", "false");
  }

  /** Bodies of what is listed. */
  ids(): Promise<string[]> {
    return this.root.locator("ol > li").evaluateAll((items) => items.map((item) => item.id.replace("review-", "")));
  }

  async rate(stars: number): Promise<void> {
    await this.form.getByRole("radio", { name: new RegExp(`^${stars} (star|étoile)`) }).check({ force: true });
  }

  /** Fills what has to be filled. */
  async fill(body: string, author = "Zoé"): Promise<void> {
    await this.rate(4);
    await this.field("body").fill(body);
    await this.field("author").fill(author);
    const bought = this.field("experienced_on");
    if (await bought.count()) await bought.fill("2026-11-03");
  }

  get send(): Locator {
    return this.button(/^(Send my review|Envoyer mon avis)$/);
  }
}

/** A link that the shop sends itself: its token. */
export async function invite(stack: Stack, item: Record<string, unknown> = {}): Promise<string> {
  const asked = { origin: crypto.randomUUID(), product: PRODUCT, size: "40", experienced_on: "2026-11-03", locale: "en", ...item };
  const made = await stack.admin<{ items: { link: string }[] }>("POST", "/reviews/requests", { site: "shop", items: [asked] });
  return made.items[0]!.link;
}

/** Head office decides about the review with these words; every instance has heard of it then. */
export async function decide(stack: Stack, words: string, decision: "publish" | "refuse", reason?: string): Promise<string> {
  const waiting = await stack.admin<{ items: (Review & { number: number; about: string; subject: string })[] }>("GET", "/reviews?limit=200");
  const found = waiting.items.find((review) => review.body.includes(words))!;
  const listed = (api: string): Promise<string> => fetch(`${api}/v1/reviews?key=${KEY}&${found.about}=${found.subject}`).then((answer) => answer.text());
  // So that each keeps the list as it was, and has a new one only once it has heard.
  const before = await Promise.all(stack.instances.map(listed));
  await stack.admin("POST", "/reviews/decisions", { decision, reason, items: [{ id: found.id, number: found.number }] });
  if (decision === "publish") {
    for (const [at, api] of stack.instances.entries()) await expect.poll(() => listed(api)).not.toBe(before[at]);
  }
  return found.id;
}

/** Writes by the API, as somebody else. */
export async function write(stack: Stack, body: string, more: Record<string, unknown> = {}): Promise<{ token: string; review: Review }> {
  const response = await fetch(`${stack.api}/v1/reviews`, {
    method: "POST",
    headers: { "devanture-key": KEY, origin: stack.shop, "idempotency-key": crypto.randomUUID(), "content-type": "application/json" },
    body: JSON.stringify({ product: PRODUCT, rating: 5, body, author: "Ann", experienced_on: "2026-11-03", locale: "en", ...more }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { token: string; review: Review };
}

/** A PNG of noise, so that it has some weight. */
export function png(width = 320, height = 240): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let at = 0; at < rows.length; at++) rows[at] = at % (width * 3 + 1) ? (at * 2654435761) >>> 24 : 0;
  const chunk = (type: string, data: Buffer): Buffer => {
    const out = Buffer.alloc(data.length + 12);
    out.writeUInt32BE(data.length);
    out.write(type, 4, "latin1");
    data.copy(out, 8);
    out.writeUInt32BE(crc(out.subarray(4, data.length + 8)), data.length + 8);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function crc(bytes: Buffer): number {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

/** A PNG that says it is this large, and holds next to nothing. */
export function bomb(side = 20_000): Buffer {
  const made = png(1, 1);
  made.writeUInt32BE(side, 16);
  made.writeUInt32BE(side, 20);
  made.writeUInt32BE(crc(made.subarray(12, 29)), 29);
  return made;
}
