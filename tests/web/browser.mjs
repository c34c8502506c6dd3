// A page in Debian's Chromium, and what it says.
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm" };

/** Listens on a port of its own while `use` has the address. */
async function listening(answer, use) {
  const server = createServer(answer);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

/** Serves a folder, with these headers, while `use` has its address. */
export function served(folder, headers, use) {
  return listening(async ({ url }, response) => {
    const path = join(folder, normalize(new URL(url, "http://x").pathname.replace(/\/$/, "/index.html")));
    try {
      const body = await readFile(path);
      response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }, use);
}

const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"].find((name) => spawnSync(name, ["--version"]).status === 0);

/** What a page tells: it posts it to the address that it finds behind `?tell=`. */
export async function told(address, patience = 120_000) {
  if (CHROMIUM === undefined) throw new Error("there is no Chromium: apt-get update && apt-get install chromium");
  const profile = await mkdtemp(join(tmpdir(), "kepu-chromium-"));
  let hear;
  const heard = new Promise((resolve) => (hear = resolve));
  const listen = (request, response) => {
    let said = "";
    request.on("data", (data) => (said += data));
    request.on("end", () => (response.end(), hear(said)));
  };
  try {
    return await listening(listen, async (ear) => {
      const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
      const browser = spawn(CHROMIUM, [...quiet, `--user-data-dir=${profile}`, `${address}?tell=${encodeURIComponent(ear)}`], {
        stdio: "ignore",
      });
      const gone = new Promise((done) => browser.once("exit", done));
      const timer = new Promise((_, reject) => {
        setTimeout(() => reject(new Error(`the page at ${address} tells nothing`)), patience).unref();
      });
      try {
        return await Promise.race([heard, timer, gone.then(() => Promise.reject(new Error("Chromium ended")))]);
      } finally {
        browser.kill();
        await gone;
      }
    });
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
