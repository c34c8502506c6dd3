import type { Engine, Question } from "./engine.js";
import type { Lang } from "./types.js";

/** What a question is about; what it does not need is left out. */
export interface About {
  kind?: string;
  text?: string;
  asOf?: string;
  lang: Lang;
  /** The caller's options, as lines. */
  choice?: string;
}

interface Opened {
  generation: number;
  checker: number;
}

/** So many sets of options are kept ready. */
const KEPT = 8;

/** One notice in the form's module: opened once for each set of options, and again after a new instance was made. */
export class OpenedNotice {
  private readonly opened = new Map<string, Opened>();

  constructor(
    private readonly engine: Engine,
    readonly tape: string,
  ) {}

  /** Asks about this notice. */
  ask(what: Question, { kind, text, asOf, lang, choice = "" }: About): string {
    return this.engine.ask(what, lang, this.checker(choice, lang), kind, text, asOf);
  }

  /** Frees all that is open. */
  close(): void {
    for (const opened of this.opened.values()) this.forget(opened);
    this.opened.clear();
  }

  private checker(choice: string, lang: Lang): number {
    const known = this.opened.get(choice);
    if (known?.generation === this.engine.generation) return known.checker;
    const checker = Number(this.engine.ask("open", lang, 0, choice, this.tape));
    this.opened.delete(choice);
    this.opened.set(choice, { generation: this.engine.generation, checker });
    const [oldest] = this.opened;
    if (this.opened.size > KEPT && oldest !== undefined) {
      this.opened.delete(oldest[0]);
      this.forget(oldest[1]);
    }
    return checker;
  }

  private forget({ generation, checker }: Opened): void {
    if (generation === this.engine.generation) this.engine.ask("close", "zh", checker);
  }
}
