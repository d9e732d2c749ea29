// What the console asks of reservations, played by the contract of crates/api/src/admin.rs: one store's desk, whose network
// can be cut and whose answers can be lost. Sign-in and the console's own files are the real ones.
import type { Page, Route } from "@playwright/test";

export type State =
  | "awaiting_payment" | "requested" | "accepted" | "ready" | "collected"
  | "refused" | "expired" | "cancelled" | "no_show" | "passed_on";

export interface Item {
  sku: string;
  quantity: number;
  name?: string;
  size?: string;
  colour?: string;
  image_url?: string;
  price?: { amount: number; currency: string };
}
export interface Reservation {
  id: string;
  state: State;
  store_code: string;
  delivery?: { from: string; to: string };
  paid: boolean;
  stores_asked: number;
  items: Item[];
  person?: { name: string; email?: string; phone?: string };
  locale: string;
  due_at?: number;
  created_at: number;
  changed_at: number;
}
export interface Acted {
  id: string;
  action: string;
  refusal?: string;
  pickup_code?: string;
}

const MINUTE = 60_000;
export const CODE = "K7M2QX";
const RESULTS: Record<string, State> = { accept: "accepted", refuse: "refused", mark_ready: "ready", collect: "collected", no_show: "no_show" };
const FROM: Record<string, State[]> = {
  accept: ["requested"],
  refuse: ["requested", "accepted"],
  mark_ready: ["accepted"],
  collect: ["accepted", "ready"],
  no_show: ["ready"],
};
const OPEN: State[] = ["awaiting_payment", "requested", "accepted", "ready"];

/** Figures of one variant at one place. */
export interface Figures {
  on_hand: number;
  reserved: number;
  safety: number;
  available: number;
  on_order: number;
  expected_on?: string;
  source: "count" | "till" | "feed";
  counted_at: number;
  based_at: number;
}
export interface Variant {
  sku: string;
  gtin?: string;
  size?: string;
  colour?: string;
  here?: Figures;
}
export interface Product {
  id: string;
  name: string;
  brand?: string;
  variants: Variant[];
}
export interface Count {
  id: string;
  store_code: string;
  sku: string;
  on_hand: number;
  reason: string;
  seen?: { on_hand: number; based_at: number };
  counted_at: number;
}
export interface Order {
  store_code: string;
  from: string;
  sku: string;
  quantity: number;
  name: string;
  email?: string;
  phone?: string;
  consent: boolean;
}
export interface Place {
  code: string;
  name: string;
  warehouse?: boolean;
  distance_m?: number;
  phone?: string;
  figures: Figures;
}

type Fault = "offline" | "busy" | "signed_out" | "lost";

export class Desk {
  stores = [{ code: "FR-NTE", name: "Lormelle Nantes", time_zone: "Europe/Paris" }];
  reservations: Reservation[] = [];
  /** What the one store sells, and where else it is. */
  products: Product[] = [];
  elsewhere: Place[] = [];
  /** Every count that reached the desk, also when its answer was lost. */
  readonly counts: Count[] = [];
  /** Every order that reached the desk, by its idempotency key. */
  readonly orders: { key: string; order: Order }[] = [];
  /** What the next orders are refused with. */
  refuses: { status: number; code: string } | undefined;
  /** Whether the desk has a stream of events; if not, its lists are polled. */
  streams = false;
  /** Every action that reached the desk, also when its answer was lost. */
  readonly acted: Acted[] = [];
  /** How the lists were asked for: the query, and whether the answer was 304. */
  readonly asked: { query: string; same: boolean }[] = [];
  /** What happens to every request, until told otherwise. */
  fault: Fault | undefined;
  /** The server's clock. */
  now: () => number = Date.now;
  /** Actions wait until it is let go. */
  gate: Promise<void> = Promise.resolve();

  /** Answers a page's requests. */
  async serve(page: Page): Promise<this> {
    await page.route(/\/admin\/v1\/(stores|reservations|stock|orders|events)/, async (route) => this.#answer(route));
    return this;
  }

  add(id: string, state: State, more: Partial<Reservation> = {}): Reservation {
    const now = this.now();
    const made: Reservation = {
      id,
      state,
      store_code: "FR-NTE",
      paid: false,
      stores_asked: 1,
      items: [
        {
          ...{ sku: `LM-${id.toUpperCase()}-38`, quantity: 1, name: "Alba jumper", size: "M", colour: "Sage green" },
          price: { amount: 8900, currency: "EUR" },
        },
      ],
      person: { name: "Camille Martin", email: "camille.martin@example.com", phone: "+33 6 12 34 56 78" },
      locale: "fr",
      ...(OPEN.includes(state) ? { due_at: now + 12 * MINUTE } : {}),
      created_at: now - 3 * MINUTE,
      changed_at: now - 3 * MINUTE,
      ...more,
    };
    this.reservations.push(made);
    return made;
  }

  get(id: string): Reservation {
    return this.reservations.find((known) => known.id === id)!;
  }

  /** Counts what was asked of an action. */
  count(action: string): number {
    return this.acted.filter((known) => known.action === action).length;
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    if (this.fault === "offline") return route.abort("internetdisconnected");
    if (this.fault === "busy") return problem(route, 503, "unavailable");
    if (this.fault === "signed_out") return problem(route, 401, "not_signed_in");
    if (url.pathname === "/admin/v1/events") return this.streams ? route.fallback() : problem(route, 503, "unavailable");
    if (url.pathname === "/admin/v1/orders") return this.#order(route);
    if (url.pathname.startsWith("/admin/v1/stock")) return this.#stock(route, url);
    if (url.pathname === "/admin/v1/stores") return route.fulfill({ json: { items: this.stores } });
    if (request.method() === "POST") {
      await this.gate;
      return this.#act(route, decodeURIComponent(url.pathname.split("/")[4]!));
    }
    const ended = url.searchParams.get("ended") === "true";
    const store = url.searchParams.get("store");
    if (!this.stores.some((known) => known.code === store)) return problem(route, 403, "store_not_yours");
    const items = this.reservations
      .filter((known) => (known.store_code === store || known.delivery) && OPEN.includes(known.state) !== ended)
      .sort((a, b) => (ended ? b.changed_at - a.changed_at : a.due_at! - b.due_at!));
    const etag = `"${hash(JSON.stringify(items))}"`;
    const same = request.headers()["if-none-match"] === etag;
    this.asked.push({ query: url.search, same });
    if (same) return route.fulfill({ status: 304, headers: { etag } });
    return route.fulfill({ json: { items, now: this.now() }, headers: { etag } });
  }

  figures(on_hand: number, more: Partial<Figures> = {}): Figures {
    const at = this.now() - 12 * MINUTE;
    const made = { on_hand, reserved: 0, safety: 0, available: 0, on_order: 0, source: "feed" as const, counted_at: at, based_at: at, ...more };
    return { ...made, available: Math.max(0, made.on_hand - made.reserved - made.safety) };
  }

  async #stock(route: Route, url: URL): Promise<void> {
    if (route.request().method() === "POST") return this.#count(route);
    const typed = (url.searchParams.get("q") ?? "").toLowerCase();
    const is = ({ sku, gtin }: Variant): boolean => sku.toLowerCase() === typed || gtin === typed;
    const sku = url.searchParams.get("sku");
    if (sku === null) {
      const found = this.products.filter((one) => one.variants.some(is) || one.name.toLowerCase().includes(typed));
      const items = found.map((one) => ({ ...one, variants: one.variants.map((variant) => ({ ...variant, exact: is(variant) })) }));
      return route.fulfill({ json: { items, more: false, now: this.now() } });
    }
    const product = this.products.find((one) => one.variants.some((variant) => variant.sku === sku));
    if (!product) return problem(route, 404, "product_not_found");
    const variant = product.variants.find((variant) => variant.sku === sku);
    const price = { amount: 8900, currency: "EUR" };
    return route.fulfill({ json: { name: product.name, brand: product.brand, variant, price, elsewhere: this.elsewhere, now: this.now() } });
  }

  async #order(route: Route): Promise<void> {
    const order = route.request().postDataJSON() as Order;
    this.orders.push({ key: route.request().headers()["idempotency-key"]!, order });
    if (this.refuses) return problem(route, this.refuses.status, this.refuses.code);
    if (this.fault === "lost") return route.abort("connectionreset");
    const place = this.elsewhere.find((one) => one.code === order.from)!;
    const times = place.warehouse ? {} : { ready_at: this.now() + 90 * MINUTE };
    const json = { id: "o1", pickup_code: "K7M2QX8P", from: place.code, from_name: place.name, time_zone: "Europe/Paris", answer_by: this.now() + 120 * MINUTE, ...times };
    return route.fulfill({ status: 201, json });
  }

  async #count(route: Route): Promise<void> {
    const count = route.request().postDataJSON() as Count;
    const again = this.counts.some((known) => known.id === count.id);
    this.counts.push(count);
    const variant = this.products.flatMap((one) => one.variants).find((one) => one.sku === count.sku);
    if (!variant) return problem(route, 404, "product_not_found");
    if (!again && variant.here && variant.here.based_at !== count.seen?.based_at) return problem(route, 409, "changed_meanwhile");
    if (!again) {
      const at = count.counted_at;
      variant.here = this.figures(count.on_hand, { ...variant.here, on_hand: count.on_hand, source: "count", counted_at: at, based_at: at });
    }
    if (this.fault === "lost") return route.abort("connectionreset");
    return route.fulfill({ json: { store_code: count.store_code, sku: count.sku, figures: variant.here } });
  }

  async #act(route: Route, id: string): Promise<void> {
    const body = route.request().postDataJSON() as Omit<Acted, "id">;
    this.acted.push({ id, ...body });
    const known = this.reservations.find((known) => known.id === id);
    if (!known) return problem(route, 404, "reservation_not_found");
    const result = RESULTS[body.action]!;
    if (body.action === "collect" && body.pickup_code !== CODE) return problem(route, 403, "wrong_pickup_code");
    if (known.state !== result) {
      if (!FROM[body.action]!.includes(known.state)) return problem(route, 409, "not_possible");
      known.state = result;
      known.changed_at = this.now();
      if (OPEN.includes(result)) known.due_at = this.now() + 90 * MINUTE;
      else delete known.due_at;
    }
    if (this.fault === "lost") return route.abort("connectionreset");
    return route.fulfill({ json: known });
  }
}

function problem(route: Route, status: number, code: string): Promise<void> {
  const body = { type: `https://devanture.dev/problems/${code}`, title: code, status, code };
  return route.fulfill({ status, contentType: "application/problem+json", body: JSON.stringify(body) });
}

function hash(text: string): number {
  let value = 0;
  for (const char of text) value = (value * 31 + char.codePointAt(0)!) | 0;
  return value;
}
