// Reviews as shoppers send them, for those who moderate.
import { expect } from "@playwright/test";
import { KEY, type Stack } from "./stack.ts";

export interface Written {
  token: string;
  review: { id: string };
}

const headers = (stack: Stack, more: Record<string, string> = {}) => ({ "devanture-key": KEY, origin: stack.shop, ...more });

/** Writes a review, which waits to be read. */
export async function write(stack: Stack, says: Record<string, unknown>): Promise<Written> {
  const response = await fetch(`${stack.api}/v1/reviews`, {
    method: "POST",
    headers: headers(stack, { "content-type": "application/json", "idempotency-key": crypto.randomUUID() }),
    body: JSON.stringify({ rating: 4, author: "Iris", experienced_on: "2026-01-10", locale: "fr", email: "iris@example.com", ...says }),
  });
  const text = await response.text();
  expect(response.status, text).toBe(201);
  return JSON.parse(text) as Written;
}

/** A picture of 40 × 40 pixels, uploaded; its id. */
export async function photo(stack: Stack, bytes: Buffer): Promise<string> {
  const response = await fetch(`${stack.api}/v1/review-photos`, {
    method: "POST",
    headers: headers(stack, { "content-type": "image/png" }),
    body: new Uint8Array(bytes),
  });
  const text = await response.text();
  expect(response.status, text).toBe(201);
  return (JSON.parse(text) as { id: string }).id;
}

/** A reader finds something wrong with it. */
export async function report(stack: Stack, id: string, reason: string, note: string): Promise<void> {
  const response = await fetch(`${stack.api}/v1/reviews/${id}/reports`, {
    method: "POST",
    headers: headers(stack, { "content-type": "application/json" }),
    body: JSON.stringify({ reason, note }),
  });
  expect(response.status, await response.text()).toBe(204);
}

/** What shoppers see of a product. */
export async function published(stack: Stack, product: string): Promise<{ id: string; answer?: { body: string }; photos?: unknown[] }[]> {
  const page = await stack.get<{ items: { id: string }[] }>("/v1/reviews", { product, limit: "50" });
  return page.items;
}
