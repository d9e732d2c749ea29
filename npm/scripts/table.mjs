// What the loader knows of the widgets, from their element.json: checked, and as short as can be, since every
// shopper downloads it.
import { camel } from "./types.mjs";

/** Attributes that every element has; the loader knows them. */
const common = ["site-key", "api", "lang", "loading", "height"];

/** Refuses what would only show as a broken page: a name of nothing, or two things of one name. */
export function check(folder, element) {
  const fail = (why) => {
    throw new Error(`widgets/${folder}/element.json: ${why}`);
  };
  if (element.tag !== `devanture-${folder}`) fail(`the tag must be devanture-${folder}`);
  if (element.chunk !== `${folder}.wasm`) fail(`the chunk must be ${folder}.wasm`);
  if (!/^[a-z-]+\.wasm$/.test(element.shares ?? "x.wasm")) fail("what it shares is one file");
  if (!element.locales.includes("en")) fail("English is what every language falls back to");
  const methods = element.methods.map((m) => m.name);
  const names = [
    ...element.attributes.filter((a) => !a.native).map((a) => a.property ?? camel(a.name)),
    ...element.properties.map((p) => p.name),
    ...methods,
  ];
  const lacking = common.find((name) => !element.attributes.some((a) => a.name === name));
  if (lacking) fail(`every element has ${lacking}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) fail(`two members are called ${twice}`);
  // The loader makes an attribute's name of any property's, see src/element.ts.
  for (const { name, property } of element.attributes) {
    if (!/^[a-z]+(-[a-z]+)*$/.test(name)) fail(`${name}: attributes are words of small letters with - between`);
    if (name.endsWith("-mode")) fail(`${name}: the property would be that of ${name.slice(0, -5)}`);
    const expected = methods.includes(name) ? `${camel(name)}Mode` : undefined;
    if (property !== expected) fail(`the property of ${name} must be ${expected ?? "left out"}`);
  }
  for (const name of methods) if (!/^[a-z]+$/i.test(name)) fail(`${name}: methods are of letters`);
  for (const { name } of element.properties) if (name !== "strings") fail(`the loader has no property ${name}`);
  const attributes = new Set(element.attributes.map((a) => a.name));
  for (const [index, { name, attribute }] of (element.first_request?.query ?? []).entries()) {
    if (!attributes.has(attribute)) fail(`first_request names an unknown attribute ${attribute}`);
    if (attribute !== (name === "key" ? "site-key" : name)) fail(`first_request gives ${attribute} another name`);
    if ((name === "key") !== (index === 0)) fail("first_request begins with the key");
  }
  if (element.first_request && !/^\/v1\/[\w/-]+$/.test(element.first_request.path)) fail("first_request is below /v1/");
  return element;
}

/**
 * A widget's line: name, `+` and the file that it shares with others, path and parameters of its first request, methods.
 * src/control.ts and src/define.ts read it. One without a first request has no first view either.
 */
function line({ tag, shares, first_request: first, methods }) {
  const parameters = first?.query.slice(1).map((q) => (q.default ? `${q.name}=${encodeURIComponent(q.default)}` : q.name));
  const request = first ? `?${first.path.slice("/v1/".length)}?${parameters.join("&")}` : "";
  const files = tag.slice("devanture-".length) + (shares ? `+${shares.slice(0, -".wasm".length)}` : "");
  return [files + request, ...methods.map((m) => m.name)].join(" ");
}

/** The text of `src/generated/definitions.ts`, but for its header. */
export function table(elements) {
  const [locales, ...others] = new Set(elements.map((e) => e.locales.join(" ")));
  if (others.length) throw new Error(`widgets/*/element.json: all widgets have the same locales, not ${locales} and ${others}`);
  let out = "/** A widget: its name, `+` and a file that it shares, `?` and the first request, its methods. */\n";
  out += `export const widgets =\n  ${JSON.stringify(elements.map(line).join())};\n\n`;
  out += `/** Languages there are files of texts for. */\nexport const locales = ${JSON.stringify(locales)};\n`;
  return out;
}
