//! Words for people: every text stands in each language, and a template is expanded once, in one pass.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::finding::Arg;
use crate::reading::decimal::push_whole;
use crate::record::{Field, Kind};

/// The language of messages and labels.
///
/// ```
/// use kepu_core::{Field, Kind, Lang};
/// assert_eq!(Field::Title.label(&Kind::ACTIVITY, Lang::En), "title");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Its name on the wire.
    pub const fn id(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The language of a name.
    ///
    /// ```
    /// use kepu_core::Lang;
    /// assert_eq!(Lang::from_id("en"), Some(Lang::En));
    /// assert_eq!(Lang::from_id("de"), None);
    /// ```
    pub fn from_id(id: &str) -> Option<Lang> {
        [Lang::Zh, Lang::En].into_iter().find(|lang| lang.id() == id)
    }
}

/// One text in every language; a new [`Lang`] fails to compile until each is filled.
///
/// ```
/// use kepu_core::{Lang, Text};
/// let hello = Text { zh: "你好", en: "hello" };
/// assert_eq!(hello.get(Lang::Zh), "你好");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// 中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The text in one language.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// What a template is expanded with.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) lang: Lang,
    /// Fields are called as this kind calls them.
    pub(crate) kind: &'a Kind,
    /// Days of this year are shown without it.
    pub(crate) year: i32,
    pub(crate) args: &'a [(&'static str, Arg)],
}

/// How much of a value a message shows, in characters.
const SHOWN: usize = 48;

impl Words<'_> {
    /// Expands a template: `{name}` is an argument, `[…]` stands only where every argument inside it does. What an
    /// argument holds is never looked at again.
    pub(crate) fn expand(&self, template: &str) -> String {
        let mut out = String::with_capacity(template.len() * 2);
        self.expand_into(template, &mut out);
        out
    }

    fn expand_into(&self, mut rest: &str, out: &mut String) -> bool {
        let mut whole = true;
        while let Some(at) = rest.find(['{', '[']) {
            let Some((before, from)) = rest.split_at_checked(at) else { break };
            out.push_str(before);
            let close = if from.starts_with('{') { '}' } else { ']' };
            let Some((inner, after)) = from.get(1..).and_then(|inner| inner.split_once(close)) else {
                break;
            };
            if close == '}' {
                whole &= self.push_named(inner, out);
            } else {
                let kept = out.len();
                if !self.expand_into(inner, out) {
                    out.truncate(kept);
                }
            }
            rest = after;
        }
        out.push_str(rest);
        whole
    }

    fn push_named(&self, name: &str, out: &mut String) -> bool {
        match self.args.iter().find(|(key, _)| *key == name) {
            Some((_, arg)) => self.push(arg, out),
            None => false,
        }
    }

    /// Pushes one argument; false where it says nothing.
    fn push(&self, arg: &Arg, out: &mut String) -> bool {
        match arg {
            Arg::Text(text) => push_shown(text, out),
            Arg::Texts(texts) => self.push_texts(texts, out),
            Arg::Number(number) => push_whole(*number, out),
            Arg::Day(day) => self.push_day(*day, out),
            Arg::Moment(day, minute) => {
                self.push_day(*day, out);
                out.push(' ');
                push_clock(*minute, out);
            }
            Arg::Weekday(weekday) => out.push_str(weekday_name(*weekday, self.lang)),
            Arg::Fields(fields) => self.push_fields(fields, out),
        }
        !matches!(arg, Arg::Texts(texts) if texts.is_empty())
    }

    fn push_texts(&self, texts: &[String], out: &mut String) {
        let (open, close, comma) = match self.lang {
            Lang::Zh => ("“", "”", "、"),
            Lang::En => ("`", "`", ", "),
        };
        for (index, text) in texts.iter().enumerate() {
            if index > 0 {
                out.push_str(comma);
            }
            out.push_str(open);
            push_shown(text, out);
            out.push_str(close);
        }
    }

    fn push_fields(&self, fields: &[Field], out: &mut String) {
        let or = Text { zh: "或", en: " or " };
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                out.push_str(or.get(self.lang));
            }
            out.push_str(field.label(self.kind, self.lang));
        }
    }

    fn push_day(&self, day: NaiveDate, out: &mut String) {
        let year = Some(day.year()).filter(|year| *year != self.year);
        match self.lang {
            Lang::Zh => {
                if let Some(year) = year {
                    push_whole(year.into(), out);
                    out.push('年');
                }
                push_whole(day.month().into(), out);
                out.push('月');
                push_whole(day.day().into(), out);
                out.push_str("日（");
                out.push_str(weekday_name(day.weekday(), self.lang));
                out.push('）');
            }
            Lang::En => {
                push_whole(day.day().into(), out);
                out.push(' ');
                out.push_str(month_name(day.month()));
                if let Some(year) = year {
                    out.push(' ');
                    push_whole(year.into(), out);
                }
                out.push_str(" (");
                out.push_str(weekday_name(day.weekday(), self.lang));
                out.push(')');
            }
        }
    }
}

/// Pushes `09:05`.
pub(crate) fn push_clock(minute: u16, out: &mut String) {
    for (index, number) in [minute / 60, minute % 60].into_iter().enumerate() {
        if index > 0 {
            out.push(':');
        }
        if number < 10 {
            out.push('0');
        }
        push_whole(number.into(), out);
    }
}

/// Pushes a value as somebody wrote it, cut where it is long; what could disturb the line around it (line breaks,
/// control characters, signs that turn the direction of writing) becomes U+FFFD or a space.
fn push_shown(text: &str, out: &mut String) {
    for (index, c) in text.trim().chars().enumerate() {
        if index == SHOWN {
            out.push('…');
            return;
        }
        out.push(match c {
            '\n' | '\r' | '\t' => ' ',
            c if c.is_control() || is_direction(c) => '\u{FFFD}',
            c => c,
        });
    }
}

/// Whether a sign turns the direction of writing (Unicode's bidi controls).
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// 周六, Sat.
pub(crate) const fn weekday_name(weekday: Weekday, lang: Lang) -> &'static str {
    let text = match weekday {
        Weekday::Mon => Text { zh: "周一", en: "Mon" },
        Weekday::Tue => Text { zh: "周二", en: "Tue" },
        Weekday::Wed => Text { zh: "周三", en: "Wed" },
        Weekday::Thu => Text { zh: "周四", en: "Thu" },
        Weekday::Fri => Text { zh: "周五", en: "Fri" },
        Weekday::Sat => Text { zh: "周六", en: "Sat" },
        Weekday::Sun => Text { zh: "周日", en: "Sun" },
    };
    text.get(lang)
}

const fn month_name(month: u32) -> &'static str {
    match month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}
