//! Lines of a terminal: 80 columns, in which a Chinese character takes two.

use std::io::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const COLUMNS: usize = 80;
/// What may not begin a line, what may not end one, and what turns the direction of writing.
const CLOSING: &str = "，。、；：？！”’）》】…";
const OPENING: &str = "“‘（《【";
const TURNING: &str = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

/// Text for people, line by line.
pub(crate) struct Lines<'w> {
    pub(crate) colour: bool,
    pub(crate) out: &'w mut dyn Write,
}

impl Lines<'_> {
    /// A text behind its label, wrapped under itself; a line break before the label is a blank line.
    pub(crate) fn put(&mut self, label: &str, style: &str, text: &str) {
        let (on, off) = if self.colour && !style.is_empty() { (format!("\x1b[{style}m"), "\x1b[0m") } else { Default::default() };
        let indent = width(label.trim_start_matches('\n'));
        for (at, line) in wrapped(text, COLUMNS.saturating_sub(indent)).iter().enumerate() {
            let label = if at == 0 { label.to_owned() } else { " ".repeat(indent) };
            // Whoever closes the pipe early has read enough.
            let _ = writeln!(self.out, "{on}{label}{line}{off}");
        }
    }

    /// A table of counts with their sums: as many columns side by side as fit, then the next. What a row is called stands
    /// behind its numbers, so that they stand one under the other however wide a terminal takes “” to be.
    pub(crate) fn table(&mut self, rows: &[String], columns: &[String], total: &str, count: &dyn Fn(usize, usize) -> u64) {
        let of_row = |row| (0..columns.len()).map(|column| count(row, column)).sum::<u64>();
        let of_column = |column| (0..rows.len()).map(|row| count(row, column)).sum::<u64>();
        let names = rows.iter().map(|row| width(row)).max().unwrap_or_default().min(COLUMNS / 2);
        let sum = (0..rows.len()).map(of_row).sum::<u64>();
        let wide = |name: &str, greatest: u64| 2 + width(name).max(greatest.to_string().len());
        let mut from = 0;
        while from < columns.len() {
            let (mut used, mut to) = (names + 2 + wide(total, sum), from);
            while let Some(name) = columns.get(to) {
                used += wide(name, of_column(to));
                if used > COLUMNS && to > from {
                    break;
                }
                to += 1;
            }
            let line = |each: &dyn Fn(usize, &str) -> String, last: &str, name: &str| {
                let shown = columns.iter().enumerate().take(to).skip(from);
                let cells = shown.map(|(at, name)| ended(&each(at, name), wide(name, of_column(at))));
                (cells.collect::<String>() + &ended(last, wide(total, sum)) + "  " + name).trim_end().to_owned()
            };
            self.put("", "", &line(&|_, name| name.to_owned(), total, ""));
            for (row, name) in rows.iter().enumerate() {
                let number = |count: u64| if count == 0 { "-".to_owned() } else { count.to_string() };
                self.put("", "", &line(&|at, _| number(count(row, at)), &of_row(row).to_string(), name));
            }
            self.put("", "", &line(&|at, _| of_column(at).to_string(), &sum.to_string(), total));
            from = to;
        }
    }
}

/// How many columns a text takes, with “” and their like as wide as Chinese terminals show them.
pub(crate) fn width(text: &str) -> usize {
    text.width_cjk()
}

/// A text at the end of so many columns.
fn ended(text: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(width(text))) + text
}

/// What steers a terminal or turns the direction of writing is shown as �: a cell may hold anything.
fn plain(c: char) -> char {
    if c.is_control() || TURNING.contains(c) { '�' } else { c }
}

/// Lines of so many columns.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let (mut lines, mut line, mut word, mut before) = (Vec::new(), String::new(), String::new(), ' ');
    for c in text.chars().map(plain) {
        let joined = before.is_ascii() && before != ' ' && c.is_ascii() || CLOSING.contains(c) || OPENING.contains(before);
        if !joined || width(&word) + c.width_cjk().unwrap_or(0) > columns {
            line.push_str(&std::mem::take(&mut word));
        }
        word.push(c);
        before = c;
        if width(&line) + width(word.trim_end()) > columns && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
    }
    line.push_str(&word);
    lines.push(line);
    lines
}
