// The store locator as a shopper meets it: by role and name.
import type { Locator, Page } from "@playwright/test";

export class StoreLocator {
  readonly root: Locator;
  readonly input: Locator;
  readonly options: Locator;
  readonly listbox: Locator;
  readonly status: Locator;
  readonly cards: Locator;
  readonly mine: Locator;
  readonly panel: Locator;
  readonly map: Locator;

  constructor(page: Page, root: Locator = page.locator("devanture-store-locator")) {
    this.root = root;
    this.input = root.getByRole("combobox", { name: /Find a store|Trouver un magasin/ });
    this.listbox = root.getByRole("listbox");
    this.options = this.listbox.getByRole("option");
    this.status = root.locator(".root:not(.first) [part=status]");
    this.cards = root.getByRole("list", { name: /^(Stores|Magasins)$/ }).getByRole("listitem");
    this.mine = root.getByRole("region", { name: /My store|Mon magasin/ });
    this.panel = root.getByRole("article");
    this.map = root.getByRole("region", { name: /Map of the stores|Carte des magasins/ });
  }

  /** The names on the cards, in their order. */
  names(): Promise<string[]> {
    return this.cards.getByRole("heading").allTextContents();
  }

  card(name: string): Locator {
    return this.cards.filter({ has: this.root.page().getByRole("heading", { name, exact: true }) });
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole("button", { name, exact: typeof name === "string" });
  }

  async search(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  /** Opens a listed store's details. */
  async open(name: string): Promise<void> {
    await this.card(name).getByRole("button", { name, exact: true }).click();
  }
}

/** Keeps a request waiting until it is let go. */
export async function hold(page: Page, url: RegExp): Promise<{ asked: Promise<unknown>; release: () => Promise<void> }> {
  let letGo = (): void => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route(url, async (route) => {
    await held;
    await route.continue();
  });
  return {
    asked: page.waitForRequest(url),
    release: async () => {
      const answered = page.waitForResponse(url);
      letGo();
      await (await answered).finished();
      // The page has its turn with the answer.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    },
  };
}

/** Playwright's clock, and the time limits of requests with it. */
export async function installClock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    AbortSignal.timeout = (ms: number) => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(new DOMException("too late", "TimeoutError")), ms);
      return abort.signal;
    };
  });
  await page.clock.install();
}
