import { config, configured, folder } from "./config.js";
import { camel } from "./definition.js";
import type { Core, Definition, Props } from "./definition.js";
import { core, discard, locale, preload, quiet, shared, view } from "./load.js";
import { base, language, messages } from "./messages.js";
import { arrived } from "./queue.js";

/** Whether a widget has a file of its own, or is in the core: `scripts/build.mjs` sets it. */
declare const __SPLIT__: boolean;

type Call = [method: string, args: unknown[], done: (value: unknown) => void, failed: (reason: unknown) => void];

/** Touching an element loads it, wherever it is. */
const touches = ["pointerdown", "focusin", "keydown"];

let observer: IntersectionObserver | undefined;

/** Attributes of every element; the loader's own, or handed over under a name of their own. */
const common = ["site-key", "api", "lang:", "loading", "height"];

// There is no HTMLElement on a server.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** A widget's element: loads it, hands it its attributes, and shows its own content until then. */
export class DevantureElement extends Base {
  declare static definition: Definition;
  declare static id: string;
  declare static observedAttributes: string[];

  #core: Core | undefined;
  /** Set while the widget is mounted. */
  #handle: number | undefined;
  /** The load that is under way; one that has been given up for another is not this any more. */
  #turn: object | undefined;
  /** Whether something has changed since the widget was last told. */
  #changed = false;
  #calls: Call[] = [];
  #strings: Record<string, string> | null = null;
  #sheet = new CSSStyleSheet();
  #slot = document.createElement("slot");
  #error: Element | undefined;
  /** The first view, until the widget has drawn its own. */
  #view: Element | undefined;

  /** The class for one tag, with its accessors and methods. */
  static of(definition: Definition, id: string): typeof DevantureElement {
    const attributes = [...common, ...definition.attributes].map((entry) => entry.split(":") as [string, string?]);
    class Element extends DevantureElement {
      static override definition = definition;
      static override id = id;
      static override observedAttributes = attributes.map(([name]) => name);
    }
    const accessor = (name: string, attribute: string, get: (this: DevantureElement) => unknown): void => {
      if (!name) return;
      Object.defineProperty(Element.prototype, name, {
        configurable: true,
        get,
        set(this: DevantureElement, value: unknown) {
          if (value == null) this.removeAttribute(attribute);
          else this.setAttribute(attribute, value as string);
        },
      });
    };
    for (const [name, property = camel(name)] of attributes) {
      accessor(property, name, function () {
        return this.getAttribute(name);
      });
    }
    // Vue and React assign to whatever property there is: an attribute that is named like a method
    // (`search`) must then end up as the attribute.
    for (const method of definition.methods) {
      accessor(method, method, function () {
        return (...args: unknown[]) => this.#call(method, args);
      });
    }
    return Element;
  }

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [this.#sheet];
    root.append(this.#slot);
    this.#style();
  }

  get strings(): Record<string, string> | null {
    return this.#strings;
  }

  set strings(strings: Record<string, string> | null) {
    this.#strings = strings;
    this.attributeChangedCallback();
  }

  get #definition(): Definition {
    return (this.constructor as typeof DevantureElement).definition;
  }

  get #api(): string | undefined {
    return (this.getAttribute("api") ?? config.api)?.replace(/\/+$/, "");
  }

  connectedCallback(): void {
    // What was assigned before the element was defined hides the accessors.
    const own = this as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(own)) {
      delete own[name];
      own[name] = value;
    }
    this.#wait(this.#handle === undefined);
    arrived(this);
  }

  disconnectedCallback(): void {
    this.#wait(false);
    // A node that is only moved comes back within the task, and keeps its state.
    setTimeout(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name?: string): void {
    if (name === "height") this.#style();
    if (name === "loading" && this.isConnected) this.#wait(this.#handle === undefined);
    if (this.#handle !== undefined && !this.#changed) queueMicrotask(() => this.#update());
    this.#changed = true;
  }

  #style(): void {
    const height = this.getAttribute("height") ?? "";
    const length = +height ? `${height}px` : height;
    this.#sheet.replaceSync(
      `:host{display:block${CSS.supports("height", length) ? `;min-height:${length}` : ""}}:host([hidden]){display:none}`,
    );
  }

  /** Loads when near the viewport, when touched, or at once; or no longer waits for that. */
  #wait(on: boolean): void {
    observer ??= new IntersectionObserver(
      (entries) =>
        entries.forEach((entry) => entry.isIntersecting && (entry.target as DevantureElement).#load()),
      { rootMargin: "400px" },
    );
    observer[on ? "observe" : "unobserve"](this);
    for (const touch of touches) this[on ? "addEventListener" : "removeEventListener"](touch, this.#load);
    if (on && this.getAttribute("loading") === "eager") this.#load();
  }

  #load = async (): Promise<void> => {
    if (this.#turn || this.#handle !== undefined || !this.isConnected) return;
    const turn = (this.#turn = {});
    this.#wait(false);
    this.#error?.remove();
    try {
      // Later statements of the page's script may still configure, or set properties.
      await (this.#api ? null : configured);
      const props = this.#props(true);
      this.#changed = false;
      if (__SPLIT__) preload(`${props.base}${this.#widget}.wasm`);
      this.#core = await core(props.base);
      const handle = this.isConnected
        ? await this.#core.mount(this.#definition.tag, this, this.shadowRoot!, props)
        : undefined;
      if (turn !== this.#turn) return;
      this.#turn = undefined;
      this.#handle = handle;
      if (!this.isConnected) return this.#stop();
      this.#slot.remove();
      if (this.#changed) this.#update();
      this.#flush();
      this.#emit("ready");
    } catch (error) {
      if (turn === this.#turn) this.#fail(error as Error);
    }
  };

  /** The part of the tag that names the widget's files. */
  get #widget(): string {
    return this.#definition.tag.slice("devanture-".length);
  }

  #props(first: boolean): Props {
    const definition = this.#definition;
    const api = this.#api!;
    const siteKey = this.getAttribute("site-key") ?? config.siteKey ?? "";
    const lang = language(this, definition.locales);
    const attrs: Props["attrs"] = {};
    for (const attribute of definition.attributes) {
      const [name] = attribute.split(":") as [string];
      const value = this.getAttribute(name);
      if (value != null) attrs[camel(name)] = value;
    }
    const folderUrl = folder(api);
    const overrides = this.#strings;
    const strings = locale(`${folderUrl}locales/${this.#widget}.${base(lang)}.json`).then(({ sheet, texts }) => {
      // It is the same in all languages, and others come to stand beside it.
      if (first) this.shadowRoot!.adoptedStyleSheets = [this.#sheet, sheet];
      return { ...texts, ...overrides };
    });
    quiet(strings);
    let request: Props["first"] = null;
    if (first && definition.first) {
      const query = new URLSearchParams();
      for (const parameter of definition.first.query) {
        const [name, otherwise] = parameter.split("=") as [string, string?];
        const value = name === "key" ? siteKey : (this.getAttribute(name) ?? otherwise);
        if (value) query.append(name, value);
      }
      query.append("lang", lang);
      const url = `${api}${definition.first.path}?${query}`;
      request = { url, response: shared(url), drawn: () => this.#view?.remove() };
      const utcOffset = -new Date().getTimezoneOffset();
      quiet(this.#show(`${api}/v1/ssr/${this.#widget}?${query}&utc_offset=${utcOffset}`, siteKey, strings));
    }
    const fail = (code: string, message: string): void => this.#fail({ code, message }, true);
    return { api, siteKey, lang, strings, first: request, attrs, base: folderUrl, fail };
  }

  /** Shows what the server has drawn, unless the widget is there before, or has been given up. */
  async #show(url: string, siteKey: string, styled: Promise<unknown>): Promise<void> {
    // The server knows neither the page's own texts nor the shopper's own store (`crates/host` keeps it). Where storage
    // is blocked, asking throws, and there is no view.
    if (this.#strings || localStorage.getItem(`devanture:my-store:${siteKey}`)) return;
    const turn = this.#turn;
    const drawn = await view(url);
    await styled;
    // The fallback's slot is gone when the widget is there.
    if (drawn && turn === this.#turn) this.#slot.replaceWith((this.#view = drawn.cloneNode(true) as Element));
  }

  #update(): void {
    this.#changed = false;
    if (this.#handle === undefined) return;
    try {
      this.#core!.update(this.#handle, this.#props(false));
    } catch (error) {
      this.#fail(error as Error, true);
    }
  }

  #call(method: string, args: unknown[]): Promise<unknown> {
    return new Promise((done, failed) => {
      this.#calls.push([method, args, done, failed]);
      if (this.#turn || this.#handle === undefined) this.#load();
      else this.#flush();
    });
  }

  #flush(): void {
    for (const [method, args, done, failed] of this.#calls.splice(0)) {
      try {
        done(this.#core!.call(this.#handle!, method, args));
      } catch (error) {
        failed(error);
      }
    }
  }

  /** Takes the widget away; its place is the fallback's again. */
  #stop(): void {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle !== undefined) this.#core!.unmount(handle);
    this.shadowRoot!.replaceChildren(this.#slot);
  }

  /** `broken`: the instance has panicked. It is not touched again, and the next try gets another. */
  #fail(error: { message: string; code?: string }, broken = false): void {
    this.#turn = undefined;
    if (broken) {
      discard(this.#core!);
      this.#handle = undefined;
    }
    this.#stop();
    const { message } = error;
    const blocked = !globalThis.WebAssembly || /CSP|unsafe-eval/.test(message);
    const code = error.code ?? (blocked ? "wasm_blocked" : "load_failed");
    const [said, again] = messages[base(language(this, Object.keys(messages)))]!;
    const line = document.createElement("p");
    line.part.add("error");
    line.setAttribute("role", "alert");
    const button = document.createElement("button");
    button.part.add("retry");
    Object.assign(button, { type: "button", textContent: this.#strings?.["retry"] ?? again, onclick: this.#load });
    line.append(this.#strings?.["load_failed"] ?? said, " ", button);
    this.shadowRoot!.append((this.#error = line));
    this.#emit("error", { code, message, retry: this.#load });
  }

  #emit(name: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(`devanture-${name}`, { detail, bubbles: true, composed: true }));
  }
}
