// Every widget on every hostile page: visible, styled, readable, one thing done with it, nothing broken.
import { test } from "../support/stack.ts";
import { HOSTS } from "./hosts.ts";
import { looks } from "./looks.ts";
import { WIDGETS } from "./widgets.ts";

for (const host of HOSTS) {
  test.describe(host.name, () => {
    test.use(host.use ?? {});
    for (const widget of WIDGETS) {
      test(widget.name, async ({ page, stack }) => {
        const attributes = await widget.attributes(stack);
        const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
        const element = `<${widget.tag}${written.join("")}><a href="/stores">Without script</a></${widget.tag}>`;
        const more = (await widget.more?.(stack)) ?? "";
        await host.before?.(page, stack);
        await page.goto(stack.page(await host.page({ element, attributes, more }, stack, widget)));
        const place = host.place?.(page) ?? page;
        const root = place.locator(widget.tag);
        await host.first?.(page, root);
        await looks(root, widget);
        await widget.act(root, place);
        await widget.then(root, page);
        await host.last?.(page);
      });
    }
  });
}
