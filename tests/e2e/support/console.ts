// The staff console as a seller meets it: by role and name.
import type { Locator, Page } from "@playwright/test";
import { Desk } from "./desk.ts";
import { expect, test as base, type Stack } from "./stack.ts";

export const LOGIN = "zoe.martin@lormelle.example";
export const PASSWORD = "correct horse battery staple";
export const COLLEAGUE = "paul.durand@lormelle.example";

export class Console {
  readonly heading: Locator;
  readonly cards: Locator;
  readonly dialog: Locator;
  readonly banner: Locator;
  readonly notices: Locator;
  readonly menu: Locator;
  readonly password: Locator;
  readonly page: Page;
  readonly url: string;

  constructor(page: Page, stack: Stack) {
    this.page = page;
    this.url = `${stack.api}/console/`;
    this.heading = page.getByRole("heading", { level: 1, name: /^(Reservations|Réservations)$/ });
    this.cards = page.getByRole("tabpanel").getByRole("listitem");
    this.dialog = page.getByRole("dialog");
    this.banner = page.locator(".banner");
    this.notices = page.locator(".notice");
    this.menu = page.locator("#menu");
    this.password = page.getByLabel(/^(Password|Mot de passe)$/);
  }

  card(id: string): Locator {
    return this.page.locator(`.card[data-id="${id}"]`);
  }

  button(id: string, name: string): Locator {
    return this.card(id).getByRole("button", { name, exact: true });
  }

  async fillSignIn(login = LOGIN, password = PASSWORD): Promise<void> {
    await this.page.getByLabel(/^(Email address|Adresse e-mail)$/).fill(login);
    await this.password.fill(password);
    await this.password.press("Enter");
  }

  /** Opens the console and signs in. */
  async enter(login = LOGIN): Promise<void> {
    await this.page.goto(this.url);
    await this.fillSignIn(login);
    await expect(this.heading).toBeVisible();
  }

  async signOut(): Promise<void> {
    await this.menu.click();
    await this.page.getByRole("button", { name: /^(Sign out|Se déconnecter)$/ }).click();
  }
}

/** `test` with the console, accounts to sign in with, and a desk with nothing on it. */
export const test = base.extend<{ room: Console; desk: Desk; policy: string[] }, { staff: void }>({
  staff: [
    async ({ stack }, use) => {
      stack.addStaff({ login: LOGIN, name: "Zoé Martin", role: "head_office", password: PASSWORD });
      stack.addStaff({ login: COLLEAGUE, name: "Paul Durand", role: "head_office", password: PASSWORD });
      await use();
    },
    { scope: "worker", auto: true },
  ],
  desk: async ({ page }, use) => use(await new Desk().serve(page)),
  room: async ({ page, stack }, use) => use(new Console(page, stack)),
  policy: [
    async ({ page }, use) => {
      const broken: string[] = [];
      page.on("console", (message) => {
        if (/Content Security Policy|Trusted ?Type/.test(message.text())) broken.push(message.text());
      });
      await use(broken);
      expect(broken, "what the content security policy refused").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
