// The loader has room for the widgets to come: built with five more, as large as a widget is likely to be, it stays in its budget.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { budget, bundle, compressed, script } from "../scripts/loader.mjs";
import { check, table } from "../scripts/table.mjs";

const widgets = new URL("../../widgets/", import.meta.url);
const here = readdirSync(widgets).map((name) => JSON.parse(readFileSync(new URL(`${name}/element.json`, widgets), "utf8")));

/** Ten attributes of its own, three methods, and a first request. */
const invented = (name, methods, path, query, attributes) => {
  const of = (name) => ({ name, type: "string", description: "" });
  const own = attributes.split(" ").map(of);
  assert.equal(own.length, 10);
  const parameters = query.split("&").map((parameter) => parameter.split("="));
  return check(name, {
    tag: `devanture-${name}`,
    chunk: `${name}.wasm`,
    locales: here[0].locales,
    attributes: [...["site-key", "api", "loading", "height"].map(of), { ...of("lang"), native: true }, ...own],
    properties: [{ name: "strings" }],
    methods: methods.split(" ").map((name) => ({ name })),
    first_request: {
      path,
      query: [
        { name: "key", attribute: "site-key" },
        ...parameters.map(([name, otherwise]) => ({ name, attribute: name, default: otherwise })),
      ],
    },
  });
};

const five = [
  invented("hall-mirror", "reflect tilt polish", "/v1/glasses", "limit=5&frame&tint&lat&lng&radius", "frame tint size lat lng limit radius shop polish-url depth"),
  invented("tape-measure", "unroll advise forget", "/v1/size-charts", "garment&maker&section&unit=cm", "garment maker section gender unit chart cut lengths scale profile-url"),
  invented("outfit-board", "pin unpin share", "/v1/boards", "limit=3&garment&season&occasion", "garment season occasion limit budget currency palette layout basket-url board"),
  invented("help-desk", "open close send", "/v1/conversations", "department&topic", "department topic clerk greeting position opening copy-email order garment avatar-url"),
  invented("guest-book", "write filter translate", "/v1/entries", "limit=10&garment&sort=recent&rating", "garment rating limit sort order least-rating photos collapsed entry-url width"),
];

const size = async (elements) => {
  const plugin = {
    name: "definitions",
    setup: (build) => build.onLoad({ filter: /definitions\.ts$/ }, () => ({ contents: table(elements), loader: "ts" })),
  };
  const made = { hash: "0123456789abcdef", version: "0.1.0" };
  const { outputFiles } = await bundle("script.ts", made, { ...script, write: false, plugins: [plugin] });
  return compressed(outputFiles[0].contents);
};

test("five more widgets fit into the loader, and each adds a line of text", async (t) => {
  const now = await size(here);
  const then = await size([...here, ...five.slice(0, Math.max(0, 6 - here.length))]);
  t.diagnostic(`${now} bytes with ${here.length}, ${then} with six; ${budget - then} to spare`);
  assert.ok(then <= budget - 100, `${then} bytes`);
  const more = await size([...here, ...five]);
  assert.ok(more - now <= 5 * 40, `${more - now} bytes for five`);
});

test("what the table cannot say is refused", () => {
  const element = structuredClone(five[0]);
  const refused = (change, why) => {
    const changed = structuredClone(element);
    change(changed);
    assert.throws(() => check("hall-mirror", changed), why);
  };
  check("hall-mirror", element);
  refused((e) => e.attributes.push({ name: "reflect" }), /two members are called reflect/);
  refused((e) => e.attributes.push({ name: "reflect", property: "other" }), /must be reflectMode/);
  refused((e) => e.attributes.push({ name: "x2" }), /small letters/);
  refused((e) => e.attributes.push({ name: "night-mode" }), /that of night/);
  refused((e) => e.properties.push({ name: "items" }), /no property items/);
  refused((e) => (e.first_request.path = "/v2/x"), /below \/v1\//);
  refused((e) => e.first_request.query.reverse(), /begins with the key/);
  assert.throws(() => table([element, { ...element, locales: ["en", "de"] }]), /same locales/);
});
