import { build, version } from "./config.js";
import { definitions } from "./generated/definitions.js";
import { DevantureElement } from "./element.js";
import { drain } from "./queue.js";

const id = `${version}+${build}`;

/** Registers every element. What another loader has registered stays as it is. */
export const define = (): void => {
  for (const definition of definitions) {
    const { tag } = definition;
    const there = customElements.get(tag) as { id?: string } | undefined;
    if (!there) customElements.define(tag, DevantureElement.of(definition, id));
    else if (there.id !== id) console.warn(`<${tag}> ${there.id} is in use, not ${id}`);
  }
  drain();
};
