/** A page for a browser test: a bundled entry on a server of its own, and what went wrong on it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { mnistFolder, type Served, serveFolders } from "../../src/cli/lab.ts";

const HTML = `<!doctype html>
<meta charset="utf-8">
<title>wgrad test</title>
<link rel="icon" href="data:,">
<script type="module" src="page.js"></script>
`;

/** Bundles an entry as a web page would and serves it, with MNIST under data/mnist/. `close` removes it again. */
export async function serveEntry(entry: string): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), "wgrad-page-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await build({
      entryPoints: { page: entry },
      outdir: folder,
      bundle: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      sourcemap: "inline",
      logLevel: "silent",
    });
    await writeFile(join(folder, "index.html"), HTML);
    const served = await serveFolders([
      { prefix: "/data/mnist/", folder: mnistFolder() },
      { prefix: "/", folder },
    ]);
    return {
      url: served.url,
      close: async () => {
        await served.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** An open page that remembers what went wrong. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings on the console, uncaught errors, failed requests and crashes so far. */
  readonly problems: readonly string[];
}

export interface PageOptions {
  /** Told of each line that the page prints. */
  readonly print?: (line: string) => void;
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Runs before the page's own scripts. */
  readonly before?: string;
}

/** Opens a page and watches it from its first line on. */
export async function openPage(
  browser: Browser,
  url: string,
  options: PageOptions = {},
): Promise<WatchedPage> {
  const { width = 1024, height = 768, dark = false, print, before } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
  });
  const problems: string[] = [];
  page.on("console", (message) => {
    const kind = message.type();
    if (kind === "error" || kind === "warning") problems.push(`console ${kind}: ${message.text()}`);
    else print?.(message.text());
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("crash", () => problems.push("the page crashed"));
  page.on("requestfailed", (request) =>
    problems.push(`request failed: ${request.url()} ${request.failure()?.errorText ?? ""}`),
  );
  if (before !== undefined) await page.addInitScript(before);
  await page.goto(url);
  return { page, problems };
}
