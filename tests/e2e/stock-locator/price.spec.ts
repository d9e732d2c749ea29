// What a page says of a price is not believed: only the catalogue's is kept and told.
import { expect, test } from "../support/stack.ts";
import { element, PRODUCT, somebody, stocked, StockLocator } from "../support/stock.ts";

interface Priced {
  sku: string;
  price?: { amount: number; currency: string };
}

test("JSON-LD that lies about the price: the ticket says nothing of it, the API and the mail the catalogue's", async ({ page, stack, traffic }) => {
  const { sku } = await stocked(stack);
  const { variants } = await stack.get<{ variants: Priced[] }>("/v1/product", { id: PRODUCT });
  const price = variants.find((variant) => variant.sku === sku)!.price!;
  const offers = { "@type": "Offer", price: "0.01", priceCurrency: "EUR" };
  const ld = JSON.stringify({ "@context": "https://schema.org", "@type": "Product", name: "Robe", sku, offers });
  await page.goto(stack.page({ head: `<script type="application/ld+json">${ld}</script>${stack.script()}`, body: element() }));
  const stock = new StockLocator(page);
  await stock.ready();
  expect(traffic.to("/availability").at(-1)!.searchParams.get("items"), "it is the page's product").toBe(sku);
  await stock.reserve();
  const person = somebody();
  await stock.fill(person);
  const answered = page.waitForResponse((response) => response.url().endsWith("/v1/reservations"));
  await stock.confirm.click();
  const made = (await (await answered).json()) as { token: string; items: Priced[] };
  await expect(stock.code).toBeVisible();
  await expect(stock.root).not.toContainText("0.01");
  const kept = await stack.get<{ items: Priced[] }>(`/v1/reservations/${made.token}`);
  expect([made.items, kept.items].map((items) => items.map((item) => [item.sku, item.price]))).toEqual([[[sku, price]], [[sku, price]]]);
  // Quoted-printable: lines are broken by `=`.
  const mail = (): string => (stack.mails().find((mail) => mail.includes(person.email)) ?? "").replace(/=\r?\n/g, "");
  await expect.poll(mail, { timeout: 20_000 }).toContain((price.amount / 100).toFixed(2));
  expect(mail()).not.toContain("0.01");
});
