import { expect, type Page } from "@playwright/test";

/**
 * Lets time pass on the page's clock until this is so, at most so many seconds. It goes second by second, with a moment for
 * what is under way: a jump goes past the timer that an answer still on its way would have set.
 */
export async function within(page: Page, seconds: number, so: () => boolean | Promise<boolean>): Promise<void> {
  const passed = async (): Promise<boolean> => {
    if (await so()) return true;
    if (seconds-- > 0) await page.clock.runFor(1_000);
    return false;
  };
  await expect.poll(passed, { intervals: [20], timeout: 20_000 }).toBe(true);
}

/** Lets so many seconds pass on the page's clock, after each of them as long as an answer takes. */
export async function pass(page: Page, seconds: number): Promise<void> {
  for (; seconds > 0; seconds--) {
    await page.clock.runFor(1_000);
    await page.evaluate(() => fetch("/console/").then((answer) => answer.text()));
  }
}

/** When, by the page's clock, it asks for addresses that have this in them. Before the page is opened. */
export async function times(page: Page, part: string): Promise<() => Promise<number[]>> {
  await page.addInitScript((part) => {
    const all: number[] = ((window as any).times = []);
    const fetch = window.fetch;
    window.fetch = (...given) => {
      const url = given[0] instanceof Request ? given[0].url : String(given[0]);
      if (url.includes(part)) all.push(Date.now());
      return fetch(...given);
    };
  }, part);
  return () => page.evaluate(() => (window as any).times);
}
