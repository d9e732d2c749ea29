// What the benches of the page share: a browser, a server with the widgets and an API that is played, and the report.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
const ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim(), args: ARGUMENTS });

/** Serves `html` as `/`, what `play` answers of the API as JSON, and the widgets from the folder that `DEVANTURE_ASSETS` names. */
export async function serve(html, play) {
  const { DEVANTURE_ASSETS: assets } = process.env;
  if (!assets) throw new Error("DEVANTURE_ASSETS says where the widgets are: use `cargo xtask bench`");
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    if (url.pathname === "/") return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
    const answer = play(url);
    if (answer) return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    try {
      const body = readFileSync(path.join(assets, path.normalize(url.pathname)));
      response.writeHead(200, { "content-type": TYPES[path.extname(url.pathname)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Prints figures as `cargo xtask bench` reads them; returns whether one has missed its target. */
export function reporter() {
  let missed = false;
  // The target is the value's or, where it is against something, the ratio's.
  const report = (name, value, unit, target, { own, against } = {}) => {
    const round = (figure) => Number(figure.toPrecision(4));
    const ratio = own === undefined ? null : round(value / own);
    const ok = target === undefined ? null : (ratio ?? round(value)) <= target;
    missed ||= ok === false;
    console.log(JSON.stringify({ name, value: round(value), unit, ratio, against: against ?? null, target: target ?? null, ok }));
  };
  return { report, missed: () => missed };
}

/** What `load` returns, so many times; the first time starts processes and is not counted. */
export async function repeated(times, load) {
  await load();
  const runs = [];
  for (let run = 0; run < times; run++) runs.push(await load());
  return runs;
}
