import init, * as wasm from "../build/form/kepu.js";
import { type ErrorText, type Fault, KepuError } from "./error.js";
import type { Kind, Lang } from "./types.js";

/** Where the WebAssembly comes from: its address, a response, its bytes, or the compiled module. */
export type WasmSource = string | URL | Response | BufferSource | WebAssembly.Module;

/** What a notice is called, which kinds of record it asks for, and by which number it is asked: the reply to `open`. */
export interface Opened {
  id: string;
  year: number;
  title: string | null;
  kinds: Kind[];
  checker: number;
}

/** What the form's module can be asked. */
export type Question =
  | "open" | "close" | "version" | "rules" | "field"
  | "data" | "label" | "name" | "form" | "schema" | "clauses" | "timeline" | "calendar" | "event"
  | "check" | "report" | "fixed" | "explain";

/** The form's module, as the binding in Rust exports it. */
export interface FormModule {
  ask(what: Question, checker: number, kind: string, text: string, asOf: string, lang: string): string;
}

interface ErrorReply {
  code: "notice" | "name" | "record" | "sheet";
  zh: string;
  en: string;
  faults: { line: number; column: number; key: string; zh: string; en: string }[];
}

/** The text of a reply; an error, which begins with `!`, is thrown. */
export function replied(reply: string, lang: Lang): string {
  if (!reply.startsWith("!")) return reply;
  const { code, zh, en, faults } = JSON.parse(reply.slice(1)) as ErrorReply;
  const said = faults.map(({ line, column, key, ...text }): Fault => ({ line, column, key, message: text[lang] }));
  throw new KepuError(code, { zh, en }, lang, said);
}

/** The one instance of the form's module. Nothing else calls it, so that what it throws is always a fault of ours. */
export class Engine {
  /** How often a new instance was made: what was opened before is open no more. */
  generation = 0;

  static async start(source: WasmSource | PromiseLike<WasmSource>, lang: Lang): Promise<Engine> {
    try {
      const given = await source;
      if (typeof document === "undefined" && isHeld(given)) wasm.initSync({ module: await WebAssembly.compile(given) });
      else await init({ module_or_path: given });
    } catch (cause) {
      throw notLoaded(cause, lang);
    }
    return new Engine();
  }

  /** Asks the module. After a trap nobody knows what its memory holds: it is thrown away whole. */
  ask(what: Question, lang: Lang, checker = 0, kind = "", text = "", asOf = ""): string {
    let reply: string;
    try {
      reply = (wasm as FormModule).ask(what, checker, kind, text, asOf, lang);
    } catch (cause) {
      this.restart();
      throw new KepuError("internal", CRASHED, lang, [], cause);
    }
    return replied(reply, lang);
  }

  private restart(): void {
    this.generation += 1;
    try {
      wasm.__wbg_reset_state();
    } catch {
      // Chromium before 115 makes no instance of this size at once on a page; the old one keeps nothing half done.
    }
  }
}

/**
 * Whether it is bytes at hand. Off a page they become an instance here: the glue asks first whether they are a `Response`, and Node
 * makes that class, with all that fetches, when somebody first names it, which takes longer than all the rest.
 */
function isHeld(source: WasmSource): source is BufferSource {
  return ArrayBuffer.isView(source) || source instanceof ArrayBuffer;
}

const CRASHED: ErrorText = {
  zh: "kepu 内部出错，这一次没有结果；已重新启动，可以继续使用。请把这条记录和报错告诉我们",
  en: "kepu failed and gives no result this time; it has been started anew and can be used again. Please report the record and this error",
};

/** Why the page has no verdict: a form is then checked by the server, never accepted in silence. */
export function notLoaded(cause: unknown, lang: Lang): KepuError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const text = {
    zh: `kepu 没有加载成功（${why}）。请检查 kepu.wasm 的地址，以及页面的内容安全策略是否允许 script-src 'wasm-unsafe-eval'`,
    en: `kepu did not load (${why}). Check the address of kepu.wasm, and that the page's policy allows script-src 'wasm-unsafe-eval'`,
  };
  return new KepuError("load", text, lang, [], cause);
}
