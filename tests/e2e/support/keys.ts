// A page by its keys alone, as somebody does who has no pointer.
import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until this has the focus, which has to be seen there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    const found = await target.evaluate((element) => {
      if ((element.getRootNode() as Document | ShadowRoot).activeElement !== element) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return { seen: (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none" };
    });
    if (found) return expect(found).toEqual({ seen: true });
  }
  throw new Error(`Tab does not come to ${target}`);
}

export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}
