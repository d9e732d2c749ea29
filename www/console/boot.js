// What the page loads first. Whatever keeps the console from starting is said on the page, in both languages.
import start from "./bound.js";

try {
  await start({ module_or_path: new URL("./console.wasm", import.meta.url) });
} catch (error) {
  console.error(error);
  document.getElementById("stopped").hidden = false;
}
