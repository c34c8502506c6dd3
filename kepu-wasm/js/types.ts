import type { Activity, ActivityRead, FieldId, FieldType, RuleArgs, RuleId, Submission, SubmissionRead } from "./generated.js";

/** The language of messages. */
export type Lang = "zh" | "en";

/** How grave a finding is: the data cannot be used or an obligation is broken, the notice asks, worth knowing. */
export type Severity = "error" | "warning" | "info";

/** Which kind of record: `activity`, or a submission that the notice asks for, such as `summary`. */
export type Kind = "activity" | "summary" | (string & {});

/**
 * What may stand in a field. A `Date` is an instant and is read at UTC+8; a `File` is its name, and the nameless one of an
 * empty file input is empty.
 */
export type Cell = string | number | bigint | boolean | null | undefined | Date | File | readonly Cell[];

/** A record: keys are field ids, their labels or aliases (`title`, `活动名称`); what names no field is left alone. */
export type Values = Activity | Submission | Readonly<Record<string, Cell>>;

/** The values of a record as they were read, by the kind of record. */
export type ReadValues<K extends Kind = Kind> = K extends "activity" ? ActivityRead : SubmissionRead;

/** A moment: ISO text (without a zone it is UTC+8, a bare day is its first minute), or a `Date`, which is an instant. */
export type AsOf = string | Date;

/** One place in the notice: its number and the quoted words. */
export interface Clause {
  /** Where it stands, such as `四(三)`. */
  number: string;
  /** The notice's words. */
  quote: string;
}

/** Where a finding points: a field, for an item of a list its index too; a set as a whole has no path. */
export type Path = readonly [] | readonly [field: FieldId] | readonly [field: FieldId, index: number];

/** A replacement for one field, or one item of it, that settles a finding safely. */
export interface Fix {
  /** What is replaced. */
  path: Path;
  /** By what. */
  value: string;
}

/**
 * One rule broken at one place. Comparing `rule` narrows `args`.
 *
 * @example
 * ```ts
 * for (const finding of report.findings) {
 *   if (finding.rule === "unknown-category") console.log(finding.args.candidates);
 * }
 * ```
 */
export type Finding<R extends RuleId = RuleId> = R extends RuleId
  ? {
      /** The rule's stable id. */
      rule: R;
      /** How grave it is. */
      severity: Severity;
      /** Whether a form should stop on it: an error that its sender can still put right. */
      blocking: boolean;
      /** Where it points. */
      path: Path;
      /** What the message is made of. */
      args: RuleArgs[R];
      /** The clause it rests on; null where only the software asks. */
      clause: Clause | null;
      /** What is wrong. */
      message: string;
      /** What to do. */
      advice: string;
      /** A safe replacement, where there is one. */
      fix: Fix | null;
      /** The record's row: from 0 in a list, as the spreadsheet shows it in a sheet; null for a single record or the set itself. */
      row: number | null;
    }
  : never;

/** A caller's choices. */
export interface Options {
  /** Whether a deadline is what the strictest reading says: 9月28日前 ends on the 27th. */
  strictDeadlines?: boolean;
  /** Who owes: a list replaces every roster of the notice, an object fills those of its ids. */
  roster?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** Only these rules. */
  only?: readonly RuleId[];
  /** All but these rules. */
  ignore?: readonly RuleId[];
  /** Nothing less grave. */
  minSeverity?: Severity;
}

/** How a record is checked. */
export interface CheckOptions<K extends Kind = Kind> {
  /** The moment at which the question is asked. It is never read from a clock. */
  asOf: AsOf;
  /** `activity`, unless said otherwise. */
  kind?: K;
  /** The language of messages; that of `load`, unless said otherwise. */
  lang?: Lang;
  /** The caller's choices. */
  options?: Options;
}

/** How one question was answered at one place. */
export interface Answer {
  /** The rules that may answer it; the one that did where it is not met. */
  rules: RuleId[];
  /** Where; null where the question does not arise. */
  path: Path | null;
  /** The answer. */
  outcome: "met" | "not-met" | "not-applicable" | "unknown";
  /** The clause that it rests on. */
  clause: Clause | null;
}

/** One thing that the notice dates, as it stands at a moment. */
export interface Milestone {
  /** Its number in the notice's own order, from 1: the same at every moment. */
  number: number;
  /** What it is called, in the notice's language. */
  what: string;
  /** Where it stands. */
  state: "upcoming" | "open" | "due-today" | "closed" | "overdue";
  /** Where it stands, in words. */
  label: string;
  /** Its first moment (`2023-08-21`, `2023-08-21T09:00`), if the notice gives one. */
  first: string | null;
  /** Its last moment, included, if the notice gives one. */
  last: string | null;
  /** Days to the last day: 0 on it, negative after it. */
  days_left: number | null;
  /** The classes of units that owe it, in the notice's words. */
  owed_by: string[];
  /** Whether it is owed, so that it can be overdue. */
  owed: boolean;
  /** 拟: not yet certain. */
  tentative: boolean;
  /** Where it rests. */
  clause: Clause;
}

/** Two texts that say the same. */
export interface Words {
  /** 中文. */
  zh: string;
  /** English. */
  en: string;
}

/** A rule, for people who look it up. */
export interface RuleInfo {
  /** Its stable id. */
  id: RuleId;
  /** How grave it is, where neither a modality, a deadline nor a limit says otherwise. */
  severity: Severity;
  /** Whether a form may stop on it when it is an error. */
  can_block: boolean;
  /** Whether one record shows it, only a set, or both. */
  scope: "record" | "set" | "both";
  /** What in the notice it rests on; `structural` where only the software asks. */
  basis: string;
  /** The fields that it may point at; empty where any text may be at fault. */
  fields: FieldId[];
  /** The names of its arguments; `?` stands before one that may be missing. */
  args: string[];
  /** What it means. */
  about: Words;
  /** The template of its message. */
  message: Words;
  /** The template of its advice. */
  advice: Words;
}

/** A day that hangs on a record's own: so many days after the day of a field. */
export interface RelativeDay {
  /** The field whose day counts. */
  field: FieldId;
  /** How many days later; negative for earlier. */
  days: number;
}

/** What the notice asks of a field after the event, or within which length. */
export interface Ask {
  /** How binding the notice's words are. */
  modality: "must" | "should" | "may";
  /** Asked from then on; null where always. */
  from: string | RelativeDay | null;
  /** Overdue after it. */
  due: string | RelativeDay | null;
  /** The longest text, white space not counted. */
  max_chars: number | null;
  /** Other fields of which any would do. */
  or: FieldId[];
  /** Where it rests. */
  clause: Clause;
}

/** What the notice suggests for a choice; no finding rests on it. */
export interface Hint {
  /** `topic`, `form`, `venue`, `series`, `theme`, `channel`, `field` or `organizer`. */
  about: string;
  /** The suggestions. */
  items: string[];
  /** Whether the notice's list ends in 等. */
  open: boolean;
  /** Where it rests. */
  clause: Clause;
}

/** One thing that may be chosen. */
export interface Choice {
  /** Its stable id; empty for what has none. */
  id: string;
  /** Its official name: what is written into the record. */
  name: string;
  /** The headings above it, the highest first. */
  groups: string[];
  /** What the notice suggests for it. */
  hints: Hint[];
  /** Where it rests; null for what is built in. */
  clause: Clause | null;
}

/** Days that the notice names for a field. */
export interface Span {
  /** What the days are. */
  what: string;
  /** The first moment. */
  first: string | RelativeDay | null;
  /** The last moment, included. */
  last: string | RelativeDay | null;
  /** Where they rest. */
  clause: Clause;
}

/** One field of a form. */
export interface FormField {
  /** Its id: the name of the form's control. */
  field: FieldId;
  /** What people call it. */
  label: Words;
  /** What its cell is read as. */
  type: FieldType;
  /** Whether it holds a list of items. */
  list: boolean;
  /** Whether a record says nothing without it. The software asks for it, not the notice. */
  required: boolean;
  /** Whether only the choices are accepted; otherwise they are a help. */
  closed: boolean;
  /** What may be chosen, in the notice's order. */
  choices: Choice[];
  /** The days that the notice names for it. */
  spans: Span[];
  /** What the notice asks of it. */
  asks: Ask[];
  /** The sentence that a closed list rests on. */
  clause: Clause | null;
}
