// The demo's shop, run from this repository against the fake API of a test's site. `cargo xtask test` names the
// program it has built in DEVANTURE_SHOP_BINARY; alone, a spec has cargo build it.
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { test as base } from "./site.ts";

export interface Shop {
  shop: string;
  miniSite: string;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));

async function start(api: string): Promise<Shop & { process: ChildProcess }> {
  const any = "127.0.0.1:0";
  const options = ["--listen", any, "--mini-site-listen", any, "--api", api];
  const built = process.env.DEVANTURE_SHOP_BINARY;
  const [program, args] = built
    ? [built, options]
    : ["cargo", ["run", "--quiet", "--package", "devanture-shop", "--", ...options]];
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const found: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout! })) {
    const [name, origin] = line.split(" ");
    if (name && origin) found[name] = origin;
    if (found.shop && found["mini-site"]) {
      return { shop: found.shop, miniSite: found["mini-site"], process: child };
    }
  }
  throw new Error("the shop ended before it listened");
}

/** `test` with the shop running; the first one waits for it to be built. */
export const test = base.extend<{ demo: Shop }>({
  demo: [
    async ({ site }, use) => {
      const running = await start(site.api);
      await use(running);
      running.process.kill();
    },
    { timeout: 300_000 },
  ],
});

export { expect } from "@playwright/test";
