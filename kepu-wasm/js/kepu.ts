import { Engine, notLoaded, type WasmSource } from "./engine.js";
import { KepuError } from "./error.js";
import type { BundledNotice } from "./generated.js";
import { Notice } from "./notice.js";
import type { Tables, WorkerLike } from "./tables.js";
import type { Lang, RuleInfo } from "./types.js";
import { bundled } from "./notices.js";
import { parsed, wrong } from "./values.js";

/** Where the parts of the package lie; each is found beside the module unless said otherwise. */
export interface LoadOptions {
  /** `kepu.wasm`, the form's module. */
  wasm?: WasmSource | PromiseLike<WasmSource>;
  /** `kepu-files.wasm`, which reads and writes spreadsheets: loaded when a table is first checked. */
  filesWasm?: string | URL | ArrayBuffer | Uint8Array | WebAssembly.Module;
  /** `worker.js`, in which tables are checked; or what starts it. */
  worker?: string | URL | (() => Worker | WorkerLike);
  /** The language of messages unless a call says otherwise; `zh` unless said here. */
  lang?: Lang;
}

/** Where a build of the package finds its parts. @internal */
export interface Parts {
  wasm(): WasmSource | PromiseLike<WasmSource>;
  filesWasm(): unknown;
  worker(address: string | URL | undefined): WorkerLike | Promise<WorkerLike>;
}

/** What only tables need: its script, like its wasm, is loaded when a table is first checked. */
export class Late {
  private tables: Promise<Tables> | undefined;

  constructor(
    private readonly start: () => WorkerLike | Promise<WorkerLike>,
    private readonly wasm: () => unknown,
  ) {}

  /** The client of the worker. */
  get(): Promise<Tables> {
    return (this.tables ??= import("./tables.js").then(({ Tables }) => new Tables(this.start, this.wasm)));
  }

  /** Ends the worker, if one was started. */
  close(): void {
    void this.tables?.then((tables) => tables.close());
  }
}

/** kepu, loaded. */
export class Kepu {
  /** The version of kepu; all its packages share one. */
  readonly version: string;
  /** The names of the notices that come with it. */
  readonly notices: readonly string[];

  /** @internal */
  constructor(
    private readonly engine: Engine,
    private readonly bundled: ReadonlyMap<string, string>,
    private readonly late: Late,
    private readonly lang: Lang,
  ) {
    this.version = engine.ask("version", lang);
    this.notices = [...bundled.keys()];
  }

  /**
   * One of the notices that come with the package.
   *
   * @throws {@link KepuError} `name`, if there is none of that name.
   */
  notice(id: BundledNotice | (string & {})): Notice {
    if (typeof id !== "string") throw wrong(this.lang, "通知的名称应是文本", "a notice's name is a text");
    const tape = this.bundled.get(id);
    if (tape !== undefined) return this.opened(tape);
    const known = this.notices.join(", ");
    throw new KepuError("name", { zh: `没有内置通知“${id}”，可以写：${known}`, en: `no bundled notice \`${id}\`, known: ${known}` }, this.lang);
  }

  /**
   * A notice of one's own, as JSON text.
   *
   * @throws {@link KepuError} `notice`, with all its faults.
   */
  noticeFromJson(json: string): Notice {
    if (typeof json !== "string") throw wrong(this.lang, "通知应是 JSON 文本", "a notice is JSON text");
    return this.opened(parsed(json, this.lang));
  }

  private opened(tape: string): Notice {
    return new Notice(this.engine, this.late, tape, this.version, this.lang);
  }

  /** Every rule, in the order in which findings of one place stand. */
  rules(): RuleInfo[] {
    return JSON.parse(this.engine.ask("rules", this.lang)) as RuleInfo[];
  }

  /** Ends the worker that checks tables, if one was started. */
  close(): void {
    this.late.close();
  }
}

/** What every build's `load` does. @internal */
export async function start(parts: Parts, options: LoadOptions): Promise<Kepu> {
  const { wasm, filesWasm, worker, lang = "zh" } = options;
  if (lang !== "zh" && lang !== "en") throw wrong("zh", "lang 应是 \"zh\" 或 \"en\"", "`lang` is \"zh\" or \"en\"");
  const notices = bundled().catch((cause: unknown) => {
    throw notLoaded(cause, lang);
  });
  const [engine, texts] = await Promise.all([Engine.start(wasm ?? parts.wasm(), lang), notices]);
  const started = (): WorkerLike | Promise<WorkerLike> => (typeof worker === "function" ? (worker() as WorkerLike) : parts.worker(worker));
  return new Kepu(engine, texts, new Late(started, () => filesWasm ?? parts.filesWasm()), lang);
}
