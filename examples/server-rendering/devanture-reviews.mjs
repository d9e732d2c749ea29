// Reviews of a product as HTML, to be put inside <devanture-reviews>: for servers in Node and for workers of a CDN.
//
//     const html = await reviews({ api: "https://api.example.com", key: "pk_…", product: "ROBE", lang: "fr" });
//     response.end(`<devanture-reviews product="ROBE">${html}</devanture-reviews>`);
//
// What was fetched is kept for five minutes in this process, and asked for again by its tag. When the server does not answer within a second,
// what was kept last is shown, or nothing: the widget then asks by itself.

const FRESH_MS = 300_000;
const PATIENCE_MS = 1_000;
const MOST = 1_000;
const kept = new Map();

export async function reviews({ api, key, product, lang, itemId }, { fetch = globalThis.fetch, now = Date.now } = {}) {
  const url = new URL("/v1/ssr/reviews", api);
  url.search = new URLSearchParams({ key, product, lang, ...(itemId && { item_id: itemId }) });
  const known = kept.get(url.href);
  if (known && now() - known.at < FRESH_MS) return known.html;
  try {
    const headers = known?.tag ? { "if-none-match": known.tag } : {};
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status === 304 && known) {
      known.at = now();
      return known.html;
    }
    if (!answer.ok) return known?.html ?? "";
    const html = await answer.text();
    if (kept.size >= MOST) kept.delete(kept.keys().next().value);
    kept.set(url.href, { html, tag: answer.headers.get("etag"), at: now() });
    return html;
  } catch {
    return known?.html ?? "";
  }
}

// Shopify draws its pages itself, so that the fragment has to be there before: this writes it into a metafield of the product, which
// devanture-reviews.liquid shows. Run it for each product from time to time, with an access token of the Admin API that may write products.
export async function toShopify({ shop, token, productGid, html }, { fetch = globalThis.fetch } = {}) {
  const answer = await fetch(`https://${shop}/admin/api/2025-10/graphql.json`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-shopify-access-token": token },
    body: JSON.stringify({
      query: "mutation($fields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $fields) { userErrors { message } } }",
      variables: {
        fields: [{ ownerId: productGid, namespace: "devanture", key: "reviews", type: "multi_line_text_field", value: html }],
      },
    }),
  });
  const { data, errors } = await answer.json();
  const wrong = errors ?? data?.metafieldsSet.userErrors ?? [];
  if (!answer.ok || wrong.length > 0) throw new Error(`Shopify refused the metafield: ${JSON.stringify(wrong)}`);
}
