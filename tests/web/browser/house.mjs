// The page in a real browser: a server of the built page, Debian's chromium, and what every test asks of it.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const www = fileURLToPath(new URL("../../../kepu-wasm/dist/www/", import.meta.url));
export const root = fileURLToPath(new URL("../../../", import.meta.url));

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };

/** Serves the built page, as any web server would. */
export async function serve(folder = www) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!file.startsWith(folder) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((done) => server.close(done)) };
}

/** Starts the browser, or says how to get it. */
export async function browser() {
  const executablePath = process.env.KEPU_CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  if (executablePath === undefined) throw new Error("no chromium: apt-get update && apt-get install -y chromium, or name one in KEPU_CHROMIUM");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** Opens a room as of a day; what the page complains about, and what it asks of the network, is kept. */
export async function open(context, address, room = "fill", asOf = "2023-10-08T00:00") {
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => requests.push({ method: request.method(), url: request.url(), body: request.postData() }));
  await page.goto(`${address}#${room}`);
  await page.locator("main h1").waitFor();
  await page.locator("#as-of").fill(asOf);
  await page.locator("#as-of").dispatchEvent("change");
  await page.locator("main h1").waitFor();
  return { page, complaints, requests };
}
