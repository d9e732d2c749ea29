// The room of the store itself, on the real stack: what a manager changes is what shoppers see, and is the store's own until
// it is given back.
import type { Page } from "@playwright/test";
import { Console, PASSWORD, expect, test as base } from "../support/console.ts";
import type { Stack, Store } from "../support/stack.ts";

interface Manager {
  login: string;
  store: Store;
}

/** Each test runs a store of its own. */
const test = base.extend<{ manager: Manager }>({
  manager: async ({ stack }, use, info) => {
    const { items } = await stack.stores({ limit: "20" });
    const store = items[testNumber(info.title)]!;
    const login = `manager.${store.code.toLowerCase()}@lormelle.example`;
    stack.addStaff({ login, name: "Ana Gérante", role: "store_manager", password: PASSWORD, stores: [store.code] });
    await use({ login, store });
  },
});

const titles: string[] = [];
function testNumber(title: string): number {
  if (!titles.includes(title)) titles.push(title);
  return titles.indexOf(title);
}

async function open(page: Page, room: Console, { login, store }: Manager): Promise<void> {
  await page.goto(`${room.url}#shop`);
  await room.fillSignIn(login);
  await expect(page.getByRole("heading", { level: 1, name: "My store" })).toBeVisible();
  await expect(page.locator(".counts")).toContainText(store.name);
}

const seen = async (stack: Stack, { store }: Manager): Promise<Store> => stack.get<Store>(`/v1/stores/${store.code}`);
const part = (page: Page, name: string) => page.getByRole("region", { name });
const day = (page: Page, name: string) => page.getByRole("group", { name, exact: true });

test("another week: shoppers see it, head office leaves it alone, and it can be given back", async ({ page, room, stack, manager }) => {
  const before = await seen(stack, manager);
  await open(page, room, manager);
  await expect(part(page, "Opening hours")).toContainText("From head office");
  await page.getByRole("button", { name: "Change the week" }).click();
  await expect(page.getByRole("heading", { name: "Change the week" })).toBeFocused();
  while ((await day(page, "Sunday").getByRole("button", { name: "Remove this opening" }).count()) > 0) {
    await day(page, "Sunday").getByRole("button", { name: "Remove this opening" }).first().click();
  }
  await day(page, "Sunday").getByRole("button", { name: "Open that day" }).click();
  await expect(day(page, "Sunday").getByLabel("Opens")).toBeFocused();
  await day(page, "Sunday").getByLabel("Opens").fill("10:00");
  await day(page, "Sunday").getByLabel("Closes").fill("12:30");
  await day(page, "Sunday").getByRole("button", { name: "Add an opening" }).click();
  await day(page, "Sunday").getByLabel("Opens").nth(1).fill("12:00");
  await day(page, "Sunday").getByLabel("Closes").nth(1).fill("18:00");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(day(page, "Sunday").getByRole("alert")).toHaveText("Two openings overlap. End one before the next begins.");
  await expect(day(page, "Sunday")).toBeFocused();
  expect((await seen(stack, manager)).hours).toEqual(before.hours);
  await day(page, "Sunday").getByLabel("Opens").nth(1).fill("14:00");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".saved")).toHaveText("Saved. Shoppers see it now.");
  await expect(page.getByRole("button", { name: "Change the week" })).toBeFocused();
  await expect(part(page, "Opening hours")).toContainText("10:00 – 12:30, 14:00 – 18:00");
  await expect(part(page, "Opening hours")).toContainText("Your own");
  expect((await seen(stack, manager)).hours.weekly[6]).toEqual([{ opens: "10:00", closes: "12:30" }, { opens: "14:00", closes: "18:00" }]);

  await part(page, "Opening hours").getByRole("button", { name: "Give back to head office" }).click();
  await expect(room.dialog).toContainText("Give this back to head office?");
  await room.dialog.getByRole("button", { name: "Give back to head office" }).click();
  await expect(part(page, "Opening hours")).toContainText("From head office");
  expect((await seen(stack, manager)).hours).toEqual(before.hours);
});

test("a special day, and a promotion, by the keyboard alone", async ({ page, room, stack, manager }) => {
  await open(page, room, manager);
  // A day on which the demo has nothing special: the Sundays before Christmas come 20 days after today as well.
  const taken = (await seen(stack, manager)).hours.special.map((one) => one.date);
  const days = Array.from({ length: 60 }, (_, at) => new Date(Date.now() + (20 + at) * 86_400_000).toISOString().slice(0, 10));
  const next = days.find((day) => !taken.includes(day))!;
  await page.getByRole("button", { name: "Add a special day" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("What shoppers are told").focus();
  await page.keyboard.type("Inventory");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Choose a date.")).toBeVisible();
  await expect(page.getByLabel("Date")).toBeFocused();
  await page.getByLabel("Date").fill(next);
  await page.keyboard.press("Enter");
  await expect(page.locator(".saved")).toBeVisible();
  const special = part(page, "Special days").getByRole("button", { name: /Inventory/ });
  await expect(special).toContainText("Closed · Inventory");
  expect((await seen(stack, manager)).hours.special).toContainEqual({ date: next, spans: [], note: "Inventory" });

  await page.getByRole("button", { name: "Add a promotion or event" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("radio", { name: "Event" }).focus();
  await page.keyboard.press("Space");
  await page.getByLabel("Title").fill("Late opening <b>");
  await page.getByLabel("Last day").fill("2020-01-01");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The last day is before the first.")).toBeVisible();
  await page.getByLabel("Last day").fill(next);
  await page.keyboard.press("Enter");
  await expect(part(page, "Promotions and events").getByRole("button", { name: /Late opening/ })).toContainText("Event · until");
  expect((await seen(stack, manager)).promotions).toContainEqual(expect.objectContaining({ title: "Late opening <b>", event: true, ends_on: next }));

  await special.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".saved")).toBeVisible();
  await expect(special).toHaveCount(0);
});

test("without network nothing that was typed is lost", async ({ page, room, stack, manager }) => {
  await open(page, room, manager);
  await page.getByRole("button", { name: "Add a promotion or event" }).click();
  await page.getByLabel("Title").fill("Soldes");
  await page.getByLabel("Last day").fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not saved: no connection." })).toBeFocused();
  await expect(page.getByLabel("Title")).toHaveValue("Soldes");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".saved")).toBeVisible();
  expect((await seen(stack, manager)).promotions).toContainEqual(expect.objectContaining({ title: "Soldes" }));
});

test("two managers at once: the second is told", async ({ page, room, stack, manager, browser }) => {
  await open(page, room, manager);
  await page.getByRole("button", { name: "Add a promotion or event" }).click();
  const other = await browser.newPage({ locale: "en-GB" });
  const theirs = new Console(other, stack);
  await open(other, theirs, manager);
  for (const [whose, title] of [[other, "First"], [page, "Second"]] as const) {
    if (whose === other) await whose.getByRole("button", { name: "Add a promotion or event" }).click();
    await whose.getByLabel("Title").fill(title);
    await whose.getByLabel("Last day").fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
    await whose.getByRole("button", { name: "Save" }).click();
    if (whose === other) await expect(whose.locator(".saved")).toBeVisible();
  }
  await expect(page.getByRole("alert").filter({ hasText: "somebody else has changed the store" })).toBeVisible();
  await page.getByRole("button", { name: "Go back" }).click();
  await page.reload();
  await expect(part(page, "Promotions and events")).toContainText("First");
  await other.close();
});

test("a seller has no such room", async ({ page, room, stack, manager }) => {
  const login = `seller.${manager.store.code.toLowerCase()}@lormelle.example`;
  stack.addStaff({ login, name: "Alix Vendeur", role: "seller", password: PASSWORD, stores: [manager.store.code] });
  await page.goto(`${room.url}#shop`);
  await room.fillSignIn(login);
  await expect(room.heading).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Rooms" }).getByRole("link")).toHaveText(["Reservations", "Stock"]);
});
