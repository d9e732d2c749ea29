// That the fixture is as hostile as the library: what widgets must not rely on is really not there.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

test("Prototype.js: sets are no lists, a map function is ignored, entries are gone, for … in finds methods", async ({ page }) => {
  await page.addScriptTag({ content: readFileSync(new URL("../../fixtures/hostile/prototype.js", import.meta.url), "utf8") });
  const found = await page.evaluate(() => {
    const names: string[] = [];
    for (const name in []) names.push(name);
    return [Array.from(new Set([1, 2])), Array.from([1], (one) => one * 2), typeof [].entries, names.includes("each")];
  });
  expect(found).toEqual([[], [1], "undefined", true]);
});
