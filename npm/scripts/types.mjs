// The text of the generated type declarations, one function per file.

export const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

const doc = (text, indent = "  ") => `${indent}/** ${text} */\n`;

/** Attributes take numbers too and are read back as the text that they are. */
const settable = (type) => `${type === "number" ? "number | string" : type} | null`;

const reflected = (element) => element.attributes.filter((a) => !a.native);
const property = (attribute) => attribute.property ?? camel(attribute.name);

function members(element) {
  let out = "";
  for (const a of reflected(element)) {
    const read = a.type === "number" ? "string" : a.type;
    out += doc(`${a.description} Attribute \`${a.name}\`.`);
    out += `  get ${property(a)}(): ${read} | null;\n`;
    out += `  set ${property(a)}(value: ${settable(a.type)});\n`;
  }
  for (const p of element.properties) out += `${doc(p.description)}  ${p.name}: ${p.type};\n`;
  for (const m of element.methods) {
    out += doc(`${m.description} Called before the widget is there, it loads it and waits.`);
    out += `  ${m.name}(${m.parameters}): Promise<void>;\n`;
  }
  return out;
}

function one(element) {
  const events = `${element.class}EventMap`;
  let out = `/** Events of \`<${element.tag}>\`; all bubble and cross shadow roots. */\n`;
  out += `export interface ${events} extends HTMLElementEventMap {\n`;
  for (const e of element.events) out += `${doc(e.description)}  "${e.name}": CustomEvent<${e.detail}>;\n`;
  out += "}\n\n";
  out += `${doc(element.description, "")}export interface ${element.class} extends HTMLElement {\n${members(element)}`;
  for (const verb of ["addEventListener", "removeEventListener"]) {
    const options = verb === "addEventListener" ? "AddEventListenerOptions" : "EventListenerOptions";
    out += `  ${verb}<K extends keyof ${events}>(\n    type: K,\n    listener: (this: ${element.class}, event: ${events}[K]) => void,\n    options?: boolean | ${options},\n  ): void;\n`;
    out += `  ${verb}(\n    type: string,\n    listener: EventListenerOrEventListenerObject,\n    options?: boolean | ${options},\n  ): void;\n`;
  }
  return `${out}}\n\n`;
}

export function elementTypes(elements) {
  const tags = elements.map((e) => `    "${e.tag}": ${e.class};\n`).join("");
  return `\n${elements.map(one).join("")}declare global {\n  interface HTMLElementTagNameMap {\n${tags}  }\n}\n`;
}

function attributes(element, indent) {
  const own = reflected(element).map((a) => {
    const type = a.type === "number" ? "number | string" : a.type;
    return `${doc(a.description, indent)}${indent}"${a.name}"?: ${type} | undefined;\n`;
  });
  const properties = element.properties.map(
    (p) => `${doc(p.description, indent)}${indent}${p.name}?: ${p.type} | undefined;\n`,
  );
  return own.join("") + properties.join("");
}

export function jsxTypes(elements) {
  let out = 'import type * as React from "react";\n';
  out += `import type { ${elements.map((e) => e.class).join(", ")} } from "./elements.js";\n\n`;
  for (const e of elements) {
    out += `export interface ${e.class}Props extends React.HTMLAttributes<${e.class}>, React.RefAttributes<${e.class}> {\n`;
    out += `${attributes(e, "  ")}}\n\n`;
  }
  const tags = elements.map((e) => `      "${e.tag}": ${e.class}Props;\n`).join("");
  return `${out}declare module "react" {\n  namespace JSX {\n    interface IntrinsicElements {\n${tags}    }\n  }\n}\n`;
}

export function vueTypes(elements) {
  let out = 'import type { DefineComponent } from "vue";\n\n';
  for (const e of elements) out += `export interface ${e.class}VueProps {\n${attributes(e, "  ")}}\n\n`;
  const tags = elements.map((e) => `    "${e.tag}": DefineComponent<${e.class}VueProps>;\n`).join("");
  return `${out}declare module "vue" {\n  interface GlobalComponents {\n${tags}  }\n}\n`;
}
