import init, * as wasm from "../build/files/kepu.js";
import { type Opened, replied } from "./engine.js";
import { KepuError } from "./error.js";
import type { Answered, Checked, Job, Message } from "./job.js";
import type { Progress, TableFinding } from "./tables.js";

/** What came from the page. */
interface Request {
  number: number;
  job: Job;
  wasm: unknown;
}

/** What the module calls while it works, by these names. */
declare global {
  var kepuRead: (share: number) => void;
  var kepuChecked: (records: number) => void;
  var kepuFound: (findings: string) => void;
}

let loaded: Promise<unknown> | undefined;

/** Serves one request after the other; whatever happens, each is answered. */
export function serve(
  post: (message: Message, transfer: ArrayBuffer[]) => void,
  module: (wasm: unknown) => Promise<WebAssembly.Module | BufferSource | Response> | WebAssembly.Module | BufferSource,
): (request: Request) => void {
  let before: Promise<unknown> = Promise.resolve();
  return (request) => {
    before = before.then(() => answer(request));
  };

  async function answer({ number, job, wasm: source }: Request): Promise<void> {
    try {
      loaded ??= Promise.resolve(module(source)).then((from) => init({ module_or_path: from }));
      await loaded.catch((cause: unknown) => {
        loaded = undefined;
        throw cause;
      });
      const told = (progress: Progress): void => post({ number, kind: "progress", progress }, []);
      const found = (findings: TableFinding[]): void => post({ number, kind: "findings", findings }, []);
      const answer = work(job, told, found);
      post({ number, kind: "done", answer }, answer.task === "written" ? answer.files.map((file) => file.data) : []);
    } catch (error) {
      const said = error instanceof KepuError ? error : crashed(error);
      post({ number, kind: "failed", code: said.code, text: said.text, faults: [...said.faults] }, []);
    }
  }
}

/** A trap, or a module that was not to be had: the page ends this worker. */
function crashed(error: unknown): KepuError {
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    const text = {
      zh: `kepu 内部出错（可能是表格太大，内存不够），这一次没有结果（${why}）；可以继续使用。请拆成几个文件再试`,
      en: `kepu failed, perhaps for want of memory, and gives no result this time (${why}); it can be used again. Split the file and try again`,
    };
    return new KepuError("internal", text, "zh");
  }
  const text = {
    zh: `表格核对部分没有加载成功（${why}）。请检查 kepu-files.wasm 的地址`,
    en: `the part that checks tables did not load (${why}). Check the address of kepu-files.wasm`,
  };
  return new KepuError("load", text, "zh");
}

function work(job: Job, told: (progress: Progress) => void, found: (findings: TableFinding[]) => void): Answered {
  const ask = (reply: string): string => replied(reply, job.lang);
  const { checker } = JSON.parse(ask(wasm.ask("open", 0, job.choice, job.notice, "", job.lang))) as Opened;
  try {
    if (job.task === "template") {
      ask(wasm.template(checker, job.kind, job.lang));
      return written([""]);
    }
    const columns = job.columns.map(([header, field]) => `${line(header)}\t${line(field)}`).join("\n");
    ask(wasm.begin(checker, job.asOf, job.kind ?? "", columns));
    let file: string | null = null;
    globalThis.kepuChecked = (done) => told({ step: "checking", file, done, total: null });
    if (job.task === "check-table") {
      const add = job.isGrid ? wasm.add_cells : wasm.add_record;
      for (const row of job.rows) ask(add(row));
      ask(job.isGrid ? wasm.check_cells(new Uint32Array(job.merges.flat())) : wasm.check_records());
    } else {
      job.files.forEach(({ name, data }, done) => {
        file = name;
        globalThis.kepuRead = (share) => told({ step: "reading", file, done: done + share, total: job.files.length });
        globalThis.kepuRead(0);
        ask(wasm.check_file(name, new Uint8Array(data)));
      });
    }
    if (job.task === "annotate") return written(JSON.parse(ask(wasm.annotate(job.lang))) as string[]);
    let handed = 0;
    globalThis.kepuFound = (json) => {
      const findings = JSON.parse(json) as TableFinding[];
      found(findings);
      handed += findings.length;
      told({ step: "handing-over", file: null, done: handed, total: null });
    };
    return { task: "checked", result: JSON.parse(ask(wasm.finish(job.lang))) as Checked, findings: [] };
  } finally {
    wasm.ask("close", checker, "", "", "", "");
  }
}

/** What the module has written, file by file. */
function written(names: string[]): Answered {
  return { task: "written", files: names.map((name) => ({ name, data: wasm.take().buffer as ArrayBuffer })) };
}

function line(text: string): string {
  return text.replace(/[\t\n\r]/g, " ");
}
