// What stands before several instances: each request goes to the next of them.
import { createServer, request as ask, type Server } from "node:http";

export function balancer(ports: number[]): Server {
  let turn = 0;
  return createServer((request, response) => {
    const port = ports[turn++ % ports.length]!;
    const { method, url: path, headers } = request;
    const onward = ask({ host: "127.0.0.1", port, method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode!, answer.rawHeaders);
      answer.pipe(response);
    });
    // Not cut off without a word: a browser then sends a request again by itself, also one that the instance has already done.
    onward.on("error", (error) => {
      // Nobody waits for it any more.
      if (response.destroyed) return;
      console.error(`balancer: ${method} ${path}: ${error.message}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
}
