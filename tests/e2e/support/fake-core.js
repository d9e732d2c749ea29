// Stands in for the WebAssembly build behind core.js: keeps the contract of core.js and shows what it
// was given, so that the loader is tested alone. It compiles real (empty) modules, since that is what
// a content security policy forbids.
const mounted = new Map();
let next = 0;

let panicked = false;

/** A widget reads the attributes itself. */
const attributes = (host) => Object.fromEntries([...host.attributes].map(({ name, value }) => [name, value]));

const log = (...entry) => (globalThis.calls ??= []).push(entry);

async function compile(response) {
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return WebAssembly.instantiateStreaming(response, {});
}

export default async function init({ module_or_path }) {
  await compile(await module_or_path);
}

export async function mount(tag, host, root, props) {
  await compile(await fetch(new URL(`${tag.slice("devanture-".length)}.wasm`, import.meta.url)));
  await props.strings;
  const box = document.createElement("div");
  box.className = "widget";
  const title = document.createElement("h2");
  const count = document.createElement("input");
  count.ariaLabel = "Search";
  const list = document.createElement("p");
  list.className = "stores";
  box.append(title, count, list);
  root.append(box);
  const handle = ++next;
  mounted.set(handle, { box, host, props });
  log("mount", tag, { lang: props.lang, attrs: attributes(host), siteKey: props.siteKey, first: props.first?.url, base: props.base });
  props.strings.then((texts) => (title.textContent = texts.title), () => {});
  props.first?.response.then((r) => r.json()).then((page) => {
    list.textContent = page.items.map((s) => s.name).join();
    props.first.drawn();
  });
  return handle;
}

export function update(handle, props) {
  const { box, host } = mounted.get(handle);
  log("update", handle, { lang: props.lang, attrs: attributes(host), first: props.first });
  props.strings.then((texts) => (box.querySelector("h2").textContent = texts.title));
}

export function call(handle, method, args) {
  log("call", handle, method, args);
  if (method === "refresh") {
    // Like a panic in WebAssembly: every widget of the instance is told, and nothing works any more.
    panicked = true;
    for (const { props } of mounted.values()) props.fail("panicked", "the widget has failed");
  }
  return `${method} ${args.join()}`;
}

export function unmount(handle) {
  if (panicked) throw new WebAssembly.RuntimeError("unreachable");
  log("unmount", handle);
  mounted.get(handle).box.remove();
  mounted.delete(handle);
}
