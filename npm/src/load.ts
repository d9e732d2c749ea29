import type { Core } from "./definition.js";

const kept = new Map<string, Promise<unknown>>();

/** Runs `make` once per key; a failure is forgotten, so that it can be tried again. */
export const once = <T>(key: string, make: () => Promise<T>): Promise<T> => {
  let promise = kept.get(key) as Promise<T> | undefined;
  if (!promise) {
    kept.set(key, (promise = make()));
    promise.catch(() => kept.delete(key));
  }
  return promise;
};

/** The same for all who ask while it is on its way. */
const sharing = <T>(url: string, make: () => Promise<T>): Promise<T> =>
  once(url, () => make().finally(() => kept.delete(url)));

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

export const get = async (url: string): Promise<Response> => {
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

/** The request that the core makes later finds the answer here. The link stays, as the mark of it. */
export const preload = (url: string): void => {
  if (document.querySelector(`[href="${url}"]`)) return;
  const link = document.createElement("link");
  const onerror = (): void => link.remove();
  document.head.append(Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "", href: url, onerror }));
};

let attempt = 0;

let live: { base: string; module: Core } | undefined;

/** Forgets an instance that cannot be trusted any more. All its widgets may say so. */
export const discard = (module: Core): void => {
  if (live?.module !== module) return;
  kept.delete(live.base);
  live = undefined;
  attempt++;
};

export const core = (base: string): Promise<Core> =>
  once(base, async () => {
    const wasm = get(`${base}core.wasm`);
    quiet(wasm);
    // A browser remembers a module that failed to load, by its URL.
    const url = `${base}core.js${attempt ? `?${attempt}` : ""}`;
    const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ url).catch((error) => {
      attempt++;
      throw error;
    })) as Core;
    await module.default({ module_or_path: wasm });
    live = { base, module };
    return module;
  });
