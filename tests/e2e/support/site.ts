// Two origins for a test: a host page's, and the API's with the loader, a build and one data route.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { test as base, expect } from "@playwright/test";
import { BUILD, otherDir, packageDir } from "./package.ts";

interface Answer {
  status?: number;
  type?: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
}

const EMPTY_WASM = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

export class Site {
  /** Every request that the API's origin got, as method and path with query. */
  readonly requests: string[] = [];
  /** What host pages have posted to their own origin. */
  readonly reports: string[] = [];
  #pages = new Map<string, Answer>();
  #faults = new Map<string, Answer[]>();
  #held = new Map<string, Promise<void>>();
  #servers: Server[] = [];
  origin = "";
  api = "";

  async start(): Promise<this> {
    this.origin = await this.#listen((request, response) => this.#host(request, response));
    this.api = await this.#listen((request, response) => void this.#serve(request, response));
    return this;
  }

  stop(): void {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  /** The path of a file of the build, as `requests` shows it. */
  file = (name: string): string => `/build/${BUILD}/${name}`;

  /** How often the API's origin was asked for a path, whatever the query. */
  count(pathname: string): number {
    return this.requests.filter((line) => line.split(/[ ?]/)[1] === pathname).length;
  }

  /** Answers the next request for a path with this instead. */
  failNext(pathname: string, answer: Answer): void {
    this.#faults.set(pathname, [...(this.#faults.get(pathname) ?? []), answer]);
  }

  /** Takes back the faults that no request has met. */
  forgive(): void {
    this.#faults.clear();
  }

  /** Keeps requests for a path waiting until the returned function is called. */
  hold(pathname: string): () => void {
    const { promise, resolve } = deferred();
    this.#held.set(pathname, promise);
    return resolve;
  }

  /** Publishes a host page and returns its URL. */
  page(body: string, { head = this.script(), headers = {}, at = "/" }: { head?: string; headers?: Record<string, string>; at?: string } = {}): string {
    this.#pages.set(at, {
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>${head}</head><body>${body}</body></html>`,
      headers,
    });
    return this.origin + at;
  }

  /** The one script tag. */
  script(attributes = "", file = "/devanture.js"): string {
    return `<script src="${this.api}${file}" data-site-key="pk_test" async ${attributes}></script>`;
  }

  async #listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(handler);
    this.#servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #host(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? "/", this.origin);
    if (request.method === "POST") {
      request.setEncoding("utf8").on("data", (text: string) => this.reports.push(text));
    }
    const page = this.#pages.get(pathname);
    const script = pathname === "/npm.js" ? { type: "text/javascript", body: read("index.js") } : undefined;
    send(response, page ?? script ?? { status: pathname === "/favicon.ico" ? 204 : 404, body: "" });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", this.api);
    this.requests.push(`${request.method} ${request.url}`);
    await this.#held.get(pathname);
    const fault = this.#faults.get(pathname)?.shift();
    send(response, fault ?? this.#answer(pathname), {
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": !fault && pathname.startsWith("/build/") ? "public, max-age=31536000, immutable" : "no-store",
    });
  }

  #answer(pathname: string): Answer {
    const json = "application/json";
    switch (pathname) {
      case "/devanture.js":
      case this.file("devanture.js"):
        return { type: "text/javascript", body: read("devanture.js") };
      case "/other/devanture.js":
        return { type: "text/javascript", body: readFileSync(path.join(otherDir, "devanture.js")) };
      case this.file("core.js"):
        return { type: "text/javascript", body: readFileSync(new URL("fake-core.js", import.meta.url)) };
      case this.file("core.wasm"):
      case this.file("store-locator.wasm"):
      case this.file("stores.wasm"):
        return { type: "application/wasm", body: EMPTY_WASM };
      case this.file("locales/store-locator.en.json"):
        return { type: json, body: locale("Our stores") };
      case this.file("locales/store-locator.fr.json"):
        return { type: json, body: locale("Nos magasins") };
      case VIEW:
        return { body: '<!doctype html><body><div class="first">Nantes, drawn</div></body>' };
      case "/v1/stores":
        return { type: json, body: '{"items":[{"name":"Nantes"},{"name":"Rennes"}],"total":2}' };
      default:
        return { status: 404, body: "" };
    }
  }
}

/** Where the first view comes from. */
export const VIEW = "/v1/ssr/store-locator";

function locale(title: string): string {
  return JSON.stringify({ styles: ".widget h2{font-style:oblique}.first+.widget{display:none}", texts: { title } });
}

function read(name: string): Buffer {
  return readFileSync(path.join(packageDir, "dist", name));
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string> = {}): void {
  response.writeHead(answer.status ?? 200, {
    "content-type": answer.type ?? "text/html; charset=utf-8",
    ...headers,
    ...answer.headers,
  });
  response.end(answer.body ?? "");
}

/** `test` with a site of its own, which fails on any uncaught error or rejection of the page. */
export const test = base.extend<{ site: Site; uncaught: string[] }>({
  site: async ({}, use) => {
    const site = await new Site().start();
    await use(site);
    site.stop();
  },
  uncaught: [
    async ({ page }, use) => {
      const uncaught: string[] = [];
      page.on("pageerror", (error) => uncaught.push(String(error)));
      await use(uncaught);
      expect(uncaught).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
