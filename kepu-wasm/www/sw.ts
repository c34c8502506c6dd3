/** Keeps the page on the machine: after the first load it works without a network. */
/// <reference lib="webworker" />

/** The page's files and their fingerprint, put in by the build. */
declare const FILES: string[];
declare const PRINT: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `kepu-${PRINT}`;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const drop = (names: string[]): Promise<boolean[]> =>
    Promise.all(names.filter((name) => name.startsWith("kepu-") && name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((kept) => kept ?? fetch(event.request)));
});
