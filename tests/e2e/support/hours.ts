// Opening hours worked out a second time, by Intl alone and from what the API says, to compare the widget's words with.
import type { Span, Store } from "./stack.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The value for a key, worked out once. */
const once = <T>(known: Map<string, T>, key: string, make: () => T): T => {
  if (!known.has(key)) known.set(key, make());
  return known.get(key)!;
};

const clocks = new Map<string, Intl.DateTimeFormat>();

const clock = (zone: string): Intl.DateTimeFormat =>
  once(clocks, zone, () => {
    const two = "2-digit";
    return new Intl.DateTimeFormat("sv-SE", {
      ...{ timeZone: zone, hourCycle: "h23" },
      ...{ year: "numeric", month: two, day: two, hour: two, minute: two },
    });
  });

/** What a clock in `zone` shows. */
export function local(at: number, zone: string): { date: string; minute: number } {
  const parts = clock(zone).formatToParts(at);
  const part = (type: string): string => parts.find((p) => p.type === type)!.value;
  return { date: `${part("year")}-${part("month")}-${part("day")}`, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}

const instants = new Map<string, number>();

/** The first instant at which a clock in `zone` shows this or, where the time is left out, has gone past it. */
export const instant = (date: string, minute: number, zone: string): number =>
  once(instants, `${date} ${minute} ${zone}`, () => {
    const wall = Date.parse(`${date}T00:00Z`) + minute * MINUTE;
    for (let at = wall - 15 * 60 * MINUTE; ; at += MINUTE) {
      const shown = local(at, zone);
      const missing = wall - Date.parse(`${shown.date}T00:00Z`) - shown.minute * MINUTE;
      if (missing <= 0) return at;
      // Clocks are put forward by two hours at most.
      if (missing > 180 * MINUTE) at += missing - 180 * MINUTE;
    }
  });

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const plus = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00Z`) + days * DAY).toISOString().slice(0, 10);

export function spansOn(store: Store, date: string): Span[] {
  const special = store.hours.special?.find((day) => day.date === date);
  return special?.spans ?? store.hours.weekly[(new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7]!;
}

/** When a store is open, from the day before `now` on. */
export function intervals(store: Store, now: number): [number, number][] {
  const found: [number, number][] = [];
  const today = local(now, store.time_zone).date;
  for (let day = -1; day < 10; day++) {
    const date = plus(today, day);
    for (const span of spansOn(store, date)) {
      const [opens, closes] = [minutes(span.opens), minutes(span.closes)];
      found.push([instant(date, opens, store.time_zone), instant(date, closes > opens ? closes : closes + 1440, store.time_zone)]);
    }
  }
  return found;
}

/** Versions of ICU do not agree whether English writes `9:30` or `09:30`. */
export const plainTimes = (text: string): string => text.replace(/\b0(\d:\d\d)/g, "$1");

/** What the line says, in English. */
export function words(store: Store, now: number, device: string, lang = "en-GB"): string {
  const zone = store.time_zone;
  const time = (at: number): string => {
    const shown = new Intl.DateTimeFormat(lang, { timeZone: zone, hour: "numeric", minute: "2-digit" }).format(at);
    const [there, here] = [local(at, zone), local(at, device)];
    return there.date === here.date && there.minute === here.minute ? shown : `${shown} (local time)`;
  };
  const all = intervals(store, now);
  const open = all.find(([from, to]) => from <= now && now < to);
  if (open) return `${open[1] - now <= 45 * MINUTE ? "Closes soon" : "Open"} · until ${time(open[1])}`;
  const next = all.find(([from]) => from > now);
  if (!next) return "Closed";
  const date = local(next[0], zone).date;
  const days = (Date.parse(date) - Date.parse(local(now, zone).date)) / DAY;
  if (days === 0) return `Closed · opens at ${time(next[0])}`;
  if (days === 1) return `Closed · opens tomorrow at ${time(next[0])}`;
  const fields = days < 7 ? ({ weekday: "long" } as const) : ({ weekday: "short", day: "numeric", month: "short" } as const);
  return `Closed · opens ${new Intl.DateTimeFormat(lang, { timeZone: zone, ...fields }).format(next[0])} at ${time(next[0])}`;
}
