// The longest task of a page's main thread, from a Chromium trace.

const TASKS = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

/** In ms, from the page's navigation on. */
export function longestTask(buffer) {
  const { traceEvents } = JSON.parse(buffer.toString());
  // The renderer that has the page is the one that the last navigation started in.
  const started = traceEvents.filter((event) => event.name === "navigationStart" && event.args?.data?.documentLoaderURL?.startsWith("http")).at(-1);
  if (!started) throw new Error("the trace has no navigation");
  const thread = traceEvents.find((event) => event.name === "thread_name" && event.pid === started.pid && event.args.name === "CrRendererMain");
  const tasks = traceEvents.filter(
    (event) => TASKS.has(event.name) && event.ph === "X" && event.pid === started.pid && event.tid === thread.tid && event.ts + event.dur > started.ts,
  );
  if (!tasks.length) throw new Error("the trace has no task");
  return Math.max(...tasks.map((event) => event.dur)) / 1000;
}
