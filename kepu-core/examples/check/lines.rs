//! Lines of a terminal: 80 columns, in which a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const COLUMNS: usize = 80;
/// What may not begin a line, what may not end one, and what turns the direction of writing.
const CLOSING: &str = "，。、；：？！”’）》】…";
const OPENING: &str = "“‘（《【";
const TURNING: &str = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

/// Text for people, line by line.
pub(crate) struct Lines {
    pub(crate) colour: bool,
    pub(crate) out: String,
}

impl Lines {
    /// A text behind its label, wrapped under itself; a line break before the label is a blank line.
    pub(crate) fn put(&mut self, label: &str, style: &str, text: &str) {
        let (on, off) = if self.colour && !style.is_empty() { (format!("\x1b[{style}m"), "\x1b[0m") } else { Default::default() };
        let indent = width(label.trim_start_matches('\n'));
        for (at, line) in wrapped(text, COLUMNS.saturating_sub(indent)).iter().enumerate() {
            let label = if at == 0 { label.to_owned() } else { " ".repeat(indent) };
            self.out.push_str(&format!("{on}{label}{line}{off}\n"));
        }
    }

    /// A table of counts, with sums at its ends: as many columns side by side as fit, then the next.
    pub(crate) fn table(&mut self, rows: &[String], columns: &[String], total: &str, count: &dyn Fn(usize, usize) -> u64) {
        let of_row = |row| (0..columns.len()).map(|column| count(row, column)).sum::<u64>();
        let of_column = |column| (0..rows.len()).map(|row| count(row, column)).sum::<u64>();
        let head = rows.iter().map(|row| width(row)).chain([width(total)]).max().unwrap_or_default().min(COLUMNS / 2);
        let sums: Vec<u64> = (0..rows.len()).map(of_row).collect();
        let sum: u64 = sums.iter().sum();
        let wide = |name: &str, greatest: u64| width(name).max(greatest.to_string().len()) + 2;
        let all = wide(total, sum);
        let mut from = 0;
        while from < columns.len() {
            let (mut used, mut to) = (head + all, from);
            while let Some(name) = columns.get(to) {
                used += wide(name, of_column(to));
                if used > COLUMNS && to > from {
                    break;
                }
                to += 1;
            }
            let shown = || columns.iter().enumerate().take(to).skip(from);
            let mut line = padded("", head);
            shown().for_each(|(at, name)| line.push_str(&ended(name, wide(name, of_column(at)))));
            line.push_str(&ended(total, all));
            self.line(&line);
            for (row, (name, sum)) in rows.iter().zip(&sums).enumerate() {
                let mut line = padded(name, head);
                for (at, name) in shown() {
                    let number = count(row, at);
                    let text = if number == 0 { "·".to_owned() } else { number.to_string() };
                    line.push_str(&ended(&text, wide(name, of_column(at))));
                }
                line.push_str(&ended(&sum.to_string(), all));
                self.line(&line);
            }
            let mut line = padded(total, head);
            shown().for_each(|(at, name)| line.push_str(&ended(&of_column(at).to_string(), wide(name, of_column(at)))));
            line.push_str(&ended(&sum.to_string(), all));
            self.line(&line);
            from = to;
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}

/// How many columns a text takes, with “” and their like as wide as Chinese terminals show them.
pub(crate) fn width(text: &str) -> usize {
    text.width_cjk()
}

/// A text cut or filled to so many columns.
fn padded(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let is_long = width(text) > columns;
    for c in text.chars().map(plain) {
        let end = usize::from(is_long) * 2;
        if width(&out) + c.width_cjk().unwrap_or(0) + end > columns {
            break;
        }
        out.push(c);
    }
    if is_long {
        out.push('…');
    }
    let missing = columns.saturating_sub(width(&out));
    out.push_str(&" ".repeat(missing));
    out
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
