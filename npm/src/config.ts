declare const __BUILD__: string;
declare const __VERSION__: string;
/** Whether this is `devanture.js`, whose own URL says where the API is: `scripts/loader.mjs` sets it. */
declare const __SCRIPT__: boolean;

export const version = __VERSION__;
export const build = __BUILD__;

export interface Config {
  /** Publishable key of the site, `pk_…`. */
  siteKey?: string | undefined;
  /** Origin of the API, `https://api.example.com`. */
  api?: string | undefined;
  /** Folder of the WebAssembly build, if it is not served by the API. */
  assets?: string | undefined;
}

export const config: Config = {};

let resolve: () => void;

/** An element that has no `api` of its own waits for this. */
export const configured = __SCRIPT__ ? null : new Promise<void>((done) => (resolve = done));

/** Sets what elements use when they have no attribute for it. May be called again. */
export const configure = (settings: Config): void => {
  Object.assign(config, settings);
  if (!__SCRIPT__ && config.api) resolve();
};

/** A URL without slashes at its end. */
export const trimmed = (url: string): string => url.replace(/\/+$/, "");
