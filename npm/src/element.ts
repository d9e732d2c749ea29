import { control } from "./control.js";
import { arrived } from "./queue.js";

/**
 * The attribute behind a property that HTML does not have, `storeUrl` → `store-url`: any name of letters, so that no widget's attributes
 * need a list here. What frameworks keep on elements has `$`, `_` or digits in its name, or is a symbol. An attribute that is named like
 * a method goes by its name and `Mode`.
 */
const attribute = (known: object, name: PropertyKey): string | false =>
  !(name in known) &&
  /^[a-z]+$/i.test(String(name)) &&
  (name as string).replace(/Mode$/, "").replace(/[A-Z]/g, "-$&").toLowerCase();

/**
 * The class for one widget; `request` and `methods` are of its line in `generated/definitions.ts`. There is no HTMLElement on a server,
 * so there is no class before this is called.
 */
export const elementClass = (request: string, methods: string[], id: string): typeof HTMLElement => {
  class Element extends HTMLElement {
    static id = id;

    #control = control(this, request);

    static {
      const handler: ProxyHandler<object> = {
        has: (known, name) => name in known || !!attribute(known, name),
        get(known, name, element) {
          // The browser looks for callbacks on the prototype, which is no element.
          if (!(#control in element)) return Reflect.get(known, name, element);
          // Before what libraries add to all elements: Prototype.js has a `select` too.
          if (methods.includes(name as string)) return (...args: unknown[]) => (element as Element).#control.call(name as string, args);
          const reflected = attribute(known, name);
          return reflected ? (element as Element).getAttribute(reflected) : Reflect.get(known, name, element);
        },
        // Vue and React assign to whatever property there is, methods too (`search`): that is the attribute. An object
        // is something that the page keeps here.
        set(known, name, value, element) {
          const reflected = (Object(value) !== value || Array.isArray(value)) && attribute(known, name);
          if (!reflected) return Reflect.set(known, name, value, element);
          if (value == null) (element as Element).removeAttribute(reflected);
          else (element as Element).setAttribute(reflected, value as string);
          return true;
        },
      };
      Object.setPrototypeOf(this.prototype, new Proxy(Object.create(HTMLElement.prototype) as object, handler));
    }

    get strings(): Record<string, string> | null {
      return this.#control.strings;
    }

    set strings(strings: Record<string, string> | null) {
      this.#control.strings = strings;
      this.#control.change();
    }

    connectedCallback(): void {
      // What was assigned before the element was defined hides the accessors.
      const own = this as unknown as Record<string, unknown>;
      for (const [name, value] of Object.entries(own)) {
        delete own[name];
        own[name] = value;
      }
      this.#control.connect();
      arrived(this);
    }

    disconnectedCallback(): void {
      this.#control.connect();
    }
  }
  return Element;
};
