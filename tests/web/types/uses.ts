// What a developer writes, and what the types must refuse. Compiled, never run.
import { type Finding, type FormField, KepuError, type Lang, load, type RuleId, type TableFinding } from "kepu";

const kepu = await load();
const notice = kepu.notice("henan-2023");
await load({ wasm: fetch("/kepu.wasm"), worker: () => new Worker("/kepu/worker.js", { type: "module" }), lang: "en" });
// @ts-expect-error no such language
await load({ lang: "de" });

// Records of one's own type, field ids, labels.
interface MyForm {
  title: string;
  start: string;
  images: string[];
}
const mine: MyForm = { title: "走近湿地", start: "9月19日", images: [] };
const report = notice.check(mine, { asOf: new Date() });
notice.check({ 活动名称: "走近湿地", 参与人次: 300 }, { asOf: "2023-10-08", lang: "en" });
// @ts-expect-error as of is always given
notice.check(mine, {});
// @ts-expect-error no clock's number
notice.check(mine, { asOf: Date.now() });
// @ts-expect-error a record is no list
notice.check([mine], { asOf: "2023-10-08" });
// @ts-expect-error no such rule
notice.check(mine, { asOf: "2023-10-08", options: { ignore: ["outside-windows"] } });

// What was read hangs on the kind.
const start: string | null = report.read.start;
const people: number | null = report.read.audience;
// @ts-expect-error an activity has no unit
report.read.unit;
const unit: string | null = notice.check({}, { asOf: "2023-10-08", kind: "summary" }).read.unit;

// A rule narrows its arguments.
function said(finding: Finding): string {
  switch (finding.rule) {
    case "unknown-category":
      return finding.args.candidates?.join() ?? finding.args.value;
    case "reversed-dates":
      return finding.args.end;
    default:
      return finding.message;
  }
}
function window(finding: Finding<"outside-window">): string {
  // @ts-expect-error no such argument
  finding.args.platform;
  return finding.args.start;
}
// @ts-expect-error no such rule
const rule: RuleId = "outside-windows";

const form: FormField[] = notice.form();
const lang: Lang = "zh";
const schema = notice.standardSchema<MyForm>();
const valid = schema["~standard"].validate(mine);
if (valid.issues === undefined) {
  const same: MyForm = valid.value;
  void same;
} else {
  const ids: RuleId[] = valid.issues.map((issue) => issue.rule);
  void ids;
}

const result = await notice.checkFile(new File([], "上报.xlsx"), {
  asOf: "2023-10-08",
  columns: { 主讲内容: "description" },
  onProgress: ({ step }) => step satisfies "reading" | "checking" | "handing-over",
});
const cell: string | null | undefined = result.findings[0]?.cell;
const placed: TableFinding[] = result.findings;
const twice: number | undefined = result.tally.findings["duplicate-id"];

try {
  kepu.noticeFromJson("{}");
} catch (error) {
  if (error instanceof KepuError) {
    const keys: string[] = error.faults.map((fault) => fault.key);
    // @ts-expect-error no such code
    if (error.code === "oops") void keys;
  }
}

void [start, people, unit, said, window, rule, form, lang, cell, placed, twice];
