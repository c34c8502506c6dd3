//! What cannot be used at all. What is wrong with a record is a finding, never an error.

use std::fmt;

use crate::message::{Lang, Text};
use crate::reading::decimal::push_whole;

/// One thing wrong with a notice file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// From 1; 0 where the place is not known.
    pub line: u32,
    /// From 1, in characters; 0 where the place is not known.
    pub column: u32,
    /// The keys that lead to it: `deadlines[0].due`.
    pub key: String,
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl Fault {
    /// What is wrong with a whole text.
    pub(crate) fn without_place(what: Text) -> Fault {
        Fault { line: 0, column: 0, key: String::new(), zh: what.zh.into(), en: what.en.into() }
    }

    /// Pushes its place, where it is known, its key and what is wrong.
    fn push(&self, lang: Lang, out: &mut String) {
        let (line, column, end) = match lang {
            Lang::Zh => ("第 ", " 行第 ", " 列 "),
            Lang::En => ("line ", ", column ", ": "),
        };
        if self.line > 0 {
            for (before, number) in [(line, self.line), (column, self.column)] {
                out.push_str(before);
                push_whole(number.into(), out);
            }
            out.push_str(end);
        }
        if !self.key.is_empty() {
            out.push_str(&self.key);
            out.push_str(Text { zh: "：", en: ": " }.get(lang));
        }
        out.push_str(self.message(lang));
    }

    /// What is wrong and what to do, in one sentence.
    pub fn message(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push(Lang::En, &mut text);
        f.write_str(&text)
    }
}

/// Why something cannot be used: a notice, a record's text, a name of a rule, a file.
///
/// Opaque: ask it with [`Error::is_notice`] and its like, read it with [`Error::message`].
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone)]
pub(crate) enum Inner {
    /// A notice with these faults.
    Notice(Vec<Fault>),
    /// A sentence with the way out.
    Other { what: What, zh: String, en: String },
}

/// What an error is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A name that the caller gave: a notice, a rule, a field, a day.
    Name,
    /// A record's text.
    Record,
    /// A sheet or a file.
    Sheet,
    /// A set, or the bytes of one.
    Set,
    /// Nothing: the caller wanted no more.
    #[cfg(feature = "files")]
    Cancelled,
}

impl Error {
    /// That a file could not be opened, with the system's word why.
    ///
    /// ```
    /// use kepu_core::{Error, Lang};
    /// let error = Error::unopened("上报.csv", std::io::Error::from(std::io::ErrorKind::PermissionDenied));
    /// assert!(error.is_sheet() && error.message(Lang::Zh).starts_with("“上报.csv”打不开"));
    /// ```
    pub fn unopened(file: &str, why: impl fmt::Display) -> Error {
        Error::other(
            What::Sheet,
            format!("“{file}”打不开，请核对文件名和读取权限：{why}"),
            format!("`{file}` cannot be opened, check its name and who may read it: {why}"),
        )
    }

    pub(crate) fn other(what: What, zh: impl Into<String>, en: impl Into<String>) -> Error {
        Error(Box::new(Inner::Other { what, zh: zh.into(), en: en.into() }))
    }

    pub(crate) fn notice(faults: Vec<Fault>) -> Error {
        Error(Box::new(Inner::Notice(faults)))
    }

    /// What is wrong with a notice, all of it; empty for other errors.
    pub fn faults(&self) -> &[Fault] {
        match &*self.0 {
            Inner::Notice(faults) => faults,
            Inner::Other { .. } => &[],
        }
    }

    /// Whether a notice file is at fault.
    pub fn is_notice(&self) -> bool {
        matches!(*self.0, Inner::Notice(_))
    }

    /// Whether a name that the caller gave is none: of a notice, a rule, a field, a day.
    pub fn is_name(&self) -> bool {
        self.is(What::Name)
    }

    /// Whether a record's text is at fault.
    pub fn is_record(&self) -> bool {
        self.is(What::Record)
    }

    /// Whether a sheet or a file is at fault.
    pub fn is_sheet(&self) -> bool {
        self.is(What::Sheet)
    }

    /// Whether two sets do not fit, or bytes are no set.
    pub fn is_set(&self) -> bool {
        self.is(What::Set)
    }

    /// Whether nothing is at fault, but the caller said to stop.
    #[cfg(feature = "files")]
    pub fn is_cancelled(&self) -> bool {
        self.is(What::Cancelled)
    }

    fn is(&self, asked: What) -> bool {
        matches!(*self.0, Inner::Other { what, .. } if what == asked)
    }

    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match &*self.0 {
            Inner::Other { zh, en, .. } => match lang {
                Lang::Zh => zh.clone(),
                Lang::En => en.clone(),
            },
            Inner::Notice(faults) => {
                let mut text = String::from(Text { zh: "通知文件有误：", en: "the notice has faults:" }.get(lang));
                for fault in faults {
                    text.push('\n');
                    fault.push(lang, &mut text);
                }
                text
            }
        }
    }
}
