/** What the loader knows of an element, from its `element.json`. */
export interface Definition {
  tag: string;
  /**
   * Observed attributes, besides those of every element. The property that reflects one is its name in camel case, or what follows a
   * colon: `search:searchMode`; nothing follows it where the browser has a property already.
   */
  attributes: string[];
  methods: string[];
  /** Languages there is a file of texts for. */
  locales: string[];
  /**
   * The widget's first data request: its path, and query parameters with their defaults, `limit=20`. They
   * are named like the attributes, but for `key`, which is the site's.
   */
  first?: { path: string; query: string[] };
}

export const camel = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** What a widget is given. The promises are already under way when it begins to load. */
export interface Props {
  api: string;
  siteKey: string;
  /** BCP 47, for dates and numbers; the texts may be of its base language. */
  lang: string;
  /** The texts; when they are there, so is the style sheet. */
  strings: Promise<Record<string, string>>;
  /** The first data, and what to call when they are drawn. */
  first: { url: string; response: Promise<Response>; drawn: () => void } | null;
  /** Every other attribute that is present, by its name in camel case. */
  attrs: Record<string, string>;
  /** The build's folder, with a slash at its end. */
  base: string;
  /** For a widget that has failed after it was mounted: puts the fallback back in its place. */
  fail: (code: string, message: string) => void;
}

/** What `core.js` exports. Rust objects stay behind the numbers. */
export interface Core {
  default(input: { module_or_path: Promise<Response> }): Promise<unknown>;
  mount(tag: string, host: HTMLElement, root: ShadowRoot, props: Props): Promise<number>;
  update(handle: number, props: Props): void;
  call(handle: number, method: string, args: unknown[]): unknown;
  unmount(handle: number): void;
}
