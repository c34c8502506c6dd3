import type { Engine, Opened, Question } from "./engine.js";
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

interface Known extends Opened {
  generation: number;
}

/** So many sets of options are kept ready. */
const KEPT = 8;

/** One notice in the form's module: opened once for each set of options, and again after a new instance was made. */
export class OpenedNotice {
  private readonly opened = new Map<string, Known>();

  constructor(
    private readonly engine: Engine,
    readonly tape: string,
  ) {}

  /** What it is called, and which kinds of record it asks for. */
  description(lang: Lang): Opened {
    return this.open("", lang);
  }

  /** Asks about this notice. */
  ask(what: Question, { kind, text, asOf, lang, choice = "" }: About): string {
    return this.engine.ask(what, lang, this.open(choice, lang).checker, kind, text, asOf);
  }

  /** Frees all that is open. */
  close(): void {
    for (const opened of this.opened.values()) this.forget(opened);
    this.opened.clear();
  }

  private open(choice: string, lang: Lang): Known {
    const known = this.opened.get(choice);
    if (known?.generation === this.engine.generation) return known;
    const reply = JSON.parse(this.engine.ask("open", lang, 0, choice, this.tape)) as Opened;
    const opened = { ...reply, generation: this.engine.generation };
    this.opened.delete(choice);
    this.opened.set(choice, opened);
    const [oldest] = this.opened;
    if (this.opened.size > KEPT && oldest !== undefined) {
      this.opened.delete(oldest[0]);
      this.forget(oldest[1]);
    }
    return opened;
  }

  private forget({ generation, checker }: Known): void {
    if (generation === this.engine.generation) this.engine.ask("close", "zh", checker);
  }
}
