import type { ErrorCode, ErrorText, Fault } from "./error.js";
import type { Progress, SkippedRow, TableFinding, TableResult } from "./tables.js";
import type { Lang } from "./types.js";

interface Asked {
  /** Its tape. */
  notice: string;
  choice: string;
  lang: Lang;
}

interface Check extends Asked {
  asOf: string;
  kind: string | null;
  columns: (readonly [header: string, field: string])[];
  merges: number[][];
}

interface Files {
  files: { name: string; data: ArrayBuffer }[];
}

/** What the page asks of the worker. */
export type Job =
  | (Check & { task: "check-table"; rows: string[]; isGrid: boolean })
  | (Check & Files & { task: "check-file" })
  | (Check & Files & { task: "annotate" })
  | (Asked & { task: "template"; kind: string });

/** The core's document without its findings; why rows were skipped stands beside them, in words. */
export type Checked = Pick<TableResult, "notice" | "tables" | "columns" | "unread" | "notes" | "tally"> & {
  skipped: Omit<SkippedRow, "label">[];
  reasons: Record<SkippedRow["reason"], string>;
  kepu: string;
  as_of: string;
  accepted: boolean;
  blocked: boolean;
  whole: boolean;
};

/** What the worker has made. */
export type Answered =
  | { task: "checked"; result: Checked; findings: TableFinding[] }
  | ({ task: "written" } & Files);

/** What the worker says of a job. */
export type Message = { number: number } & (
  | { kind: "progress"; progress: Progress }
  | { kind: "findings"; findings: TableFinding[] }
  | { kind: "done"; answer: Answered }
  | { kind: "failed"; code: ErrorCode; text: ErrorText; faults: Fault[] }
);
