import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

/** The system's Chromium, so that no browser is downloaded; CHROMIUM names another. */
const executablePath =
  process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();

export default defineConfig({
  testDir: ".",
  globalSetup: "./support/package.ts",
  // Tells what fails from what is now and then late; `cargo xtask test` says at its end which needed it.
  retries: 1,
  workers: Number(process.env.E2E_WORKERS ?? 2),
  // The walks through every state with axe take half of it on two busy cores.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  forbidOnly: true,
  use: {
    browserName: "chromium",
    locale: "en-GB",
    launchOptions: {
      executablePath,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
