// The examples of server rendering, run as a shop's server runs them: each gives what the API gives, and the widget takes it over.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Liquid } from "liquidjs";
// @ts-expect-error: an example for shops, without types.
import { reviews, toShopify } from "../../../examples/server-rendering/devanture-reviews.mjs";
import { PRODUCT, Reviews } from "../support/reviews.ts";
import { expect, KEY, test, type Stack } from "../support/stack.ts";

const run = promisify(execFile);
const folder = new URL("../../../examples/server-rendering/", import.meta.url);
const php = await run("php", ["--version"]).then(() => true, () => false);

const fragment = async (stack: Stack): Promise<string> =>
  (await fetch(`${stack.api}/v1/ssr/reviews?${new URLSearchParams({ key: KEY, product: PRODUCT, lang: "en" })}`)).text();

const folderOf = async (path: string): Promise<string> => ((await mkdir(path, { recursive: true })), path);

/** The file, included by a page of the shop. `temp` is where it keeps what it has fetched. */
async function byPhp(api: string, temp: string): Promise<string> {
  const call = "require $argv[1]; echo devanture_reviews($argv[2], $argv[3], $argv[4], 'en');";
  const file = fileURLToPath(new URL("devanture-reviews.php", folder));
  const { stdout, stderr } = await run("php", ["-d", "display_errors=stderr", "-r", call, file, api, KEY, PRODUCT], {
    env: { ...process.env, TMPDIR: temp },
  });
  expect(stderr, "no warning either").toBe("");
  return stdout;
}

/** A section of Shopify's, with the metafield that `toShopify` has written. */
async function byLiquid(html: string): Promise<string> {
  let written: { namespace: string; key: string; value: string }[] = [];
  const shopify = async (_: unknown, request: { body: string }): Promise<Response> => {
    written = JSON.parse(request.body).variables.fields;
    return Response.json({ data: { metafieldsSet: { userErrors: [] } } });
  };
  await toShopify({ shop: "shop.example", token: "shpat", productGid: "gid://shopify/Product/1", html }, { fetch: shopify as unknown as typeof fetch });
  const [field] = written;
  const engine = new Liquid();
  // Of Shopify's own: it says what the theme editor shows, and draws nothing.
  engine.registerTag("schema", {
    parse(_, rest) {
      while (rest.length > 0 && (rest.shift() as { name?: string }).name !== "endschema");
    },
    render: () => "",
  });
  const product = { handle: PRODUCT, metafields: { [field!.namespace]: { [field!.key]: { value: field!.value } } } };
  return engine.parseAndRender(readFileSync(new URL("devanture-reviews.liquid", folder), "utf8"), { product });
}

for (const example of ["node", "php", "liquid"] as const) {
  test(`${example}: the API's own HTML, which the widget takes over without asking again`, async ({ page, stack, traffic }, { outputDir }) => {
    test.skip(example === "php" && !php, "php is not there: apt-get install php-cli");
    const html = await fragment(stack);
    expect(html).toContain("application/ld+json");
    const shop = { api: stack.api, key: KEY, product: PRODUCT, lang: "en" };
    const drawn = {
      node: async () => `<devanture-reviews product="${PRODUCT}">${await reviews(shop)}</devanture-reviews>`,
      php: async () => `<devanture-reviews product="${PRODUCT}">${await byPhp(stack.api, await folderOf(outputDir))}</devanture-reviews>`,
      liquid: async () => byLiquid(html),
    };
    const body = await drawn[example]();
    expect(body).toContain(html.trim());
    await page.goto(stack.page({ body }));
    await expect(new Reviews(page).root.getByRole("searchbox")).toBeVisible();
    expect(traffic.to("/v1/reviews")).toEqual([]);
  });
}

test("php: what was fetched is kept for when the server does not answer; before, there is nothing", async ({ stack }, { outputDir }) => {
  test.skip(!php, "php is not there: apt-get install php-cli");
  const temp = await folderOf(outputDir);
  expect(await byPhp("http://127.0.0.1:9", temp), "nobody listens there").toBe("");
  const html = await byPhp(stack.api, temp);
  expect(html).toBe(await fragment(stack));
  const [file] = await readdir(temp);
  await writeFile(`${temp}/${file}`, "kept");
  expect(await byPhp(stack.api, temp), "for five minutes").toBe("kept");
  const old = new Date(Date.now() - 301_000);
  await utimes(`${temp}/${file}`, old, old);
  expect(await byPhp(stack.api, temp)).toBe(html);
});
