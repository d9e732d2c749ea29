// Tasks of a page's main thread, from a Chromium trace.

/** What a trace has to have for the functions here. */
export const CATEGORIES = ["toplevel", "devtools.timeline", "blink.user_timing"];

const TASKS = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

/** The longest in ms, from the page's navigation on. */
export function longestTask(buffer) {
  const { traceEvents } = JSON.parse(buffer.toString());
  // The renderer that has the page is the one that the last navigation started in.
  const started = traceEvents.filter((event) => event.name === "navigationStart" && event.args?.data?.documentLoaderURL?.startsWith("http")).at(-1);
  if (!started) throw new Error("the trace has no navigation");
  return Math.max(...between(traceEvents, started, started.ts, Infinity).map((event) => event.dur)) / 1000;
}

/**
 * All from the one in which the page set the first mark `from` to the one in which it set the last mark `to`: the milliseconds that they had the
 * processor, and whether the browser laid out and painted the page in them (else, scripts ran).
 */
export function tasks(buffer, from, to) {
  const { traceEvents } = JSON.parse(buffer.toString());
  const [first, last] = [traceEvents.find((event) => event.name === from), traceEvents.findLast((event) => event.name === to)];
  if (!first || !last) throw new Error(`the trace has no mark ${first ? to : from}`);
  const painted = traceEvents.filter((event) => event.name === "PrePaint" && event.pid === first.pid).map((event) => event.ts);
  return between(traceEvents, first, first.ts, last.ts).map(({ ts, dur, tdur }) => ({ ms: (tdur ?? dur) / 1000, paints: painted.some((at) => at > ts && at < ts + dur) }));
}

/** The longest of these in ms. */
export const longest = (all) => Math.max(0, ...all.map((task) => task.ms));

function between(traceEvents, { pid }, from, to) {
  const thread = traceEvents.find((event) => event.name === "thread_name" && event.pid === pid && event.args.name === "CrRendererMain");
  const found = traceEvents.filter((event) => TASKS.has(event.name) && event.ph === "X" && event.pid === pid && event.tid === thread.tid && event.ts + event.dur > from && event.ts < to);
  if (!found.length) throw new Error("the trace has no task");
  return found;
}
