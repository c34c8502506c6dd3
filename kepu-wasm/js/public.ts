/** What every build of the package gives. */
export type * from "./generated.js";
export type * from "./types.js";
export { type ErrorCode, type ErrorText, type Fault, KepuError } from "./error.js";
export type { WasmSource } from "./engine.js";
export type { Kepu, LoadOptions } from "./kepu.js";
export type { Notice } from "./notice.js";
export type { Report, Stamp } from "./report.js";
export type { StandardIssue, StandardOptions, StandardResult, StandardSchema } from "./standard.js";
export type {
  CheckedTable,
  FileInput,
  FileNote,
  MissingColumns,
  OneFile,
  Progress,
  SkippedRow,
  TableFinding,
  TableOptions,
  TableResult,
  TableRows,
  Tally,
  TemplateOptions,
  UnreadColumn,
  UnreadFile,
  WorkerLike,
} from "./tables.js";
export { bindForm, type BindOptions, type BoundForm } from "./form/bind.js";
export { renderForm, type RenderedForm, type RenderOptions } from "./form/render.js";
export type { FormNotice, FormReport } from "./form/contract.js";
