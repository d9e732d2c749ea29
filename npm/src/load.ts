import type { Core } from "./definition.js";

const kept: Record<string, Promise<unknown>> = {};

/** Runs `make` once per key; a failure is forgotten, so that it can be tried again. */
const once = <T>(key: string, make: () => Promise<T>): Promise<T> =>
  (kept[key] ??= make().catch((error) => {
    delete kept[key];
    throw error;
  })) as Promise<T>;

/** The same for all who ask while it is on its way. */
const sharing = <T>(url: string, make: () => Promise<T>): Promise<T> =>
  once(url, () => make().finally(() => delete kept[url]));

/** A response with a body of its own for each who asks. */
export const shared = (url: string): Promise<Response> => {
  const signal = AbortSignal.timeout(12_000);
  const response = sharing(url, () => fetch(url, { signal })).then((r) => r.clone());
  quiet(response);
  return response;
};

/** The only element in the body of an HTML document, to be cloned; nothing if it does not come. */
export const view = (url: string): Promise<Element | undefined> =>
  sharing(
    url,
    () =>
      new Promise((done) => {
        const request = new XMLHttpRequest();
        request.open("GET", url);
        // Parsed by the browser on its way in: Trusted Types let no string become HTML.
        request.responseType = "document";
        request.onloadend = () => done(request.response?.body.firstElementChild);
        request.send();
      }),
  );

/** Whoever awaits it sees the failure; it is not an unhandled rejection besides. */
export const quiet = (promise: Promise<unknown>): void => void promise.catch(() => {});

const get = async (url: string): Promise<Response> => {
  const response = await fetch(url);
  if (!response.ok) throw Error(`${response.status} ${url}`);
  return response;
};

/** A widget's texts in one language, and its style sheet. */
export const locale = (url: string): Promise<{ sheet: CSSStyleSheet; texts: Record<string, string> }> =>
  once(url, async () => {
    const { styles, texts } = await (await get(url)).json();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    return { sheet, texts };
  });

/** The request that the core makes later finds the answer here. If it does not come, the core asks by itself. */
export const preload = (href: string): void =>
  void once(href, async () => {
    const link = document.createElement("link");
    document.head.append(Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "", href }));
  });

/** Forgets an instance that cannot be trusted any more. All its widgets may say so. */
export const discard = (base: string, instance: Promise<Core>): void => {
  if (kept[base] === instance) delete kept[base];
};

let attempt = 0;

export const core = (base: string): Promise<Core> =>
  once(base, async () => {
    const wasm = get(`${base}core.wasm`);
    quiet(wasm);
    // A browser remembers a module by its URL, one that failed to load or has panicked as well.
    const url = `${base}core.js${attempt++ ? `?${attempt}` : ""}`;
    const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ url)) as Core;
    await module.default({ module_or_path: wasm });
    return module;
  });
