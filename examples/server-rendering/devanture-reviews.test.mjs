import assert from "node:assert/strict";
import { test } from "node:test";

import { reviews, toShopify } from "./devanture-reviews.mjs";

const asked = { api: "https://api.example.com", key: "pk_1", lang: "fr" };

function server(...answers) {
  const requests = [];
  const fetch = async (url, options) => {
    requests.push({ url: String(url), options });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { fetch, requests };
}

test("kept, asked for again by its tag, and shown while the server is away", async () => {
  let at = 0;
  const now = () => at;
  const { fetch, requests } = server(
    new Response("<section>one</section>", { headers: { etag: '"1"' } }),
    new Response(null, { status: 304 }),
    new Error("timeout"),
    new Response("oops", { status: 503 }),
    new Response("<section>two</section>"),
  );
  const get = () => reviews({ ...asked, product: "ROBE & CO", itemId: "https://x/#p" }, { fetch, now });
  assert.equal(await get(), "<section>one</section>");
  assert.equal(await get(), "<section>one</section>");
  assert.equal(requests.length, 1);
  const query = new URL(requests[0].url).searchParams;
  assert.deepEqual([query.get("product"), query.get("item_id")], ["ROBE & CO", "https://x/#p"]);
  for (let n = 1; n <= 3; n += 1) {
    at += 300_000;
    assert.equal(await get(), "<section>one</section>");
  }
  assert.equal(requests[1].options.headers["if-none-match"], '"1"');
  assert.equal(await get(), "<section>two</section>");
});

test("nothing where there never was an answer", async () => {
  const { fetch } = server(new Error("refused"));
  assert.equal(await reviews({ ...asked, product: "NONE" }, { fetch }), "");
});

test("Shopify's refusal is an error", async () => {
  const told = { shop: "x.myshopify.com", token: "t", productGid: "gid://shopify/Product/1", html: "<section/>" };
  const fine = server(Response.json({ data: { metafieldsSet: { userErrors: [] } } }));
  await toShopify(told, fine);
  assert.match(fine.requests[0].options.body, /multi_line_text_field/);
  const refused = server(Response.json({ data: { metafieldsSet: { userErrors: [{ message: "too long" }] } } }));
  await assert.rejects(toShopify(told, refused), /too long/);
});
