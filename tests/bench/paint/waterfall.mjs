// Requests of a page: when each was sent and had come, and what it weighed on the way.

/** Watches a page's network; returns a function that lists its requests so far, in ms from navigation start. */
export async function watch(session) {
  const requests = new Map();
  let origin;
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ requestId, request, timestamp, type }) => {
    if (request.url.startsWith("data:")) return;
    if (type === "Document") origin ??= timestamp;
    // A preload that is used keeps its id; a redirect would too.
    if (!requests.has(requestId)) requests.set(requestId, { url: request.url, sent: timestamp, status: 0, bytes: 0 });
  });
  session.on("Network.responseReceived", ({ requestId, response }) => {
    const request = requests.get(requestId);
    if (request) Object.assign(request, { status: response.status, first: response.timing && response.timing.requestTime + response.timing.receiveHeadersEnd / 1000 });
  });
  const end = ({ requestId, timestamp, encodedDataLength = 0 }) => {
    const request = requests.get(requestId);
    if (request) Object.assign(request, { ended: timestamp, bytes: encodedDataLength });
  };
  session.on("Network.loadingFinished", end);
  session.on("Network.loadingFailed", end);
  const ms = (timestamp) => (timestamp === undefined ? NaN : (timestamp - origin) * 1000);
  return () =>
    [...requests.values()].map(({ url, sent, ended, bytes, status }) => ({ url, start: ms(sent), end: ms(ended), bytes, status })).sort((a, b) => a.start - b.start);
}

const WIDTH = 50;

/** Prints them with bars, the right edge being `until`. */
export function waterfall(requests, until) {
  const column = (ms) => Math.min(WIDTH, Math.round(((Number.isNaN(ms) ? until : ms) / until) * WIDTH));
  console.log(`waterfall, 0 to ${Math.round(until)} ms: start, end, bytes`);
  for (const { url, start, end, bytes, status } of requests) {
    const from = column(start);
    const bar = " ".repeat(from) + "█".repeat(Math.max(1, column(end) - from));
    const { pathname } = new URL(url);
    const name = pathname.replace(/^\/build\/\w+\//, "");
    const figures = [start, end, bytes].map((n) => (Number.isNaN(n) ? "-" : String(Math.round(n))).padStart(6)).join(" ");
    console.log(`${name.padEnd(34)} ${figures} ${status === 200 ? "" : status} |${bar.padEnd(WIDTH)}|`);
  }
}
