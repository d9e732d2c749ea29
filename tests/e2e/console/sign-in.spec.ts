// Coming in and going out, with the server's own sessions.
import { within } from "../support/clock.ts";
import { COLLEAGUE, LOGIN, PASSWORD, expect, test } from "../support/console.ts";

test("in by the keyboard, and out, with nothing personal left behind", async ({ page, room, desk, context }) => {
  desk.add("a", "requested");
  await page.goto(room.url);
  await expect(page).toHaveTitle("Sign in · Devanture");
  await page.getByLabel("Email address").focus();
  await page.keyboard.type(` ${LOGIN.toUpperCase()} `);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(room.heading).toBeFocused();
  await expect(page).toHaveTitle("(1) Reservations · Lormelle Nantes");
  const [cookie] = await context.cookies(room.url);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  await page.reload();
  await expect(room.card("a")).toBeVisible();

  await room.signOut();
  await expect(page.getByLabel("Email address")).toBeFocused();
  await expect(page.getByText("Camille Martin")).toHaveCount(0);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toMatch(/Camille|Martin|lormelle\.example|06 12|LM-/i);
  expect(await context.cookies(room.url)).toEqual([]);
  await page.reload();
  await expect(room.password).toBeVisible();
});

test("a password manager finds its fields", async ({ page, room }) => {
  await page.goto(room.url);
  const login = page.getByLabel("Email address");
  await expect(login).toHaveAttribute("autocomplete", "username");
  await expect(login).toHaveAttribute("name", "username");
  await expect(room.password).toHaveAttribute("autocomplete", "current-password");
  await expect(room.password).toHaveAttribute("type", "password");
  // It fills them without a key being pressed.
  await page.evaluate(
    ([name, secret]) => {
      document.querySelector<HTMLInputElement>("[name=username]")!.value = name!;
      document.querySelector<HTMLInputElement>("[name=password]")!.value = secret!;
    },
    [LOGIN, PASSWORD],
  );
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(room.heading).toBeVisible();
});

test("what is wrong is said, and the password has the focus again", async ({ page, room }) => {
  await page.goto(room.url);
  const alert = page.getByRole("alert").filter({ visible: true });
  await room.fillSignIn(COLLEAGUE, "battery staple horse");
  await expect(alert).toHaveText("Address and password do not match.");
  await expect(room.password).toBeFocused();
  await expect(room.password).toHaveAccessibleDescription("Address and password do not match.");

  await room.fillSignIn("zoe", PASSWORD);
  await expect(alert).toHaveText("Type your whole email address and your password.");

  for (let tries = 0; tries < 5; tries++) {
    const answered = page.waitForResponse(/\/admin\/v1\/session$/);
    await room.fillSignIn("nobody@lormelle.example", `wrong ${tries}`);
    await answered;
    await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
  }
  await room.fillSignIn("nobody@lormelle.example", PASSWORD);
  await expect(alert).toHaveText("Too many attempts. Try again in 1 minute.");

  await page.route(/\/admin\/v1\/session$/, (route) =>
    route.fulfill({ status: 429, headers: { "retry-after": "421" }, json: { code: "locked_out" } }),
  );
  await room.password.press("Enter");
  await expect(alert).toHaveText("Too many attempts. Try again in 8 minutes.");
  await page.unroute(/\/admin\/v1\/session$/);
  await page.context().setOffline(true);
  await room.password.press("Enter");
  await expect(alert).toHaveText("No connection. Check the network and try again.");
  await page.context().setOffline(false);
});

test("in the browser's language, or the one that is chosen", async ({ browser, room }) => {
  for (const [locale, shown] of [["fr-CA", "Se connecter"], ["de-DE", "Sign in"], ["en-US", "Sign in"]] as const) {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(room.url);
    await expect(page.getByRole("button", { name: shown })).toBeVisible();
    await context.close();
  }
  const { page } = room;
  await page.goto(room.url);
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.getByRole("button", { name: "Se connecter" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await page.reload();
  await expect(page.getByRole("button", { name: "Se connecter" })).toBeVisible();
  await room.fillSignIn();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Réservations");
});

test("the server silent at first", async ({ page, room, desk }) => {
  desk.add("a", "ready");
  await room.enter();
  await page.route(/\/admin\/v1\/session$/, (route) => route.abort());
  await page.clock.install();
  await page.reload();
  await expect(page.getByRole("alert").filter({ visible: true })).toHaveText("The server does not answer. Trying again…");
  await page.unroute(/\/admin\/v1\/session$/);
  await within(page, 10, () => room.card("a").isVisible());
});
