// Tasks of a page's main thread, from a Chromium trace.

const TASKS = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

/** The longest in ms, from the page's navigation on. */
export function longestTask(buffer) {
  const { traceEvents } = JSON.parse(buffer.toString());
  // The renderer that has the page is the one that the last navigation started in.
  const started = traceEvents.filter((event) => event.name === "navigationStart" && event.args?.data?.documentLoaderURL?.startsWith("http")).at(-1);
  if (!started) throw new Error("the trace has no navigation");
  return Math.max(...between(traceEvents, started, started.ts, Infinity).map((event) => event.dur)) / 1000;
}

/** Of all, the milliseconds that they had the processor, from the one in which the page set the first mark `from` to the one in which it set the last mark `to`. */
export function tasks(buffer, from, to) {
  const { traceEvents } = JSON.parse(buffer.toString());
  const [first, last] = [traceEvents.find((event) => event.name === from), traceEvents.findLast((event) => event.name === to)];
  if (!first || !last) throw new Error(`the trace has no mark ${first ? to : from}`);
  return between(traceEvents, first, first.ts, last.ts).map((event) => (event.tdur ?? event.dur) / 1000);
}

function between(traceEvents, { pid }, from, to) {
  const thread = traceEvents.find((event) => event.name === "thread_name" && event.pid === pid && event.args.name === "CrRendererMain");
  const found = traceEvents.filter((event) => TASKS.has(event.name) && event.ph === "X" && event.pid === pid && event.tid === thread.tid && event.ts + event.dur > from && event.ts < to);
  if (!found.length) throw new Error("the trace has no task");
  return found;
}
