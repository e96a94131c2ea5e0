import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Browser } from "playwright-core";
import { serveFolders } from "../../src/cli/lab.ts";
import { openPage } from "../../test/browser/server.ts";
import type { Consumer } from "./consumer.ts";

/** What a user does with the package. Each throws where it does not work, and returns what to show of it. */
export type Check = (consumer: Consumer, browser: Browser) => Promise<string>;

export const checks: Readonly<Record<string, Check>> = {
  "the README's twenty lines train in Node": async (consumer) => {
    consumer.copy("docs/examples/mnist.mjs", "mnist.mjs");
    const [last = ""] = (await consumer.run("node", ["mnist.mjs"])).trim().split("\n").slice(-1);
    const accuracy = Number(last.split(" ")[2]);
    expectThat(accuracy > 0.9, `a test accuracy above 0.9, not in "${last}"`);
    return `test accuracy ${(100 * accuracy).toFixed(1)} %`;
  },

  "a service trains on request and streams its progress": async (consumer) => {
    consumer.copy("docs/examples/service.mjs", "service.mjs");
    return withService(consumer, async (url) => {
      const wrong = await fetch(`${url}train?steps=0`, { method: "POST" });
      expectThat(wrong.status === 400, `status 400 for no steps, not ${wrong.status}`);
      const response = await fetch(`${url}train?steps=200`, { method: "POST" });
      const lines = (await response.text())
        .trim()
        .split("\n")
        .map((line): unknown => JSON.parse(line));
      const accuracy = Number(Reflect.get(Object(lines.at(-1)), "accuracy"));
      expectThat(
        lines.length > 2 && accuracy > 0.9,
        `progress and an accuracy above 0.9: ${JSON.stringify(lines)}`,
      );
      return `${lines.length} lines, accuracy ${(100 * accuracy).toFixed(1)} %`;
    });
  },

  "a page without a build step trains": async (consumer, browser) => {
    consumer.copy("docs/examples/page/index.html", "index.html");
    return visit(browser, consumer.folder);
  },

  "a page bundled by Vite trains": async (consumer, browser) => {
    consumer.copy("docs/examples/vite", "app");
    await consumer.run("node", ["node_modules/vite/bin/vite.js", "build", "app", "--base", "./"]);
    return visit(browser, `${consumer.folder}/app/dist`);
  },

  "a page bundled by esbuild trains": async (consumer, browser) => {
    consumer.copy("docs/examples/vite", "bundled");
    const options = ["--bundle", "--format=esm", "--minify", "--outfile=bundled/main.js"];
    await consumer.run("node_modules/esbuild/bin/esbuild", ["bundled/main.ts", ...options]);
    const page = `<!doctype html><link rel="icon" href="data:,"><p id="status"></p><script type="module" src="main.js"></script>`;
    consumer.write("bundled/index.html", page);
    return visit(browser, `${consumer.folder}/bundled`);
  },

  "types resolve and are strict": async (consumer) => {
    consumer.write("types.ts", typed);
    const shared = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--target",
      "es2022",
      "--types",
      "@webgpu/types",
    ];
    const tsc = ["node_modules/typescript/bin/tsc", ...shared];
    await consumer.run("node", [...tsc, "--module", "nodenext", "types.ts"]);
    await consumer.run("node", [...tsc, "--module", "esnext", "--moduleResolution", "bundler", "types.ts"]);
    consumer.write("types.ts", typed.replace("batchSize: 32", 'batchSize: "32"'));
    const refused = await consumer.run("node", [...tsc, "--module", "nodenext", "types.ts"]).catch(String);
    expectThat(
      refused.includes("'string' is not assignable to type 'number'"),
      `a text to be no batch size: ${refused}`,
    );
    return "as nodenext and as bundler; a wrong option is refused";
  },
};

const typed = `import { createEngine, losses, nn, optim, TableDataset, type Tensor } from "wgrad";
import { gradient } from "wgrad/core";
import { matmul } from "wgrad/ops";
const engine = await createEngine({ seed: 1 });
const x: Tensor = engine.tensor([1, 2, 3, 4], [2, 2]);
const y: Tensor = matmul(x, x).add(1);
const [dx] = gradient(y.sum(), [x]);
const trainer = engine.trainer({ model: nn.sequential([nn.dense(2)]), loss: losses.crossEntropy(), optimizer: optim.adam() });
declare const data: TableDataset;
for await (const epoch of trainer.fit(data, { batchSize: 32, epochs: 1 })) {
  const loss: number = epoch.loss;
  console.log(loss, dx);
}
`;

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected ${what}`);
}

/** Serves a folder, opens it and waits for the page to say that it is done. */
async function visit(browser: Browser, folder: string): Promise<string> {
  const served = await serveFolders([{ prefix: "/", folder }]);
  try {
    const { page, problems } = await openPage(browser, served.url);
    await page.waitForFunction("document.body.dataset.done === 'true'", undefined, { timeout: 90_000 });
    const status = (await page.locator("#status").textContent()) ?? "";
    await page.close();
    expectThat(problems.length === 0, `no problems on the page: ${problems.join("; ")}`);
    return status;
  } finally {
    await served.close();
  }
}

async function withService(consumer: Consumer, use: (url: string) => Promise<string>): Promise<string> {
  const child = spawn("node", ["service.mjs", "0"], {
    cwd: consumer.folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    for await (const line of createInterface(child.stdout)) {
      const [, url] = /^listening on (\S+)$/.exec(line) ?? [];
      if (url) return await use(url);
    }
    throw new Error("the service ended before it listened");
  } finally {
    child.kill();
    if (child.exitCode === null) await once(child, "exit");
  }
}
