// The time that is left, by the server's clock, whatever the tablet's says.
import { expect, test } from "../support/console.ts";

const MINUTE = 60_000;
const SERVER = Date.UTC(2026, 10, 22, 9, 0, 0);
/** The tablet is wrong by three hours and some. */
const DEVICE = SERVER - 3 * 3_600_000 - 17_000;

for (const [locale, answer, over] of [
  ["en-GB", "Answer by 10:07", "Time is up"],
  ["fr-FR", "Répondre avant 10:07", "Délai dépassé"],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    test("by the minute, then by the second, and never announced", async ({ page, room, desk }) => {
      await page.clock.install({ time: DEVICE });
      await page.clock.pauseAt(DEVICE + 1_000);
      let past = 0;
      const run = async (ms: number): Promise<void> => {
        past += ms;
        await page.clock.runFor(ms);
      };
      desk.now = () => SERVER + past;
      desk.add("a", "requested", { due_at: SERVER + 7 * MINUTE + 500 });
      await page.goto(room.url);
      await room.fillSignIn();
      const timer = room.card("a").getByRole("timer");
      await expect(timer).toHaveText("8 min");
      await expect(room.card("a")).toContainText(answer);
      await run(600);
      await expect(timer).toHaveText("7 min");
      await run(58_000);
      await expect(timer).toHaveText("7 min");
      await run(2_000);
      await expect(timer).toHaveText("6 min");
      await run(60_000);
      await expect(timer).toHaveText("5:00");
      await expect(timer).toHaveClass(/last/);
      await run(1_000);
      await expect(timer).toHaveText("4:59");
      await run(4 * MINUTE);
      await expect(timer).toHaveText("0:59");
      await run(60_000);
      await expect(timer).toHaveText(over);
      const loud = await timer.evaluate((element) => element.closest("[aria-live]:not([aria-live=off]), [role=status], [role=alert]"));
      expect(loud).toBeNull();
    });
  });
}
