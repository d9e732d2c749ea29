// The entry of `devanture.js`: a script tag says by its data attributes which site it is.
import { configure } from "./config.js";
import { define } from "./define.js";

// A module script has no currentScript.
const script = (document.currentScript ??
  [...document.querySelectorAll<HTMLScriptElement>('script[src*="devanture"]')].pop()) as HTMLScriptElement;
const { siteKey, api, assets } = script.dataset;

configure({ siteKey, api: api ?? new URL(script.src).origin, assets });
define();
