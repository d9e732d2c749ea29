// The room of size charts, on the real stack: what head office writes is what shoppers are advised by.
import type { Locator, Page } from "@playwright/test";
import { Console, PASSWORD, expect, test as base } from "../support/console.ts";
import { look } from "../support/look.ts";
import { KEY, type Stack } from "../support/stack.ts";

interface Brand {
  name: string;
  product: string;
}

/** Each test has a brand of its own, and its charts go with it. */
const test = base.extend<{ brand: Brand }>({
  brand: async ({ stack, page }, use) => {
    const id = crypto.randomUUID().slice(0, 8).toUpperCase();
    const brand = { name: `Ondine ${id}`, product: `JUPE-${id}` };
    stack.addProduct(brand.product, "Jupe plissée", brand.name);
    await use(brand);
    const left = await page.request.get(`${stack.api}/admin/v1/size-charts`);
    if (!left.ok()) return;
    for (const { brand: of, category } of ((await left.json()) as { items: { brand?: string; category?: string }[] }).items) {
      if (of !== brand.name) continue;
      const url = `${stack.api}/admin/v1/size-charts?brand=${encodeURIComponent(of)}&category=${encodeURIComponent(category ?? "")}`;
      await page.request.delete(url, { headers: { origin: stack.api } });
    }
  },
});

async function open(page: Page, room: Console): Promise<void> {
  await page.goto(`${room.url}#charts`);
  await room.fillSignIn();
  await expect(page.getByRole("heading", { level: 1, name: "Size charts" })).toBeVisible();
  await expect(page.locator(".loading")).toHaveCount(0);
}

const begin = (page: Page): Promise<void> => page.getByRole("button", { name: "New size chart" }).click();
const line = (page: Page, brand: Brand): Locator => page.locator(".line").filter({ hasText: brand.name });
const cell = (page: Page, id: string): Locator => page.locator(`#c-${id}`);
const save = (page: Page): Promise<void> => page.getByRole("button", { name: "Save" }).click();

/** Writes the rows of chest and waist. */
async function fill(page: Page, brand: Brand, rows: string[][]): Promise<void> {
  await page.getByLabel("Brand").fill(brand.name);
  await page.getByRole("button", { name: "Hips" }).click();
  for (const [row, texts] of rows.entries()) {
    for (const [at, id] of ["", "-0-0", "-0-1", "-1-0", "-1-1"].entries()) await cell(page, `${row}${id}`).fill(texts[at]!);
  }
}

const GOOD = [
  ["38", "84", "88", "66", "70"],
  ["40", "88", "92,5", "70", "74"],
];

/** What shoppers are given for the product; nothing where there is no chart. */
async function advised(stack: Stack, brand: Brand): Promise<{ brand?: string; rows: { size: string; body: { to_mm: number }[] }[] } | undefined> {
  const answer = await fetch(`${stack.api}/v1/size-chart?product=${brand.product}`, { headers: { "devanture-key": KEY, origin: stack.shop } });
  const chart = answer.ok ? ((await answer.json()) as { brand?: string; rows: { size: string; body: { to_mm: number }[] }[] }) : undefined;
  return chart?.brand === brand.name ? chart : undefined;
}

test("a size chart is made, holds for shoppers, is changed and removed", async ({ page, room, stack, brand }) => {
  await open(page, room);
  await begin(page);
  await expect(page.getByRole("heading", { name: "New size chart" })).toBeFocused();
  await fill(page, brand, GOOD);
  await save(page);
  await expect(page.locator(".saved")).toContainText("Saved.");
  await page.reload();
  await expect(line(page, brand)).toContainText("2 sizes · 38 – 40 · Chest or bust, Waist");
  const chart = await advised(stack, brand);
  expect(chart?.rows.map(({ size }) => size)).toEqual(["38", "40"]);
  expect(chart?.rows[1]!.body[0]!.to_mm).toBe(925);

  await line(page, brand).click();
  await expect(cell(page, "1-0-1")).toHaveValue("92.5");
  await page.getByRole("button", { name: "Add a size" }).click();
  await expect(page.getByLabel("Size of row 3")).toBeFocused();
  await page.keyboard.type("36");
  for (const text of ["80", "84", "62", "66"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(text);
  }
  await page.getByRole("button", { name: "Move 36 up" }).press("Enter");
  await expect(page.getByLabel("Size of row 2")).toBeFocused();
  await page.getByRole("button", { name: "Move 36 up" }).press("Enter");
  await expect(page.getByLabel("Size of row 1")).toHaveValue("36");
  await page.keyboard.press("Enter");
  await expect(line(page, brand)).toContainText("3 sizes · 36 – 40");
  expect((await advised(stack, brand))?.rows.map(({ size }) => size)).toEqual(["36", "38", "40"]);

  await line(page, brand).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(room.dialog).toContainText("Remove this size chart?");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Remove", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await room.dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.locator(".saved")).toContainText("Removed.");
  await expect(line(page, brand)).toHaveCount(0);
  expect(await advised(stack, brand)).toBeUndefined();
});

test("what is wrong with a size chart is said at the field, which has the focus", async ({ page, room, stack, brand }) => {
  await open(page, room);
  await begin(page);
  await save(page);
  await expect(cell(page, "0")).toBeFocused();
  await expect(page.locator("#c-0-why")).toContainText("Fill in a size");
  await fill(page, brand, [
    ["38", "88", "84", "66", "70"],
    ["", "88", "eighty", "70", "74"],
    ["38", "92", "960", "74", "78"],
  ]);
  await save(page);
  await expect(cell(page, "0-0-1")).toBeFocused();
  await expect(cell(page, "0-0-1")).toHaveAttribute("aria-invalid", "true");
  for (const [id, words] of [
    ["0-0-1", "less than where it begins"],
    ["1", "Name the size"],
    ["1-0-1", "write centimetres"],
    ["2", "38 stands here twice"],
    ["2-0-1", "from 38 to 180 cm"],
  ] as const) {
    await expect(page.locator(`#c-${id}-why`)).toContainText(words);
  }
  // It is put right while it is said.
  await cell(page, "0-0-0").fill("84");
  await cell(page, "0-0-1").fill("88");
  await expect(page.locator("#c-0-0-1-why")).toHaveCount(0);
  await cell(page, "1").fill("40");
  await cell(page, "1-0-1").fill("92");
  await cell(page, "2").fill("42");
  await cell(page, "2-0-0").fill("95");
  await cell(page, "2-0-1").fill("99");
  await expect(page.locator("#c-2-0-0-why")).toContainText("between 40 and 42 bodies have no size");
  await save(page);
  await expect(cell(page, "2-0-0")).toBeFocused();
  await cell(page, "2-0-0").fill("92");
  await page.getByLabel("Brand").fill("x".repeat(300));
  await save(page);
  await expect(page.locator("#sc-0-why")).toContainText(/The server does not take this: .*at most/);
  await expect(page.getByLabel("Brand")).toBeFocused();
  await page.getByLabel("Brand").fill(brand.name);
  await save(page);
  await expect(line(page, brand)).toContainText("3 sizes");
  await begin(page);
  await fill(page, { ...brand, name: brand.name.toUpperCase() }, GOOD);
  await save(page);
  await expect(page.locator("#sc-0-why")).toContainText("There is a chart for this already");
  await page.getByLabel("Category").fill("jupe");
  await save(page);
  await expect(line(page, brand)).toHaveCount(2);
  expect((await advised(stack, brand))?.rows).toHaveLength(3);
  await page.locator(".line").filter({ hasText: `${brand.name} · jupe` }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await room.dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.locator(".saved")).toContainText("Removed.");
});

test("a size chart that somebody else has changed is not overwritten unsaid; what is typed is not lost unasked", async ({ page, room, stack, brand }) => {
  await open(page, room);
  await begin(page);
  await fill(page, brand, GOOD);
  await page.getByRole("button", { name: "Go back" }).click();
  await expect(room.dialog).toContainText("Leave without saving?");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Stock" }).click();
  await page.getByRole("link", { name: "Size charts" }).click();
  await expect(cell(page, "1-0-1")).toHaveValue("92,5");
  await save(page);
  await line(page, brand).click();
  await cell(page, "1-0-1").fill("93");
  const theirs = { brand: brand.name, rows: [{ size: "36", body: [{ dimension: "chest", from_mm: 800, to_mm: 840 }] }] };
  const put = await page.request.put(`${stack.api}/admin/v1/size-charts`, { data: theirs, headers: { origin: stack.api } });
  expect(put.status()).toBe(200);
  await save(page);
  await expect(page.locator("#form")).toContainText("somebody else has changed this chart");
  await expect(page.locator("#form")).toBeFocused();
  expect((await advised(stack, brand))?.rows.map(({ size }) => size)).toEqual(["36"]);
  await save(page);
  await expect(line(page, brand)).toContainText("38 – 40");
  expect((await advised(stack, brand))?.rows[1]!.body[0]!.to_mm).toBe(930);
});

test("of two who change a size chart at once the second is told, also who removes it", async ({ page, room, stack, brand, browser }) => {
  await open(page, room);
  await begin(page);
  await fill(page, brand, GOOD);
  await save(page);
  await line(page, brand).click();
  const other = await browser.newPage({ locale: "en-GB" });
  await open(other, new Console(other, stack));
  await line(other, brand).click();
  await cell(page, "1-0-1").fill("93");
  await save(page);
  await expect(page.locator(".saved")).toBeVisible();
  await cell(other, "1-0-1").fill("94");
  await other.getByRole("button", { name: "Remove", exact: true }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(other.locator("#form")).toContainText("Not removed: somebody else has changed this chart");
  await expect(other.locator("#form")).toBeFocused();
  await expect(cell(other, "1-0-1")).toHaveValue("94");
  expect((await advised(stack, brand))?.rows[1]!.body[0]!.to_mm).toBe(930);
  // It was said: now it is replaced, and the first is told in their turn.
  await line(page, brand).click();
  await save(other);
  await expect(other.locator(".saved")).toBeVisible();
  await cell(page, "1-0-1").fill("95");
  await save(page);
  await expect(page.locator("#form")).toContainText("Not saved: somebody else has changed this chart");
  await expect(cell(page, "1-0-1")).toHaveValue("95");
  expect((await advised(stack, brand))?.rows[1]!.body[0]!.to_mm).toBe(940);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await room.dialog.getByRole("button", { name: "Remove" }).click();
  await expect(page.locator(".saved")).toContainText("Removed.");
  await other.close();
});

test("rows of a size chart are pasted from a spreadsheet", async ({ page, room, brand }) => {
  await open(page, room);
  await begin(page);
  await page.getByLabel("Brand").fill(brand.name);
  await cell(page, "0").evaluate((field) => {
    const data = new DataTransfer();
    data.setData("text", "S\t82-90\t66-74\t90-98\r\nM\t90-98\t74-82\t98-106\r\n");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(cell(page, "1-2-1")).toHaveValue("106");
  await save(page);
  await expect(line(page, brand)).toContainText("2 sizes · S – M · Chest or bust, Waist, Hips");
});

test("the room of size charts is for head office", async ({ page, room, stack }) => {
  const { items } = await stack.stores({ limit: "1" });
  const login = `charts.${crypto.randomUUID()}@lormelle.example`;
  stack.addStaff({ login, name: "Alix Vendeur", role: "seller", password: PASSWORD, stores: [items[0]!.code] });
  await page.goto(`${room.url}#charts`);
  await room.fillSignIn(login);
  await expect(room.heading).toBeVisible();
  await expect(page.getByRole("link", { name: "Stock" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Size charts" })).toHaveCount(0);
});

// Tall, as axe takes for too small what is half below the menu.
for (const [locale, colorScheme, width] of [
  ["fr-FR", "light", 320],
  ["fr-FR", "light", 390],
  ["en-GB", "dark", 1280],
] as const) {
  test.describe(`${locale}, ${colorScheme}, ${width} px`, () => {
    test.use({ locale, colorScheme, viewport: { width, height: 2400 } });
    test("nothing for axe to say of size charts, nothing cut off", async ({ page, room, stack, brand }) => {
      await page.route("**/admin/v1/size-charts", (route) => route.fulfill({ json: { items: [] } }), { times: 1 });
      await page.goto(`${room.url}#charts`);
      await room.fillSignIn();
      await expect(page.locator(".empty")).toBeVisible();
      await look(page, "none");
      await page.locator("#sc-new").click();
      for (const [row, texts] of [["38", "84", "88"], ["40", "86", "92"], ["rouge", "92", "9"]].entries()) {
        for (const [at, id] of ["", "-0-0", "-0-1"].entries()) await cell(page, `${row}${id}`).fill(texts[at]!);
      }
      await look(page, "form");
      await page.locator("[type=submit]").click();
      await expect(page.locator("#c-2-why")).toBeVisible();
      await look(page, "wrong");
      for (const one of Array.from({ length: 12 }, (_, at) => `catégorie ${at + 1}`)) {
        const data = { brand: brand.name, category: one, rows: [{ size: "36", body: [{ dimension: "chest", from_mm: 800, to_mm: 840 }] }, { size: "38", body: [{ dimension: "chest", from_mm: 840, to_mm: 880 }] }] };
        expect((await page.request.put(`${stack.api}/admin/v1/size-charts`, { data, headers: { origin: stack.api } })).status()).toBe(200);
      }
      await page.locator("#sc-back").click();
      await expect(room.dialog).toBeVisible();
      await look(page, "leaving");
      await room.dialog.locator("[type=submit]").click();
      await page.reload();
      await expect(line(page, brand)).toHaveCount(12);
      await look(page, "list");
      await page.locator("#sc-search").fill(`${brand.name} · CATÉGORIE 12`);
      await expect(line(page, brand)).toHaveCount(1);
      await line(page, brand).click();
      await cell(page, "1-0-1").fill("91");
      const theirs = { brand: brand.name, category: "catégorie 12", rows: [{ size: "36", body: [{ dimension: "chest", from_mm: 800, to_mm: 850 }] }] };
      expect((await page.request.put(`${stack.api}/admin/v1/size-charts`, { data: theirs, headers: { origin: stack.api } })).status()).toBe(200);
      await page.locator("[type=submit]").click();
      await expect(page.locator("#form")).toBeFocused();
      await expect(cell(page, "1-0-1")).toHaveValue("91");
      await look(page, "changed meanwhile");
    });
  });
}
