// The real thing for a test: the API with the demo network on a database of its own, the demo's shop, and a host page
// on a third origin. Binaries and the WebAssembly build are taken as they are:
//   DEVANTURE_BINARY, DEVANTURE_SHOP_BINARY, DEVANTURE_ASSETS   (target/debug/…, target/devanture/assets)
// With DEVANTURE_POSTGRES, the storage crate's example of that name, the database is a PostgreSQL server, and the API is two
// instances that take turns.
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";
import { balancer } from "./balancer.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const devanture = process.env.DEVANTURE_BINARY ?? path.join(root, "target/debug/devanture");
const postgres = process.env.DEVANTURE_POSTGRES;
const shopBinary = process.env.DEVANTURE_SHOP_BINARY ?? path.join(root, "target/debug/devanture-shop");
export const assets = process.env.DEVANTURE_ASSETS ?? path.join(root, "target/devanture/assets");

/** The key that `devanture seed` gives the demo's shop. */
export const KEY = "pk_Lorm3LLeB0utiqueFr2026AA";

export interface Label {
  code: string;
  name: string;
}
export interface Span {
  opens: string;
  closes: string;
}
export interface Store {
  code: string;
  name: string;
  address: { street: string; postcode: string; town: string; country: string };
  location: { lat: number; lng: number };
  distance_m?: number;
  phone?: string;
  url?: string;
  time_zone: string;
  hours: { weekly: Span[][]; special: { date: string; spans: Span[]; note?: string }[] };
  services: string[];
  brands: string[];
  promotions: { title: string; text: string; starts_on: string; ends_on: string; event: boolean }[];
  appointments: boolean;
}
export interface StorePage {
  items: Store[];
  next?: string;
  total: number;
  origin?: { location: { lat: number; lng: number }; label?: string; is_default: boolean };
  services: Label[];
  brands: Label[];
}
export interface Slot {
  starts_at: number;
  ends_at: number;
  free: number;
}

interface HostPage {
  body?: string;
  head?: string;
  lang?: string;
  headers?: Record<string, string>;
}

/** What runs for all tests of a worker. */
/** A secret of the shop's server and its name. */
interface Signer {
  id: string;
  secret: Buffer;
}

export class Stack {
  api = "";
  /** The API's instances, which take turns behind it. */
  instances: string[] = [];
  shop = "";
  miniSite = "";
  /** Where this test's own pages are; an origin that the shop's key may be used from. */
  origin = "";
  /** An origin that no key may be used from. */
  stranger = "";
  /** What host pages have posted to `/report`. */
  readonly reports: string[] = [];
  #children: ChildProcess[] = [];
  #servers: Server[] = [];
  #pages = new Map<string, { html: string; headers: Record<string, string> }>();
  #count = 0;
  #secret?: string;
  #customers?: Signer;
  #payments?: Signer;
  #folder = mkdtempSync(path.join(tmpdir(), "devanture-e2e-"));
  #database = path.join(this.#folder, "test.db");
  #mail = path.join(this.#folder, "mail");

  async start(): Promise<this> {
    this.origin = await this.#host();
    this.stranger = await this.#host();
    if (postgres) this.#database = (await this.#spawn(postgres, [], ["ready"]))["ready"]!;
    const ports = await Promise.all(Array.from({ length: postgres ? 2 : 1 }, freePort));
    this.instances = ports.map((port) => `http://127.0.0.1:${port}`);
    this.api = postgres ? await this.#listen(balancer(ports)) : this.instances[0]!;
    mkdirSync(this.#mail);
    const any = "127.0.0.1:0";
    const shop = await this.#spawn(shopBinary, ["--listen", any, "--mini-site-listen", any, "--api", this.api], ["shop", "mini-site"]);
    this.shop = shop["shop"]!;
    this.miniSite = shop["mini-site"]!;
    this.#run("migrate");
    this.#run("seed", "--shop-origin", this.shop, "--mini-site-origin", this.miniSite);
    this.#run("site", "add", "--tenant", "lormelle", "--id", "shop", "--origin", this.shop, "--origin", this.origin);
    const limits = ["--reads-per-second", "0", "--writes-per-hour", "0", "--sign-ins-per-hour", "0"];
    for (const port of ports) {
      await this.#spawn(devanture, ["--database", this.#database, "serve", "--listen", `127.0.0.1:${port}`, "--assets", assets, "--public-url", this.api, "--mail", `file:${this.#mail}`, "--mail-from", "shop@lormelle.example", "--media", path.join(this.#folder, "media"), ...limits], ["ready"]);
    }
    return this;
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
    // The database last.
    for (const child of this.#children.reverse()) {
      const gone = new Promise((done) => child.once("exit", done));
      // PostgreSQL ends when its input does, and the others by the signal.
      child.stdin?.end();
      if (child.exitCode === null && (child.stdin || child.kill())) await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Publishes a page on the host's origin and returns its URL. */
  page({ body = this.element(), head = this.script(), lang = "en", headers = {} }: HostPage = {}, origin = this.origin): string {
    const at = `/page-${++this.#count}`;
    const html =
      `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<meta name="color-scheme" content="light dark"><title>A shop</title>${head}</head>` +
      `<body><main><h1>A shop</h1>${body}</main></body></html>`;
    this.#pages.set(at, { html, headers });
    return origin + at;
  }

  /** The one script tag. */
  script(attributes = "", key = KEY): string {
    return `<script src="${this.api}/devanture.js" data-site-key="${key}" async ${attributes}></script>`;
  }

  element(attributes = ""): string {
    return `<devanture-store-locator ${attributes}><a href="/stores">All our stores</a></devanture-store-locator>`;
  }

  /** Asks the API as a program would. */
  async get<T>(pathname: string, query: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.api}${pathname}?${new URLSearchParams({ key: KEY, ...query })}`);
    expect(response.status, pathname).toBe(200);
    return (await response.json()) as T;
  }

  stores = (query: Record<string, string> = {}): Promise<StorePage> => this.get("/v1/stores", query);

  /** Books a time by the API, as somebody else. */
  async book(store: string, starts_at: number): Promise<Response> {
    return fetch(`${this.api}/v1/stores/${store}/appointments`, {
      method: "POST",
      headers: { "devanture-key": KEY, origin: this.shop, "idempotency-key": crypto.randomUUID(), "content-type": "application/json" },
      body: JSON.stringify({ starts_at, name: "Somebody else", email: "else@example.com", locale: "fr" }),
    });
  }

  /** Gives someone an account in the demo's network. */
  addStaff(staff: { login: string; name: string; role: string; password: string; stores?: string[] }): void {
    const stores = (staff.stores ?? []).flatMap((code) => ["--store", code]);
    const who = ["--tenant", "lormelle", "--login", staff.login, "--name", staff.name, "--role", staff.role];
    const args = ["--database", this.#database, "staff", "add", ...who, ...stores, "--password-stdin"];
    execFileSync(devanture, args, { input: `${staff.password}\n`, stdio: ["pipe", "ignore", "inherit"] });
  }

  /** What was mailed so far, as it would be sent. */
  mails(): string[] {
    return readdirSync(this.#mail).map((name) => readFileSync(path.join(this.#mail, name), "utf8"));
  }

  /** A secret key of head office, made once. */
  get secret(): string {
    const args = ["--database", this.#database, "key", "add", "--tenant", "lormelle", "--name", "Tests", "--scope", "admin"];
    return (this.#secret ??= /sk_\S+/.exec(execFileSync(devanture, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))![0]);
  }

  /** What the shop's own server signs with. */
  #signer(use: "customers" | "payments"): Signer {
    const args = ["--database", this.#database, "webhook", "add", "--tenant", "lormelle", `--${use}`];
    const { stdout, stderr } = spawnSync(devanture, args, { encoding: "utf8" });
    return { id: stderr.split(" ")[0]!, secret: Buffer.from(stdout.trim().replace("whsec_", ""), "base64") };
  }

  /** A customer's id, signed as the shop's own server does it. */
  customer(id: string): string {
    const { secret } = (this.#customers ??= this.#signer("customers"));
    const signed = `${id}.${Math.floor(Date.now() / 1000)}`;
    return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
  }

  /** The shop's checkout tells that a reservation was paid. */
  async paid(reservation: string, amount: number): Promise<{ reservation: string; state: string; refund_due: boolean }> {
    const { id, secret } = (this.#payments ??= this.#signer("payments"));
    const body = JSON.stringify({ reservation, payment: `pay-${reservation}`, paid: { amount, currency: "EUR" } });
    const [message, time] = [`msg_${reservation}`, String(Math.floor(Date.now() / 1000))];
    const signature = `v1,${createHmac("sha256", secret).update(`${message}.${time}.${body}`).digest("base64")}`;
    const headers = { "content-type": "application/json", "webhook-id": message, "webhook-timestamp": time, "webhook-signature": signature };
    const response = await fetch(`${this.api}/v1/payments/${id}`, { method: "POST", headers, body });
    expect(response.status).toBe(200);
    return (await response.json()) as { reservation: string; state: string; refund_due: boolean };
  }

  /** Asks the API as head office. */
  async admin<T>(method: string, pathname: string, body?: unknown): Promise<T> {
    const headers = { authorization: `Bearer ${this.secret}`, "content-type": "application/json" };
    const response = await fetch(`${this.api}/admin/v1${pathname}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    expect(response.status, `${method} ${pathname}`).toBe(200);
    return (await response.json()) as T;
  }

  /** Adds a product to the demo's catalogue. */
  addProduct(id: string, name: string, brand = ""): void {
    const folder = mkdtempSync(path.join(tmpdir(), "devanture-product-"));
    const file = path.join(folder, "products.csv");
    writeFileSync(file, `sku,product_id,name,brand\n${id}-1,${id},${name},${brand}\n`);
    this.#run("import", "products", file, "--tenant", "lormelle");
    rmSync(folder, { recursive: true });
  }

  #run(...args: string[]): void {
    execFileSync(devanture, ["--database", this.#database, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  }

  /** Starts a program and waits for its lines that begin with `names`. */
  async #spawn(program: string, args: string[], names: string[]): Promise<Record<string, string>> {
    const input = program === postgres ? "pipe" : "ignore";
    const child = spawn(program, args, { stdio: [input, "pipe", "inherit"], env: { ...process.env, RUST_LOG: "warn" } });
    this.#children.push(child);
    const found: Record<string, string> = {};
    const lines = createInterface({ input: child.stdout! });
    await new Promise<void>((done, failed) => {
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`${path.basename(program)} ended with ${code} before it listened`)));
      lines.on("line", (line) => {
        const [name, value] = line.split(" ");
        if (name && value && names.includes(name)) found[name] = value;
        if (names.every((name) => found[name])) done();
      });
    });
    return found;
  }

  async #host(): Promise<string> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      if (request.method === "POST") request.setEncoding("utf8").on("data", (text: string) => this.reports.push(text));
      const page = this.#pages.get(pathname);
      const status = page ? 200 : pathname === "/favicon.ico" ? 204 : 404;
      response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...page?.headers });
      response.end(page?.html ?? "");
    });
    return this.#listen(server);
  }

  async #listen(server: Server): Promise<string> {
    this.#servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** What a page asked for, and whom. */
export class Traffic {
  readonly all: URL[] = [];
  /** Origins that are no third party to a test. */
  readonly known: Set<string>;

  constructor(page: Page, stack: Stack) {
    this.known = new Set([stack.api, stack.shop, stack.miniSite, stack.origin, stack.stranger]);
    page.context().on("request", (request) => this.all.push(new URL(request.url())));
  }

  /** Requests whose path ends like this. */
  to(end: string): URL[] {
    return this.all.filter((url) => url.pathname.endsWith(end));
  }

  get foreign(): string[] {
    return this.all.filter((url) => url.protocol.startsWith("http") && !this.known.has(url.origin)).map(String);
  }
}

interface Tests {
  traffic: Traffic;
  uncaught: string[];
}

/** `test` with the stack. Every test fails on an uncaught error of the page, and on any request to a third party. */
export const test = base.extend<Tests, { stack: Stack }>({
  page: async ({ page }, use) => {
    await use(page);
    // What a route still waits for is nobody's failure once the test is over.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },
  stack: [
    async ({}, use) => {
      const stack = new Stack();
      try {
        await use(await stack.start());
      } finally {
        await stack.stop();
      }
    },
    { scope: "worker", timeout: 60_000 },
  ],
  traffic: [
    async ({ page, stack }, use) => {
      const traffic = new Traffic(page, stack);
      await use(traffic);
      expect(traffic.foreign, "requests to third parties").toEqual([]);
    },
    { auto: true },
  ],
  uncaught: [
    async ({ page }, use) => {
      const uncaught: string[] = [];
      page.on("pageerror", (error) => uncaught.push(String(error)));
      await use(uncaught);
      expect(uncaught, "uncaught errors of the page").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
