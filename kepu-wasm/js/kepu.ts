import { Engine, type WasmSource } from "./engine.js";
import type { BundledNotice } from "./generated.js";
import { Notice } from "./notice.js";
import type { Tables, WorkerLike } from "./tables.js";
import type { Lang, RuleInfo } from "./types.js";
import { noticeTape, wrong } from "./values.js";

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

interface About {
  version: string;
  notices: string[];
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
  private readonly engine: Engine;
  private readonly late: Late;
  private readonly lang: Lang;

  /** @internal */
  constructor(engine: Engine, late: Late, lang: Lang) {
    const about = JSON.parse(engine.call((module) => module.ask("about", 0, "", "", "", lang), lang)) as About;
    this.version = about.version;
    this.notices = about.notices;
    this.engine = engine;
    this.late = late;
    this.lang = lang;
  }

  /**
   * One of the notices that come with the package.
   *
   * @throws {@link KepuError} `name`, if there is none of that name.
   */
  notice(id: BundledNotice | (string & {})): Notice {
    if (typeof id !== "string") throw wrong(this.lang, "通知的名称应是文本", "a notice's name is a text");
    return new Notice(this.engine, this.late, { text: id, isTape: false }, this.version, this.lang);
  }

  /**
   * A notice of one's own, as JSON text.
   *
   * @throws {@link KepuError} `notice`, with all its faults.
   */
  noticeFromJson(json: string): Notice {
    if (typeof json !== "string") throw wrong(this.lang, "通知应是 JSON 文本", "a notice is JSON text");
    return new Notice(this.engine, this.late, { text: noticeTape(json, this.lang), isTape: true }, this.version, this.lang);
  }

  /** Every rule, in the order in which findings of one place stand. */
  rules(): RuleInfo[] {
    return JSON.parse(this.engine.call((module) => module.ask("rules", 0, "", "", "", ""), this.lang)) as RuleInfo[];
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
  const engine = await Engine.start(wasm ?? parts.wasm(), lang);
  const started = (): WorkerLike | Promise<WorkerLike> => (typeof worker === "function" ? (worker() as WorkerLike) : parts.worker(worker));
  return new Kepu(engine, new Late(started, () => filesWasm ?? parts.filesWasm()), lang);
}
