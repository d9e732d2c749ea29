// The entry of `import "devanture"`. On a server it registers nothing.
import { define } from "./define.js";

export { configure, version, build } from "./config.js";
export type { Config } from "./config.js";
export type { Devanture, QueueEntry } from "./queue.js";
export type * from "./generated/elements.js";

if (globalThis.customElements) define();
