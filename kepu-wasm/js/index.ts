/**
 * kepu for browsers and bundlers: a notice held as data, a record checked against it, every finding with its clause.
 *
 * @packageDocumentation
 */
import { type Kepu, type LoadOptions, start } from "./kepu.js";
import type { WorkerLike } from "./tables.js";

export * from "./public.js";

let loaded: Promise<Kepu> | undefined;

/**
 * Loads kepu. A second call gives what the first one loaded.
 *
 * @example
 * ```ts
 * const kepu = await load();
 * const report = kepu.notice("henan-2023").check(values, { asOf: new Date() });
 * ```
 *
 * @throws {@link KepuError} `load`, if the wasm cannot be had: check the form on the server then.
 */
export function load(options: LoadOptions = {}): Promise<Kepu> {
  loaded ??= start(
    {
      wasm: () => new URL("./kepu.wasm", import.meta.url),
      filesWasm: () => new URL("./kepu-files.wasm", import.meta.url).href,
      worker: (address) =>
        (address === undefined
          ? new Worker(new URL("./worker.js", import.meta.url), { type: "module" })
          : new Worker(address, { type: "module" })) as WorkerLike,
    },
    options,
  );
  loaded.catch(() => (loaded = undefined));
  return loaded;
}
