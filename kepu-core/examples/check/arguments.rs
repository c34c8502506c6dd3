//! What the caller asks for.

use kepu_core::Lang;

pub(crate) const USAGE: &str = "check [FILE…] [选项 options]
  FILE…                  CSV、TSV、xlsx、xls、ods，可以几个；不写则核对示例表
                         sheets of any kind, several at once; none: the sample
  --as-of DAY            截至，例如 2023-10-08；不写为现在（UTC+8）
                         the moment asked about; none: now
  --notice ID|FILE       通知：内置的名称，或 .toml、.json 文件
                         a bundled notice, or one in a file
  --kind KIND            记录种类，例如 activity、summary；不写则看表头
                         the kind of record; none: what the header says
  --columns A=FIELD,…    表头与字段的对应，例如 主讲内容=description
                         headers of yours and the fields they stand for
  --roster FILE          应报送的单位：一行一个，或表格，或 JSON
                         who owes: one unit a line, a sheet, or JSON
  --only RULE,…          只看这些规则        only these rules
  --ignore RULE,…        不看这些规则        all but these rules
  --strict               截止日期从严理解    deadlines read strictly
  --annotate DIR         把标注副本写到这个文件夹
                         writes annotated copies into this folder
  --template FILE        写一份空白表（按 --kind），不核对
                         writes a blank sheet to fill in, and checks nothing
  --lang zh|en           语言                the language
  --json                 输出一份 JSON       prints one JSON document
  --lines                任意大小的 CSV，也可从管道读（FILE 写 -）：边读边核对，每个问题输出一行 JSON
                         CSV of any size, from a pipe too (FILE is -): checked while it is read, a line
                         of JSON for each finding; in memory stay only fingerprints of ids and activities

退出码 exit code: 0 没有必须改正的错误 nothing blocks,
                  1 有 something does, 2 有文件读不了 a file could not be read
";

#[derive(Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) files: Vec<String>,
    pub(crate) notice: String,
    pub(crate) as_of: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) columns: Vec<(String, String)>,
    pub(crate) roster: Option<String>,
    pub(crate) only: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) annotate: Option<String>,
    pub(crate) template: Option<String>,
    pub(crate) lang: Lang,
    pub(crate) strict: bool,
    pub(crate) json: bool,
    pub(crate) lines: bool,
    pub(crate) help: bool,
}

impl Arguments {
    /// Every file that is read, and so never written.
    pub(crate) fn inputs(&self) -> Vec<&str> {
        self.files.iter().chain(&self.roster).chain([&self.notice]).map(String::as_str).collect()
    }

    pub(crate) fn of(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
        let mut args = Arguments { notice: "henan-2023".to_owned(), ..Arguments::default() };
        let mut only_files = false;
        while let Some(arg) = given.next() {
            if only_files || arg == "-" || !arg.starts_with('-') {
                args.files.push(arg);
                continue;
            }
            let (name, joined) = match arg.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (&*arg, None),
            };
            let mut value = || {
                let value = joined.clone().or_else(|| given.next());
                value.ok_or_else(|| format!("{name} 后面要写值 / needs a value\n\n{USAGE}"))
            };
            match name {
                "--as-of" => args.as_of = Some(value()?),
                "--kind" => args.kind = Some(value()?),
                "--notice" => args.notice = value()?,
                "--roster" => args.roster = Some(value()?),
                "--annotate" => args.annotate = Some(value()?),
                "--template" => args.template = Some(value()?),
                "--only" => args.only.extend(parts(&value()?)),
                "--ignore" => args.ignore.extend(parts(&value()?)),
                "--columns" => args.columns.extend(columns(&value()?)?),
                "--lang" => args.lang = lang(&value()?)?,
                "--strict" if joined.is_none() => args.strict = true,
                "--json" if joined.is_none() => args.json = true,
                "--lines" if joined.is_none() => args.lines = true,
                "--help" | "-h" => args.help = true,
                "--" if joined.is_none() => only_files = true,
                _ => return Err(format!("{arg}：没有这个选项 / no such option\n\n{USAGE}")),
            }
        }
        Ok(args)
    }
}

/// What stands between commas, Chinese ones too.
fn parts(text: &str) -> impl Iterator<Item = String> {
    text.split([',', '，']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)
}

fn columns(text: &str) -> Result<Vec<(String, String)>, String> {
    let pair = |part: String| match part.rsplit_once(['=', '＝']) {
        Some((header, field)) => Ok((header.trim().to_owned(), field.trim().to_owned())),
        None => Err(format!("--columns {part}：请写成 表头=字段 / write HEADER=FIELD\n\n{USAGE}")),
    };
    parts(text).map(pair).collect()
}

fn lang(name: &str) -> Result<Lang, String> {
    match name {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        other => Err(format!("--lang {other}：请写 zh 或 en / write zh or en")),
    }
}
