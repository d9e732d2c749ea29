// The real network as objects.
import { readFileSync } from "node:fs";

export function stores(path) {
  const [header, ...rows] = parse(readFileSync(path, "utf8"));
  const at = (name) => header.indexOf(name);
  const [name, town, postcode, lat, lng] = ["Store Name", "City", "Postcode", "Latitude", "Longitude"].map(at);
  return rows.map((row, id) => ({
    id, name: row[name], town: row[town], postcode: row[postcode], lat: Number(row[lat]), lng: Number(row[lng]),
  }));
}

function parse(text) {
  const rows = [];
  let row = [], cell = "", quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"' && quoted && text[i + 1] === '"') { cell += '"'; i++; }
    else if (c === '"') quoted = !quoted;
    else if (c === "," && !quoted) { row.push(cell); cell = ""; }
    else if (c === "\n" && !quoted) { row.push(cell); rows.push(row); row = []; cell = ""; }
    else if (c !== "\r" || quoted) cell += c;
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows;
}
