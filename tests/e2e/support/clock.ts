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
