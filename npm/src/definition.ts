/** What a widget is given, besides its element, whose other attributes it reads itself. The promises are already under way when it begins to load. */
export interface Props {
  api: string;
  siteKey: string;
  /** BCP 47, for dates and numbers; the texts may be of its base language. */
  lang: string;
  /** The texts; when they are there, so is the style sheet. */
  strings: Promise<Record<string, string>>;
  /** The first data, and what to call when they are drawn. */
  first: { url: string; response: Promise<Response>; drawn: () => void } | null;
  /** The build's folder, with a slash at its end. */
  base: string;
  /** For a widget that has failed after it was mounted: puts the fallback back in its place. */
  fail: (code: string, message: string) => void;
}

/** What `core.js` exports. Rust objects stay behind the numbers, which begin at 1. */
export interface Core {
  default(input: { module_or_path: Promise<Response> }): Promise<unknown>;
  mount(tag: string, host: HTMLElement, root: ShadowRoot, props: Props): Promise<number>;
  update(handle: number, props: Props): void;
  call(handle: number, method: string, args: unknown[]): unknown;
  unmount(handle: number): void;
}
