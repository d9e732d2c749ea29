// Back from the back/forward cache each widget still does its one thing. Playwright switches that cache off, so a browser of its own runs
// pages that navigate by themselves and post what they find.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "../support/stack.ts";
import { WIDGETS } from "./widgets.ts";

for (const widget of WIDGETS) {
  test(`${widget.name}, back from the back/forward cache`, async ({ stack }) => {
    const { executablePath, args } = test.info().project.use.launchOptions!;
    const away = stack.page({ head: "<script>addEventListener('load', () => setTimeout(() => history.back()))</script>", body: "" });
    const script = `<script>
      addEventListener("devanture-ready", () => setTimeout(() => (location = "${away}"), 500), { once: true });
      addEventListener("pageshow", (event) => {
        if (!event.persisted) return;
        const element = document.querySelector("${widget.tag}");
        const inside = (selector) => element.shadowRoot.querySelector(selector);
        ${widget.self.act};
        setInterval(() => { if (${widget.self.then}) fetch("/report", { method: "POST", body: "${widget.name}" }); }, 200);
      });
    </script>`;
    const attributes = Object.entries(await widget.attributes(stack)).map(([name, value]) => ` ${name}="${value}"`);
    const body = `<${widget.tag}${attributes.join("")}></${widget.tag}>${(await widget.more?.(stack)) ?? ""}`;
    const start = stack.page({ head: script + stack.script(), body });
    const profile = mkdtempSync(path.join(tmpdir(), "devanture-"));
    // Other tests have had theirs.
    const before = stack.reports.length;
    const browser = spawn(executablePath!, [...args!, `--user-data-dir=${profile}`, "--remote-debugging-port=0", start], { stdio: "ignore", detached: true });
    try {
      await expect.poll(() => stack.reports.slice(before), { timeout: 15_000 }).toContain(widget.name);
    } finally {
      const gone = new Promise((done) => browser.once("exit", done));
      process.kill(-browser.pid!);
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
