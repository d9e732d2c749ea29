// What a server does with the package: import it, and nothing more.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

test("importing on a server registers nothing and throws nothing", () => {
  const out = execFileSync(process.execPath, [
    "--input-type=module",
    "--eval",
    'const before = Object.keys(globalThis).join(); const m = await import("devanture"); m.configure({ api: "https://api.example" }); console.log(JSON.stringify([typeof m.version, before === Object.keys(globalThis).join()]))',
  ], { cwd: new URL("..", import.meta.url), encoding: "utf8" });
  assert.deepEqual(JSON.parse(out), ["string", true]);
});
