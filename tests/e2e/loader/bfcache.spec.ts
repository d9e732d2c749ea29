// Playwright cannot follow a page into the back/forward cache and switches it off, so here a browser of
// its own runs pages that navigate by themselves and post what they find.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "../support/site.ts";

test("a page that comes back from the back/forward cache still works", async ({ site }) => {
  const { executablePath, args } = test.info().project.use.launchOptions!;
  const script = `<script>
    addEventListener("devanture-ready", async (e) => {
      e.target.shadowRoot.querySelector("input").value = "Nantes";
      setTimeout(() => (location = "/elsewhere"));
    });
    addEventListener("pageshow", async (e) => {
      if (!e.persisted) return;
      const locator = document.querySelector("devanture-store-locator");
      const typed = locator.shadowRoot.querySelector("input").value;
      fetch("/report", { method: "POST", body: [typed, await locator.search("Lyon")].join("; ") });
    });
  </script>`;
  site.page("<script>addEventListener('load', () => setTimeout(() => history.back()))</script>", { at: "/elsewhere", head: "" });
  const start = site.page("<devanture-store-locator></devanture-store-locator>", { head: script + site.script() });
  const profile = mkdtempSync(path.join(tmpdir(), "devanture-"));
  // A debugging port keeps the headless browser alive after the page has loaded.
  const browser = spawn(executablePath!, [...args!, `--user-data-dir=${profile}`, "--remote-debugging-port=0", start], { stdio: "ignore", detached: true });
  try {
    await expect.poll(() => site.reports, { timeout: 15_000 }).toEqual(["Nantes; search Lyon"]);
  } finally {
    const gone = new Promise((done) => browser.once("exit", done));
    process.kill(-browser.pid!);
    await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
