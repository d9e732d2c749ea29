// The map island: Leaflet, loaded when a shopper asks for a map. Without tiles of the site's own it
// draws Natural Earth's countries, so that no third party is asked for anything.
import * as L from "leaflet";
import css from "leaflet/dist/leaflet.css";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

interface Pin {
  code: string;
  name: string;
  lat: number;
  lng: number;
  mine: boolean;
}

interface Options {
  /** Folder of this build, with a slash at its end. */
  base: string;
  /** Tile URL template, or null for the offline base. */
  tiles: string | null;
  onOpen: (code: string) => void;
}

interface StoreMap {
  setPins(pins: Pin[]): void;
  zoom(steps: number): void;
  destroy(): void;
}

/** Beyond this a label or a street would be needed, which the offline base has not. */
const OFFLINE_MAX_ZOOM = 12;

export async function createMap(element: HTMLElement, options: Options): Promise<StoreMap> {
  const root = element.getRootNode() as ShadowRoot;
  adopt(root);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    // Leaflet's own controls are built from HTML strings; the widget has buttons and a credit line.
    zoomControl: false,
    attributionControl: false,
    maxZoom: options.tiles ? 18 : OFFLINE_MAX_ZOOM,
    minZoom: 2,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    worldCopyJump: true,
  }).setView([47, 2.5], 5);
  if (options.tiles) L.tileLayer(options.tiles, { maxZoom: 19 }).addTo(map);
  // A second try needs the element free of the first one's map.
  else await drawLand(map, `${options.base}world.json`).catch((error) => (map.remove(), Promise.reject(error)));
  const resized = new ResizeObserver(() => map.invalidateSize());
  resized.observe(element);
  const markers = L.layerGroup().addTo(map);
  // Nothing has been looked at before the first pins: going to them is no journey.
  let placed = false;
  return {
    setPins(pins) {
      markers.clearLayers();
      for (const pin of pins) markers.addLayer(marker(pin, options.onOpen));
      if (pins.length) {
        const bounds = L.latLngBounds(pins.map((pin) => [pin.lat, pin.lng]));
        map.fitBounds(bounds, { padding: [36, 36], maxZoom: 12, animate: placed && !still });
        placed = true;
      }
    },
    zoom: (steps) => void map.setZoom(map.getZoom() + steps),
    destroy() {
      resized.disconnect();
      // Leaflet's timer at the end of a zoom looks for the panes that `remove` takes away.
      (map as unknown as { _animatingZoom: boolean })._animatingZoom = false;
      map.remove();
    },
  };
}

/** A button for the keyboard and for screen readers, named by its store. */
function marker(pin: Pin, open: (code: string) => void): L.Marker {
  const face = document.createElement("span");
  face.className = pin.mine ? "pin mine" : "pin";
  const icon = L.divIcon({ html: face, className: "pin-box", iconSize: [28, 36], iconAnchor: [14, 34] });
  const made = L.marker([pin.lat, pin.lng], { icon, title: pin.name, alt: pin.name, keyboard: true });
  made.on("click", () => open(pin.code));
  // Leaflet opens popups on Enter, but tells nobody else.
  made.on("add", () =>
    made.getElement()?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        open(pin.code);
      }
    }),
  );
  return made;
}

async function drawLand(map: L.Map, url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  const world = (await response.json()) as Topology<{ countries: GeometryCollection }>;
  L.geoJSON(feature(world, world.objects.countries), {
    interactive: false,
    // Colours come from the style sheet, as they follow the theme.
    style: { className: "land", weight: 1 },
  }).addTo(map);
}

let sheet: CSSStyleSheet | undefined;

function adopt(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    // Pictures of Leaflet's that are not shipped.
    sheet.replaceSync(css.replace(/background-image:\s*url\([^)]*\);?/g, ""));
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
}
