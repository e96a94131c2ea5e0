/**
 * A small service that trains on request and streams how it goes, a line of JSON for each submit of steps:
 *   node service.mjs 8080 &
 *   curl -N -X POST 'http://127.0.0.1:8080/train?steps=400'
 * One training at a time; whoever hangs up ends theirs.
 */
import { createServer } from "node:http";
import { createEngine, losses, nn, optim, TableDataset } from "wgrad";

const engine = await createEngine({ seed: 1 });
let busy = false;

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (request.method !== "POST" || url.pathname !== "/train") return answer(response, 404, "POST /train?steps=400");
  const steps = Number(url.searchParams.get("steps") ?? 400);
  if (!Number.isInteger(steps) || steps < 1 || steps > 10_000)
    return answer(response, 400, "steps: an integer from 1 to 10,000");
  if (busy) return answer(response, 409, "a training is under way");
  busy = true;
  const hungUp = new AbortController();
  response.on("close", () => hungUp.abort());
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  const line = (value) => response.write(`${JSON.stringify(value)}\n`);
  try {
    const trainer = engine.trainer({
      model: nn.sequential([nn.dense(32), nn.relu(), nn.dense(3)]),
      loss: losses.crossEntropy(),
      optimizer: optim.adam({ learningRate: 0.01 }),
    });
    const options = { batchSize: 50, steps, submitMilliseconds: 100, signal: hungUp.signal };
    for await (const { step, losses: each } of trainer.submits(rings, options)) line({ step, loss: each.at(-1) });
    const { accuracy } = await trainer.evaluate(rings);
    line({ done: true, step: trainer.step, accuracy });
  } catch (error) {
    line({ error: String(error) });
  } finally {
    busy = false;
    response.end();
  }
});

function answer(response, status, text) {
  response.writeHead(status, { "Content-Type": "text/plain" }).end(`${text}\n`);
}

/** Three rings, one inside of the other. */
const rings = (() => {
  const count = 600;
  const labels = Uint32Array.from({ length: count }, (_, index) => index % 3);
  const features = Float32Array.from({ length: 2 * count }, (_, index) => {
    const [point, axis] = [Math.floor(index / 2), index % 2];
    const [radius, angle] = [(point % 3) + 1 + 0.2 * Math.sin(point), 0.7 * point];
    return radius * (axis ? Math.sin(angle) : Math.cos(angle));
  });
  const targets = { kind: "labels", classes: ["inner", "middle", "outer"], labels };
  return new TableDataset({ name: "rings", features, featureNames: ["x", "y"], targets });
})();

server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/`);
});
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
  engine.dispose(); // else the process would wait for the device
});
