// Runs in the browser; leaves its figures in `window.figures`.
import MiniSearch from "/minisearch.mjs";
import Fuse from "/fuse.mjs";
import init, { Stores } from "/pkg/devanture_bench_search.js";

const ROUNDS = 5;
const HITS = 8;
const EARTH_RADIUS_M = 6371008.8;

const quantile = (values, q) => values.slice().sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const timed = (work) => {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
};

function fold(text) {
  return text.toLowerCase().replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l").replace(/ı/g, "i").normalize("NFD")
    .replace(/\p{M}/gu, "").replace(/([aou])e/g, "$1").replace(/\bsaint\b/g, "st").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Same sequence on every run. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function points() {
  const next = random(20);
  const some = [[90, 0], [-90, 0], [0, 180], [0, -180], [51.5, 180], [51.5, -180], [-17, 179.99], [-17, -179.99], [89.9, 180]];
  while (some.length < 1000) some.push([next() * 180 - 90, next() * 360 - 180]);
  return some;
}

function distances(positions, lat, lng) {
  const rad = Math.PI / 180;
  return positions.map(([lat2, lng2]) => {
    const a = Math.sin(((lat2 - lat) * rad) / 2), b = Math.sin(((lng2 - lng) * rad) / 2);
    return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a * a + Math.cos(lat * rad) * Math.cos(lat2 * rad) * b * b)));
  });
}

/** Just how long a fresh page needs from the index's bytes to the first hits. */
async function start() {
  const bytes = new Uint8Array(await (await fetch("/index.bin")).arrayBuffer());
  await init();
  const [ready, index] = timed(() => Stores.decode(bytes));
  return { ready, search: timed(() => index.search("paris", HITS))[0], postcode: timed(() => index.search("75001", HITS))[0], nearest: timed(() => index.nearest(48.8, 2.3, 20))[0] };
}

async function run() {
  const { queries, quality } = await (await fetch("/queries.json")).json();
  const docs = await (await fetch("/stores.json")).json();
  const bytes = new Uint8Array(await (await fetch("/index.bin")).arrayBuffer());
  await init();

  const figures = {};
  const [ready, index] = timed(() => Stores.decode(bytes));
  figures.ready = ready;
  figures.stores = index.size;
  const again = [];
  for (let i = 0; i < 5; i++) {
    const [time, other] = timed(() => Stores.decode(bytes));
    again.push(time);
    other.free();
  }
  figures.readyAgain = quantile(again, 0.5);

  const mini = new MiniSearch({ fields: ["name", "town", "postcode"], storeFields: ["town"], searchOptions: { prefix: true, fuzzy: 0.2 } });
  figures.miniReady = timed(() => mini.addAll(docs))[0];
  figures.miniJson = JSON.stringify(mini);

  const keystrokes = queries.flatMap((q) => Array.from({ length: [...q].length }, (_, i) => [...q].slice(0, i + 1).join("")));
  const ours = [], theirs = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const typed of keystrokes) {
      const mine = timed(() => index.search(typed, HITS))[0];
      const other = timed(() => mini.search(typed).slice(0, HITS))[0];
      if (round > 0) {
        ours.push(mine);
        theirs.push(other);
      }
    }
  }
  figures.keystrokes = keystrokes.length;
  figures.search = [quantile(ours, 0.5), quantile(ours, 0.95), Math.max(...ours)];
  figures.miniSearch = [quantile(theirs, 0.5), quantile(theirs, 0.95), Math.max(...theirs)];

  const positions = Array.from({ length: index.size }, (_, i) => [...index.position(i)]);
  const times = [];
  let exact = 0;
  for (const [lat, lng] of points()) {
    const [time, found] = timed(() => index.nearest(lat, lng, 20));
    times.push(time);
    const all = distances(positions, lat, lng);
    const best = Float64Array.from(all).sort();
    // The same 20 distances, and each store is as far away as it is said to be: equals may change places.
    const same = [...Array(20).keys()].every((i) => Math.abs(found[2 * i + 1] - best[i]) < 1e-3 && Math.abs(all[found[2 * i]] - best[i]) < 1e-3);
    exact += same ? 1 : 0;
  }
  figures.nearest = [quantile(times, 0.5), quantile(times, 0.95), Math.max(...times)];
  figures.exact = exact;

  const fuse = new Fuse(docs, { keys: ["name", "town", "postcode"] });
  const first = {
    ours: (q) => { const hits = index.search(q, HITS); return hits.length ? index.town(hits[0]) : ""; },
    mini: (q) => mini.search(q)[0]?.town ?? "",
    fuse: (q) => fuse.search(q, { limit: 1 })[0]?.item.town ?? "",
  };
  figures.quality = { of: quality.length };
  figures.missed = {};
  for (const [name, search] of Object.entries(first)) {
    const missed = quality.filter(([q, town]) => fold(search(q)) !== fold(town)).map(([q]) => q);
    figures.quality[name] = quality.length - missed.length;
    figures.missed[name] = missed;
  }
  return figures;
}

window.figures = location.search === "?start" ? start() : run();
