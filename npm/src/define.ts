import { build, version } from "./config.js";
import { elementClass } from "./element.js";
import { widgets } from "./generated/definitions.js";
import { drain } from "./queue.js";

const id = `${version}+${build}`;

/** Registers every element. What another loader has registered stays as it is. */
export const define = (): void => {
  let other: string | undefined;
  for (const widget of widgets.split(",")) {
    const [request, ...methods] = widget.split(" ") as [string, ...string[]];
    const tag = `devanture-${request.split(/[+?]/)[0]}`;
    const there = customElements.get(tag) as { id?: string } | undefined;
    if (!there) customElements.define(tag, elementClass(request, methods, id));
    else if (there.id !== id) other = `${there.id}`;
  }
  if (other) console.warn(`Devanture ${other} is in use, not ${id}`);
  drain();
};
