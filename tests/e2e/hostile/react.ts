// A React app, as a shop's bundler makes it: it renders everything anew many times a second.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const APP = `
  import { createElement, StrictMode, useEffect, useState } from "react";
  import { createRoot } from "react-dom/client";
  const { tag, attributes, more } = window.shown;
  window.renders = 0;
  const App = () => {
    const [turn, next] = useState(0);
    useEffect(() => { const timer = setInterval(() => next((turn) => turn + 1), 50); return () => clearInterval(timer); }, []);
    window.renders = turn;
    // A handler, a style and a class that are others each time, as they are in most apps.
    const widget = createElement(tag, { ...attributes, className: "turn-" + turn, style: { "--turn": turn }, onClick: () => turn }, createElement("a", { href: "/stores" }, "Turn " + turn));
    return createElement("section", { "data-turn": turn }, createElement("p", null, "Turn " + turn), widget);
  };
  // What React does not draw: the page's own form.
  document.querySelector("#app").insertAdjacentHTML("afterend", more);
  createRoot(document.querySelector("#app")).render(createElement(StrictMode, null, createElement(App)));
`;

let made: Promise<string> | undefined;
export function reactApp(): Promise<string> {
  return (made ??= build({
    stdin: { contents: APP, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    define: { "process.env.NODE_ENV": '"production"' },
  }).then(({ outputFiles }) => outputFiles[0]!.text));
}
