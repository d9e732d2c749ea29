// The pages: what each does to whatever stands in it, and what is done there before the widget can be seen.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Locator, Page, PlaywrightTestOptions } from "@playwright/test";
import { otherDir, BUILD } from "../support/package.ts";
import { expect, type Stack } from "../support/stack.ts";
import { reactApp } from "./react.ts";
import type { Place, Widget } from "./widgets.ts";

export interface Shown {
  element: string;
  attributes: Record<string, string>;
  more: string;
}
interface Written {
  head: string;
  body: string;
  headers?: Record<string, string>;
}

export interface Host {
  name: string;
  use?: Partial<PlaywrightTestOptions>;
  /** The page; by default it is as innocent as can be. */
  page(shown: Shown, stack: Stack, widget: Widget): Written | Promise<Written>;
  /** Before the page is opened. */
  before?(page: Page, stack: Stack): Promise<void>;
  /** In the open page. */
  first?(page: Page, root: Locator): Promise<void>;
  /** Where the widget is, if it is not in the page itself. */
  place?(page: Page): Place;
  /** After all. */
  last?(page: Page): Promise<void>;
}

const modules = createRequire(import.meta.url);
const inline = (code: string): string => `<script>${code.replaceAll("</script", "<\\/script")}</script>`;
const library = (file: string): string => inline(readFileSync(modules.resolve(file), "utf8"));
const fixture = (name: string): string => inline(readFileSync(new URL(`../../fixtures/hostile/${name}`, import.meta.url), "utf8"));

/** A page with this in its head, before the loader. */
const withHead = (name: string, head: () => string): Host => ({
  name,
  page: ({ element, more }, stack) => ({ head: head() + stack.script(), body: element + more }),
});
const withStyle = (name: string, css: string): Host => withHead(name, () => `<style>${css}</style>`);

const UNSET = "* { all: unset }";
const NONE = "div, span, button { display: none !important }";
const RESET = `html { font-size: 62.5%; line-height: 1; text-align: center; text-transform: uppercase; letter-spacing: .2em; cursor: wait }
  *, *::before, *::after { box-sizing: content-box !important; margin: 0 !important; padding: 0 !important; border: 0 !important; outline: 0 !important; font-size: 1em; float: none !important; transition: all 3s !important; animation: none !important; min-width: 0 !important; max-width: none !important }
  a, button, input, select { appearance: none !important; background: none !important; color: inherit !important } svg, img { width: auto !important; height: auto !important; max-width: 100% !important } ul, ol { list-style: square !important } h1, h2, h3 { font-size: 40px !important }`;

const STRICT = ["default-src 'none'", "script-src 'nonce-n' 'wasm-unsafe-eval'", "style-src 'self'", "base-uri 'none'", "form-action 'none'"];
const TRUSTED = ["require-trusted-types-for 'script'", "trusted-types 'none'"];
const WATCH = "<script nonce='n'>addEventListener('securitypolicyviolation', (e) => (window.violations ??= []).push([e.violatedDirective, e.blockedURI, e.sample].join(' ')))</script>";

const withPolicy = (name: string, policy: string[]): Host => ({
  name,
  page: ({ element, more }, stack) => ({
    head: WATCH + stack.script('nonce="n"'),
    body: element + more,
    headers: { "content-security-policy": [...policy, `connect-src ${stack.api}`, `img-src ${stack.api}`].join("; ") },
  }),
  last: async (page) => expect(await page.evaluate(() => (window as { violations?: string[] }).violations ?? []), "what the policy refused").toEqual([]),
});

/** The loader of another version, with a build of its own beside the API's. */
const OTHER = "/other/devanture.js";
async function otherBuild(page: Page, stack: Stack): Promise<void> {
  const known = /\/build\/(\w+)\//;
  const real = readFileSync(path.join(process.env.DEVANTURE_ASSETS ?? path.join(import.meta.dirname, "../../../target/devanture/assets"), "devanture.js"), "utf8");
  const hash = /"([0-9a-f]{16})"/.exec(real)![1]!;
  await page.route(stack.api + OTHER, (route) => route.fulfill({ contentType: "text/javascript", path: path.join(otherDir, "devanture.js") }));
  await page.route(`${stack.api}/build/${BUILD}/**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace(known, `/build/${hash}/`) });
    await route.fulfill({ response });
  });
}
const twoVersions = (name: string, order: (stack: Stack, other: string) => string): Host => ({
  name,
  before: otherBuild,
  page: ({ element, more }, stack) => ({
    head: order(stack, stack.script().replace("/devanture.js", OTHER)).replaceAll(" async", ""),
    body: element + more,
  }),
});

export const HOSTS: Host[] = [
  withHead("Prototype.js 1.7", () => fixture("prototype.js")),
  withHead("MooTools 1.5", () => library("mootools-core-dist/dist/mootools-core.js")),
  withHead("MooTools 1.5 with what 1.2 had", () => library("mootools-core-dist/dist/mootools-core-compat.js")),
  withHead("jQuery 1.12", () => library("jquery/dist/jquery.js")),
  withStyle("* { all: unset }", UNSET),
  withStyle("div, span, button { display: none !important }", NONE),
  withStyle("all unset, and div, span, button not displayed", UNSET + NONE),
  withStyle("box-sizing for everything", "*, *::before, *::after { box-sizing: border-box !important }"),
  withStyle("an aggressive reset", RESET),
  withStyle("zoomed to 200 % by CSS", "html { zoom: 2 }"),
  { ...withHead("zoomed to 200 % by the browser", () => ""), use: { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 } },
  { ...withHead("forced colours", () => ""), use: { contextOptions: { forcedColors: "active" } } },
  { name: "the script twice", page: ({ element, more }, stack) => ({ head: stack.script().repeat(2), body: element + more + stack.script() }) },
  twoVersions("two versions, ours first", (stack, other) => stack.script() + other),
  twoVersions("two versions, the other first", (stack, other) => other + stack.script()),
  withPolicy("a strict policy", STRICT),
  withPolicy("a strict policy with Trusted Types", [...STRICT, ...TRUSTED]),
  {
    name: "a React app that renders again and again",
    async page({ attributes, more }, stack, widget) {
      const props = JSON.stringify({ tag: widget.tag, attributes, more }).replaceAll("<", "\\u003c");
      return { head: stack.script(), body: `<div id="app"></div><script>window.shown = ${props}</script>${inline(await reactApp())}` };
    },
    last: (page) => expect.poll(() => page.evaluate(() => (window as unknown as { renders: number }).renders)).toBeGreaterThan(20),
  },
  {
    name: "an iframe",
    page({ element, more }, stack) {
      const inner = stack.page({ body: element + more });
      return { head: "", body: `<iframe src="${inner}" width="1000" height="700"></iframe>` };
    },
    place: (page) => page.frameLocator("iframe"),
  },
  {
    name: "a closed <details>",
    page: ({ element, more }, stack) => ({ head: stack.script(), body: `<details><summary>Open me</summary>${element}${more}</details>` }),
    async first(page, root) {
      await page.waitForFunction(() => document.querySelector("details > :nth-child(2)")!.shadowRoot);
      await expect(root).toBeHidden();
      await page.getByText("Open me").click();
    },
  },
  {
    ...withHead("removed and put back", () => ""),
    async first(page, root) {
      await expect.poll(() => root.evaluate((element) => !!element.shadowRoot?.querySelector(".root, .rating"))).toBe(true);
      await root.evaluate(async (element) => {
        const parent = element.parentNode!;
        element.remove();
        await new Promise((done) => setTimeout(done, 50));
        parent.append(element);
      });
      await page.waitForTimeout(0);
    },
  },
  { name: "<base> elsewhere", page: ({ element, more }, stack) => ({ head: `<base href="${stack.page({ head: "", body: "Elsewhere" }, stack.stranger)}">${stack.script()}`, body: element + more }) },
];
