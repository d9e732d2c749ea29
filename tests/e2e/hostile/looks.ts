// Whether somebody can see and read it.
import type { Locator } from "@playwright/test";
import { expect } from "../support/stack.ts";
import type { Widget } from "./widgets.ts";

export async function looks(root: Locator, widget: Widget): Promise<void> {
  const look = root.locator(widget.look).first();
  await expect(look, "what a shopper looks at").toBeVisible({ timeout: 10_000 });
  const [outer, box] = [(await root.boundingBox())!, (await look.boundingBox())!];
  expect(box.width, "its width").toBeGreaterThanOrEqual(widget.size[0]);
  expect(box.height, "its height").toBeGreaterThanOrEqual(widget.size[1]);
  expect(outer.height + 1, "the element is as high as what is in it").toBeGreaterThanOrEqual(box.height);
  expect(outer.width + 1, "and as wide").toBeGreaterThanOrEqual(box.width);
  const [selector, property, value] = widget.styled;
  await expect(root.locator(selector).first(), "its own styles").toHaveCSS(property, value);
  const text = await root.locator(widget.text).first().evaluate(readable);
  expect(text.size, "the size of its text in pixels").toBeGreaterThanOrEqual(8);
  expect(text.contrast, `the contrast of ${text.colour} on ${text.ground}`).toBeGreaterThanOrEqual(4.5);
}

/** Size and contrast of a text, in the page. */
function readable(element: Element): { size: number; contrast: number; colour: string; ground: string } {
  const style = getComputedStyle(element);
  // Painted, so that any notation of a colour is four bytes.
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  const bytes = (colour: string): number[] => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour: string): number => {
    const [r, g, b] = bytes(colour).slice(0, 3).map((byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  let ground = "Canvas";
  for (let at: Element | null = element; at; ) {
    const { backgroundColor } = getComputedStyle(at);
    if (bytes(backgroundColor)[3]! > 128) {
      ground = backgroundColor;
      break;
    }
    const parent: ParentNode | null = at.parentNode;
    at = parent instanceof ShadowRoot ? parent.host : at.parentElement;
  }
  if (ground === "Canvas") ground = matchMedia("(forced-colors: active)").matches ? "Canvas" : "white";
  const [a, b] = [light(style.color), light(ground)];
  return { size: parseFloat(style.fontSize), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), colour: style.color, ground };
}
