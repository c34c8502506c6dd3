//! The page that people read: findings by row, what was not read, sums, who still owes, the timeline.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use kepu_core::{
    Checked, CheckedFile, CheckedSheet, Clause, Field, Finding, Lang, Placed, Reason, Severity, State, TableReport, Text,
};

use kepu_core::model::Node;

use crate::lines::{Lines, width};

/// How many units of one kind, or rows of one reason, are named one by one.
const NAMED: usize = 40;

/// The whole page.
pub(crate) fn write(out: &mut dyn Write, report: &TableReport, lang: Lang, is_now: bool) {
    let lines = Lines { colour: std::io::stdout().is_terminal(), out };
    let mut page = Page { report, lang, lines };
    page.head(is_now);
    report.files().iter().for_each(|file| page.file(file));
    page.owing();
    page.sums();
    page.tally();
    page.timeline();
}

struct Page<'r> {
    report: &'r TableReport,
    lang: Lang,
    lines: Lines<'r>,
}

impl Page<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Text { zh, en }.get(self.lang)
    }

    fn put(&mut self, label: &str, style: &str, text: &str) {
        self.lines.put(label, style, text);
    }

    fn head(&mut self, is_now: bool) {
        let notice = self.report.checker().notice();
        self.put("", "1", notice.title().unwrap_or(notice.id()));
        let now = if is_now { self.say("（现在，UTC+8）", " (now, UTC+8)") } else { "" };
        let as_of = self.report.as_of().to_string().replace('T', " ") + now;
        self.put(self.say("截至 ", "as of "), "", &as_of);
    }

    fn file(&mut self, file: &CheckedFile<'_>) {
        let name = file.name.unwrap_or_default();
        for sheet in &file.sheets {
            match sheet {
                CheckedSheet::Table(table) => self.table(*table),
                CheckedSheet::Unread(unread) => {
                    let title = unread.sheet().map_or_else(|| name.to_owned(), |sheet| format!("{name}  {sheet}"));
                    self.put("\n", "1", &title);
                    let message = unread.error().message(self.lang);
                    let (first, rest) = message.split_once('\n').unwrap_or((&message, ""));
                    self.put(self.say("  未读取  ", "  not read  "), "33", first);
                    rest.lines().for_each(|line| self.put("    ", "", line));
                }
            }
        }
        for note in self.report.notes().iter().filter(|note| Some(note.file()) == file.name) {
            self.put(self.say("  注意  ", "  note  "), "36", note.message(self.lang));
        }
    }

    fn table(&mut self, table: Checked<'_>) {
        let (name, count) = (table.file().unwrap_or_default(), table.table().len());
        let sheet = table.sheet().map(|sheet| format!("  {sheet}")).unwrap_or_default();
        let kind = self.report.checker().notice().kind_label(table.kind(), self.lang);
        self.put("\n", "1", &format!("{name}{sheet}  {kind} × {count}"));
        let mut row = None;
        for placed in table.findings_in_columns() {
            if row != placed.row() {
                row = placed.row();
                self.row(&placed);
            }
            self.finding(&placed);
        }
        self.not_read(table);
    }

    fn row(&mut self, placed: &Placed<'_>) {
        let row = placed.row().unwrap_or_default();
        let label = format!("\n{}{row}{}  ", self.say("第 ", "row "), self.say(" 行", ""));
        let name = placed.name();
        let id = placed.id().map(|id| format!("  {id}")).unwrap_or_default();
        self.put(&label, "1", &format!("{}{id}", name.as_deref().unwrap_or(self.say("（未填名称）", "(no name)"))));
    }

    fn finding(&mut self, placed: &Placed<'_>) {
        let finding = placed.finding();
        let cell = placed.cell().map(|cell| format!("{cell}  ")).unwrap_or_default();
        let label = format!("  {}  {cell}", finding.severity().label().get(self.lang));
        self.put(&label, colour(finding.severity()), &finding.message(self.lang));
        self.put("    → ", "", &finding.advice(self.lang));
        self.clause(finding.clause());
    }

    fn clause(&mut self, clause: Option<&Clause>) {
        match clause {
            Some(clause) => self.put("    § ", "2", &format!("{}：“{}”", clause.number, clause.quote)),
            None => self.put("    § ", "2", self.say("数据本身的要求，不出自通知", "asked by the data, not by the notice")),
        }
    }

    /// What no column holds, the columns that were not read, and the rows that are no records.
    fn not_read(&mut self, table: Checked<'_>) {
        for missing in table.missing() {
            let label = format!("\n  {}  ", missing.severity().label().get(self.lang));
            self.put(&label, colour(missing.severity()), &missing.message(self.lang));
            self.clause(missing.clause());
        }
        let unread: Vec<String> = table.unread_columns().map(|column| column.message(self.lang)).collect();
        if !unread.is_empty() {
            self.put(self.say("\n  未读取  ", "\n  not read  "), "36", &unread.join(self.say("；", "; ")));
        }
        let mut skipped: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for row in table.table().skipped() {
            skipped.entry(reason(row.reason, self.lang)).or_default().push(row.row.to_string());
        }
        let rows = |(reason, rows): (&str, Vec<String>)| match self.lang {
            Lang::Zh => format!("{reason}：第 {} 行", some(&rows, "、")),
            Lang::En => format!("{reason}: row {}", some(&rows, ", ")),
        };
        let skipped: Vec<String> = skipped.into_iter().map(rows).collect();
        if !skipped.is_empty() {
            self.put(self.say("\n  跳过  ", "\n  skipped  "), "36", &skipped.join(self.say("；", "; ")));
        }
    }

    /// What the set itself shows: units that owe, each kind of debt in one line, and quotas.
    fn owing(&mut self) {
        let unit = |finding: &Finding<'_>| {
            finding.args().iter().find_map(|(name, arg)| match arg {
                kepu_core::Arg::Text(text) if *name == "unit" => Some(text.clone()),
                _ => None,
            })
        };
        let mut owing: Vec<(Placed<'_>, Vec<String>)> = Vec::new();
        for placed in self.report.set_findings() {
            let finding = placed.finding();
            let same =
                |known: &Placed<'_>| known.finding().rule() == finding.rule() && known.finding().clause() == finding.clause();
            match (unit(finding), owing.last_mut()) {
                (Some(unit), Some((known, units))) if same(known) && !units.is_empty() => units.push(unit),
                (unit, _) => owing.push((placed, unit.into_iter().collect())),
            }
        }
        if !owing.is_empty() {
            self.put("\n", "1", self.say("全部记录合起来看", "all records together"));
        }
        for (placed, units) in owing {
            let finding = placed.finding();
            let label = format!("  {}  ", finding.severity().label().get(self.lang));
            let message = finding.message(self.lang);
            // The sentence of the first unit, with all of them in its place.
            let told = match units.split_first() {
                Some((first, rest)) if !rest.is_empty() => {
                    let (named, count) = (some(&units, self.say("、", ", ")), units.len());
                    let all = named + &self.say("（{}）", " ({})").replace("{}", &count.to_string());
                    message.strip_prefix(first.as_str()).map(|rest| all.clone() + rest).unwrap_or(all)
                }
                _ => message,
            };
            self.put(&label, colour(finding.severity()), &told);
            self.put("    → ", "", &finding.advice(self.lang));
            self.clause(finding.clause());
        }
    }

    fn sums(&mut self) {
        let (all, clean, blocked) = (self.report.records(), self.report.clean(), self.report.blocked());
        let sums = match self.lang {
            Lang::Zh => format!("{all} 条记录：{clean} 条没有问题，{blocked} 条有必须改正的错误"),
            Lang::En => format!("{all} records: {clean} with nothing to say, {blocked} with errors to put right"),
        };
        self.put("\n", "1", &sums);
        let count = |severity: Severity| format!("{} {}", severity.label().get(self.lang), self.report.count(severity));
        let counts = Severity::ALL.map(count).join(self.say("，", ", "));
        self.put("", "", &counts);
    }

    fn tally(&mut self) {
        let (tally, notice) = (self.report.tally(), self.report.checker().notice());
        let none = self.say("（未读出）", "(not read)");
        let mut counts = BTreeMap::new();
        for (region, category, count) in tally.activities() {
            *counts.entry((category, region)).or_insert(0_u64) += count;
        }
        // In the notice's order; what was not read stands last.
        let model = notice.model();
        let of = |nodes, is_there: &dyn Fn(Option<&str>) -> bool| -> Vec<Option<String>> {
            ids(nodes).into_iter().map(Some).chain([None]).filter(|id| is_there(id.as_deref())).collect()
        };
        let rows = of(&model.categories, &|id| counts.keys().any(|(category, _)| *category == id));
        let columns = of(&model.regions, &|id| counts.keys().any(|(_, region)| *region == id));
        let names = |field, ids: &[Option<String>]| -> Vec<String> {
            let name = |id: &Option<String>| id.as_deref().and_then(|id| notice.name(field, id)).unwrap_or(none).to_owned();
            ids.iter().map(name).collect()
        };
        if !counts.is_empty() {
            let people = tally.people();
            let told = match self.lang {
                Lang::Zh => format!("活动类别与所在地；参与人次：确数 {}，约数 {}", people.exact, people.approximate),
                Lang::En => {
                    format!("activities by category and region; people: {} exactly, about {}", people.exact, people.approximate)
                }
            };
            self.put("\n", "1", &told);
            let total = self.say("合计", "total");
            let count = |row: usize, column: usize| {
                let (Some(category), Some(region)) = (rows.get(row), columns.get(column)) else { return 0 };
                counts.get(&(category.as_deref(), region.as_deref())).copied().unwrap_or_default()
            };
            self.lines.table(&names(Field::Category, &rows), &names(Field::Region, &columns), total, &count);
        }
        let submissions = tally.submissions();
        if submissions != kepu_core::Submissions::default() {
            let (on_time, late, missing) = (submissions.on_time, submissions.late, submissions.missing);
            let told = match self.lang {
                Lang::Zh => format!("报送：按时 {on_time}，逾期 {late}，未报 {missing}"),
                Lang::En => format!("submissions: {on_time} in time, {late} late, {missing} missing"),
            };
            self.put("\n", "1", &told);
        }
    }

    fn timeline(&mut self) {
        let notice = self.report.checker().notice();
        let timeline = notice.timeline(self.report.as_of());
        if timeline.is_empty() {
            return;
        }
        self.put("\n", "1", self.say("时间安排", "timeline"));
        let states: Vec<&str> = timeline.iter().map(|milestone| milestone.state().label().get(self.lang)).collect();
        let widest = states.iter().map(|state| width(state)).max().unwrap_or_default();
        for (milestone, state) in timeline.iter().zip(states) {
            let label = format!("  {state}{}  ", " ".repeat(widest - width(state)));
            let left = match (milestone.state(), milestone.days_left(), self.lang) {
                (State::Open | State::Upcoming, Some(days), Lang::Zh) => format!("，还有 {days} 天"),
                (State::Open | State::Upcoming, Some(days), Lang::En) => format!(", {days} days left"),
                _ => String::new(),
            };
            let when = milestone.when(notice, self.lang);
            let told = match self.lang {
                Lang::Zh => format!("{}：{when}{left}（{}）", milestone.what(), milestone.clause().number),
                Lang::En => format!("{}: {when}{left} ({})", milestone.what(), milestone.clause().number),
            };
            self.put(&label, "", &told);
        }
    }
}

/// The ids of a tree, in order.
fn ids(nodes: &[Node]) -> Vec<String> {
    nodes.iter().flat_map(|node| [node.id.clone()].into_iter().chain(ids(&node.items))).collect()
}

/// The first of many, and that there are more.
fn some(all: &[String], between: &str) -> String {
    let more = if all.len() > NAMED { "…" } else { "" };
    all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(between) + more
}

fn reason(reason: Reason, lang: Lang) -> &'static str {
    reason.label().get(lang)
}

fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "31",
        Severity::Warning => "33",
        Severity::Info => "36",
    }
}
