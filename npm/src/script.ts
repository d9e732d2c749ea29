// The entry of `devanture.js`: a script tag says by its data attributes which site it is.
import { configure } from "./config.js";
import { define } from "./define.js";

// A module script has no currentScript.
const script = (document.currentScript ??
  [...document.querySelectorAll<HTMLScriptElement>('script[src*="devanture"]')].pop()) as HTMLScriptElement;

configure({ api: new URL(script.src).origin, ...script.dataset });
define();
