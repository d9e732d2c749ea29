import { build, configure, version } from "./config.js";
import type { Config } from "./config.js";

/** A function to run once the loader is there, or a method to call on the elements that match. */
export type QueueEntry = ((devanture: Devanture) => void) | [selector: string, method: string, ...args: unknown[]];

/** `window.devanture`: before the loader an array, afterwards this. */
export interface Devanture {
  readonly version: string;
  readonly build: string;
  configure(settings: Config): void;
  push(...entries: QueueEntry[]): void;
}

declare global {
  interface Window {
    devanture?: Devanture | QueueEntry[];
  }
}

let waiting: [selector: string, method: string, ...args: unknown[]][] = [];

const call = (element: Element, [, method, ...args]: (typeof waiting)[0]): void =>
  (element as unknown as Record<string, (...args: unknown[]) => void>)[method]?.(...args);

const run = (entry: QueueEntry): void => {
  // One bad entry must not keep the others from running.
  try {
    if (typeof entry === "function") return entry(devanture);
    const found = [...document.querySelectorAll(entry[0])];
    if (!found.map((element) => call(element, entry)).length) waiting.push(entry);
  } catch (error) {
    reportError(error);
  }
};

const devanture: Devanture = {
  version,
  build,
  configure,
  push: (...entries) => entries.forEach(run),
};

/** Gives an element that has come late the calls that were waiting for it. */
export const arrived = (element: Element): void => {
  waiting = waiting.filter((entry) => !element.matches(entry[0]) || void call(element, entry));
};

/** Puts the live object in the queue's place, unless another loader already has. */
export const drain = (): void => {
  const before = window.devanture;
  if (before && "version" in before) return;
  window.devanture = devanture;
  before?.forEach?.(run);
};
