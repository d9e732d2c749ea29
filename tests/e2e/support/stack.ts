// The real API, shop and mini-site, started by `cargo xtask test` (or `cargo xtask demo` by hand, with the same
// variables set). Specs that need them fail where they do not run.
import { test as base } from "@playwright/test";

export interface Stack {
  /** Origin of the API, and of the widgets' files. */
  api: string;
  /** Origin of the shop. */
  shop: string;
  /** Origin of the franchisee's mini-site. */
  miniSite: string;
  shopKey: string;
  miniSiteKey: string;
}

const VARIABLES = {
  api: "DEVANTURE_API",
  shop: "DEVANTURE_SHOP",
  miniSite: "DEVANTURE_MINI_SITE",
  shopKey: "DEVANTURE_SHOP_KEY",
  miniSiteKey: "DEVANTURE_MINI_SITE_KEY",
} as const;

/** `test` with the running stack. */
export const test = base.extend<object, { stack: Stack }>({
  stack: [
    async ({}, use) => {
      const found = Object.entries(VARIABLES).map(([name, variable]) => [name, process.env[variable]]);
      const missing = found.filter(([, value]) => !value).map(([name]) => VARIABLES[name as keyof Stack]);
      if (missing.length) {
        throw new Error(`not running: ${missing.join(", ")}; use cargo xtask test --only e2e`);
      }
      await use(Object.fromEntries(found) as unknown as Stack);
    },
    { scope: "worker" },
  ],
});

export { expect } from "@playwright/test";
