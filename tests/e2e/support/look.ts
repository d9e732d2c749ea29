// A state of a page: nothing for axe to say, nothing wider than the screen. SCREENSHOTS names a folder for pictures of it.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

export async function look(page: Page, state: string): Promise<void> {
  await test.step(state, async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
    const found = violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")} ${node.failureSummary}`));
    expect.soft(found, state).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(wide, `${state}: wider than the screen`).toBeLessThanOrEqual(0);
    const shots = process.env.SCREENSHOTS;
    const name = `${test.info().titlePath.at(-2)}-${state}-${page.viewportSize()!.width}`.replaceAll(/[^\p{L}\d]+/gu, "-");
    if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  });
}
