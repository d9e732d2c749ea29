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

/** The same response for all who ask while it is on its way, each with a body of its own to read. */
export const shared = (url: string): Promise<Response> => {
  const response = once(url, () => fetch(url).finally(() => kept.delete(url))).then((r) => r.clone());
  quiet(response);
  return response;
};

/** Whoever awaits it sees the failure; it is not an unhandled rejection besides. */
export const quiet = (promise: Promise<unknown>): void => void promise.catch(() => {});

export const get = async (url: string): Promise<Response> => {
  const response = await fetch(url);
  if (!response.ok) throw Error(`${response.status} ${url}`);
  return response;
};

/** The request that the core makes later finds the answer here. The link stays, as the mark of it. */
export const preload = (url: string): void => {
  if (document.head.querySelector(`[href="${url}"]`)) return;
  const link = document.createElement("link");
  link.rel = "preload";
  link.as = "fetch";
  link.crossOrigin = "";
  link.href = url;
  link.onerror = () => link.remove();
  document.head.append(link);
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
