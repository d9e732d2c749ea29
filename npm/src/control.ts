import { build, config, configured, trimmed } from "./config.js";
import type { Core, Props } from "./definition.js";
import { core, discard, locale, preload, quiet, shared, view } from "./load.js";
import { base, language, messages } from "./messages.js";

/** Whether a widget has a file of its own, or is in the core: `scripts/loader.mjs` sets it. */
declare const __SPLIT__: boolean;
/** Whether this is `devanture.js`, which knows its API from the start. */
declare const __SCRIPT__: boolean;

/** What an element's class calls. */
export interface Control {
  /** Texts that replace the built-in ones. */
  strings: Record<string, string> | null;
  /** The element has come into the document, or has left it. */
  connect(): void;
  /** Attributes or `strings` are others. */
  change(): void;
  /** Calls a method of the widget, which is loaded for it. */
  call(method: string, args: unknown[]): Promise<unknown>;
}

const make = (tag: string, part: string): HTMLElement => {
  const element = document.createElement(tag);
  element.setAttribute("part", part);
  return element;
};

/**
 * What stands behind an element: loads its widget, hands it its attributes, and shows the element's own content until then. All state is
 * in variables, since their names cost the download nothing. `request` is the widget's name with a file that it shares, its first
 * request's path below `/v1/` and that one's parameters with their defaults, with `?` between: `store-locator+stores?stores?limit=20&lat`.
 */
export const control = (host: HTMLElement, request: string): Control => {
  const [names, path, parameters] = request.split("?") as [string, ...string[]];
  const files = names.split("+");
  const widget = files[0];
  let loading: Promise<Core> | undefined;
  let module: Core | undefined;
  /** Set while the widget is mounted. */
  let handle: number | undefined;
  /** The load that is under way; one that has been given up for another is not this any more. */
  let turn: object | undefined;
  let waiting = false;
  /** Whether something has changed since the widget was last told. */
  let changed = false;
  const calls: (() => void)[] = [];
  let folder: string;
  let error: Element | undefined;
  /** The first view, until the widget has drawn its own. */
  let drawn: Element | undefined;

  const root = host.attachShadow({ mode: "open" });
  const slot = document.createElement("slot");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":host{display:block}:host([hidden]){display:none}");
  root.adoptedStyleSheets = [sheet];
  root.append(slot);

  const get = (name: string): string | null => host.getAttribute(name);

  /** Reserves the height. What is no length is ignored by the browser. */
  const style = (): void => {
    const height = get("height");
    (sheet.cssRules[0] as CSSStyleRule).style.minHeight = (+height! ? `${height}px` : height)!;
  };

  const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && load(), {
    rootMargin: "400px",
  });
  // Touching an element loads it, wherever it is.
  for (const touch of ["pointerdown", "focusin", "keydown"]) host.addEventListener(touch, () => waiting && load());

  /** Loads when near the viewport, when touched, or at once; or no longer waits for that. */
  const wait = (on: boolean): void => {
    waiting = on;
    observer.disconnect();
    if (on) {
      observer.observe(host);
      // What a letter's link opens is wanted at once, wherever it stands.
      if (get("loading") === "eager" || /^#devanture-/.test(location.hash)) load();
    }
  };

  const load = async (): Promise<void> => {
    if (turn || handle || !host.isConnected) return;
    const mine = (turn = {});
    wait(false);
    error?.remove();
    // A page that takes every style from everything (`* { all: unset }`) makes a box of it that keeps no height and measures no width.
    if (getComputedStyle(host).display === "inline") {
      sheet.insertRule(":host(:not([hidden])){display:block!important;container:_/inline-size!important}", 2);
    }
    try {
      // Later statements of the page's script may still configure, or set properties.
      await (__SCRIPT__ || get("api") || config.api ? null : configured);
      const given = props(true);
      changed = false;
      if (__SPLIT__) for (const file of files) preload(`${folder}${file}.wasm`);
      module = await (loading = core(folder));
      const mounted = host.isConnected ? await module.mount(host.localName, host, root, given) : undefined;
      // Yew lets the browser paint after 16 ms of drawing other widgets, and draws this one in a timer of at most 4 ms then: what
      // stands here goes in the same frame. Some have nothing to draw yet.
      const place = root.lastChild!;
      if (!place.firstChild) {
        await new Promise((go) => setTimeout(go, 9, new MutationObserver(go).observe(place, { childList: true })));
      }
      if (mine !== turn) return;
      turn = undefined;
      handle = mounted;
      if (!host.isConnected) return stop();
      slot.remove();
      if (changed) update();
      calls.splice(0).forEach((go) => go());
      emit("ready");
    } catch (error) {
      if (mine === turn) fail((error as Error).message);
    }
  };

  const props = (first?: boolean): Props => {
    const api = trimmed((get("api") ?? config.api)!);
    const siteKey = get("site-key") ?? config.siteKey ?? "";
    const lang = language(host);
    folder = `${trimmed(config.assets ?? `${api}/build/${build}`)}/`;
    const overrides = it.strings;
    const strings = locale(`${folder}locales/${widget}.${base(lang)}.json`).then(({ sheet: own, texts }) => {
      // It is the same in all languages, and others come to stand beside it.
      if (first) root.adoptedStyleSheets = [sheet, own];
      return { ...texts, ...overrides };
    });
    quiet(strings);
    let data: Props["first"] = null;
    if (first && path) {
      const query = new URLSearchParams({ key: siteKey });
      for (const [name, otherwise] of new URLSearchParams(parameters)) {
        const value = get(name) ?? otherwise;
        if (value) query.append(name, value);
      }
      query.append("lang", lang);
      const url = `${api}/v1/${path}?${query}`;
      data = { url, response: shared(url), drawn: () => drawn?.remove() };
      quiet(show(`${api}/v1/ssr/${widget}?${query}&utc_offset=${-new Date().getTimezoneOffset()}`, siteKey, strings));
    }
    return { api, siteKey, lang, strings, first: data, base: folder, fail: (code, message) => fail(message, true, code) };
  };

  /** Shows what the server has drawn, unless the widget is there before, or has been given up. */
  const show = async (url: string, siteKey: string, styled: Promise<unknown>): Promise<void> => {
    // The server knows neither the page's own texts nor the shopper's own store (`crates/host` keeps it). Where storage
    // is blocked, asking throws, and there is no view.
    if (it.strings || localStorage.getItem(`devanture:my-store:${siteKey}`)) return;
    const mine = turn;
    const body = await view(url);
    await styled;
    // The fallback's slot is gone when the widget is there.
    if (body && mine === turn) slot.replaceWith((drawn = body.cloneNode(true) as Element));
  };

  const update = (): void => {
    if (!handle) return;
    try {
      module!.update(handle, props());
    } catch (error) {
      fail((error as Error).message, true);
    }
  };

  /** Takes the widget away; its place is the fallback's again. */
  const stop = (): void => {
    const was = handle;
    handle = 0;
    if (was) module!.unmount(was);
    root.replaceChildren(slot);
  };

  /** `broken`: the instance has panicked. It is not touched again, and the next try gets another. */
  const fail = (message: string, broken?: boolean, code?: string): void => {
    turn = undefined;
    if (broken) {
      discard(folder, loading!);
      handle = 0;
    }
    stop();
    code ??= !globalThis.WebAssembly || /CSP|unsafe-eval/.test(message) ? "wasm_blocked" : "load_failed";
    const [said, again] = messages[base(language(host))] ?? messages.en;
    const button = make("button", "retry");
    error = make("p", "error");
    error.setAttribute("role", "alert");
    Object.assign(button, { textContent: it.strings?.["retry"] ?? again, onclick: load });
    error.append(it.strings?.["load_failed"] ?? said, " ", button);
    root.append(error);
    emit("error", { code, message, retry: load });
  };

  const emit = (name: string, detail?: unknown): boolean =>
    host.dispatchEvent(new CustomEvent(`devanture-${name}`, { detail, bubbles: true, composed: true }));

  const change = (records?: MutationRecord[]): void => {
    // Pages change these all the time, and they say nothing to a widget.
    if (records?.every((record) => /^(class|style)/.test(record.attributeName!))) return;
    style();
    if (waiting) wait(true);
    changed = true;
    update();
  };
  new MutationObserver(change).observe(host, { attributes: true });

  const it: Control = {
    strings: null,
    connect() {
      style();
      wait(host.isConnected && !handle);
      // A node that is only moved comes back within the task, and keeps its state.
      setTimeout(() => host.isConnected || stop());
    },
    change,
    async call(method, args) {
      load();
      // Also where it is mounted, so that no call overtakes one that has waited.
      await (handle || new Promise<void>((go) => calls.push(go)));
      return module!.call(handle!, method, args);
    },
  };
  return it;
};
