//! Lines of cells between separators, and the quotes in them (RFC 4180, as Excel and WPS write and read it).

/// One cell, cut from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'s> {
    /// It stands in the text as it is, from one place to another.
    Plain(usize, usize),
    /// Its quotes were doubled, or words follow them.
    Rewritten(&'s str),
}

/// A quote that is never closed, or only by one that opens another cell many lines below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unclosed;

/// A text, line by line. A blank line is a line: a spreadsheet counts it as a row.
pub(super) struct Lines<'a> {
    text: &'a str,
    separator: u8,
    at: usize,
    scratch: String,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, separator: u8) -> Lines<'a> {
        Lines::from(text, 0, separator)
    }

    /// The lines from a place on.
    pub(super) fn from(text: &'a str, at: usize, separator: u8) -> Lines<'a> {
        Lines { text, separator, at, scratch: String::new() }
    }

    /// How far it has come, in bytes.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Hands on the cells of the next line; whether there was one. A blank line has no cell.
    pub(super) fn next(&mut self, take: &mut impl FnMut(Piece<'_>)) -> Result<bool, Unclosed> {
        let bytes = self.text.as_bytes();
        match bytes.get(self.at) {
            None => return Ok(false),
            Some(b'\n' | b'\r') => {
                self.at = behind_line_end(bytes, self.at);
                return Ok(true);
            }
            Some(_) => {}
        }
        loop {
            let end = if bytes.get(self.at) == Some(&b'"') { self.quoted(take)? } else { self.plain(self.at, take) };
            match bytes.get(end) {
                Some(sign) if *sign == self.separator => self.at = end + 1,
                Some(_) => {
                    self.at = behind_line_end(bytes, end);
                    return Ok(true);
                }
                None => {
                    self.at = end;
                    return Ok(true);
                }
            }
        }
    }

    /// A cell without quotes; where it ends.
    fn plain(&self, from: usize, take: &mut impl FnMut(Piece<'_>)) -> usize {
        let end = self.end(from);
        take(Piece::Plain(from, end));
        end
    }

    /// The next separator or line end.
    fn end(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        memchr::memchr3(self.separator, b'\n', b'\r', rest).map_or(self.text.len(), |found| from + found)
    }

    /// A cell that begins with a quote; where it ends.
    fn quoted(&mut self, take: &mut impl FnMut(Piece<'_>)) -> Result<usize, Unclosed> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let from = self.at + 1;
        let (mut begin, mut is_rewritten) = (from, false);
        self.scratch.clear();
        let close = loop {
            let quote = begin + memchr::memchr(b'"', bytes.get(begin..).unwrap_or_default()).ok_or(Unclosed)?;
            if bytes.get(quote + 1) != Some(&b'"') {
                break quote;
            }
            is_rewritten = true;
            self.scratch.push_str(text.get(begin..=quote).unwrap_or_default());
            begin = quote + 2;
        };
        let end = self.end(close + 1);
        if end == close + 1 && !is_rewritten {
            take(Piece::Plain(from, close));
            return Ok(end);
        }
        // Words behind the quote belong to the cell; behind many lines they are those of another cell, whose own
        // quote has closed this one.
        if end > close + 1 && memchr::memchr2(b'\n', b'\r', bytes.get(from..close).unwrap_or_default()).is_some() {
            return Err(Unclosed);
        }
        self.scratch.push_str(text.get(begin..close).unwrap_or_default());
        self.scratch.push_str(text.get(close + 1..end).unwrap_or_default());
        take(Piece::Rewritten(&self.scratch));
        Ok(end)
    }
}

fn behind_line_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => at + 2,
        _ => at + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Vec<String>>, Unclosed> {
        let (mut lines, mut rows) = (Lines::new(text, b','), Vec::new());
        loop {
            let mut row = Vec::new();
            let more = lines.next(&mut |piece| {
                row.push(match piece {
                    Piece::Plain(from, to) => text.get(from..to).unwrap().to_owned(),
                    Piece::Rewritten(cell) => cell.to_owned(),
                });
            })?;
            if !more {
                return Ok(rows);
            }
            rows.push(row);
        }
    }

    #[test]
    fn cells_stand_between_separators_and_lines_between_line_ends() {
        assert_eq!(read("甲,乙\r\n丙,\n,丁\r戊").unwrap(), [vec!["甲", "乙"], vec!["丙", ""], vec!["", "丁"], vec!["戊"]]);
        assert_eq!(read("").unwrap(), Vec::<Vec<String>>::new());
        assert_eq!(read(",").unwrap(), [["", ""]]);
    }

    #[test]
    fn a_blank_line_is_a_row_without_cells() {
        let none: &[&str] = &[];
        assert_eq!(read("\n甲\r\n\r\n\r乙\n").unwrap(), [none, &["甲"], none, none, &["乙"]]);
    }

    #[test]
    fn quotes_keep_separators_line_breaks_and_doubled_quotes() {
        assert_eq!(read("\"甲,乙\",\"一\n二\",\"说\"\"好\"\"\",\"\"").unwrap(), [["甲,乙", "一\n二", "说\"好\"", ""]]);
        assert_eq!(read("5\"管,a\"b\"").unwrap(), [["5\"管", "a\"b\""]], "inside a cell a quote is a sign like others");
        assert_eq!(read("\"甲\"乙 \"丙\",丁").unwrap(), [["甲乙 \"丙\"", "丁"]]);
    }

    #[test]
    fn a_quote_that_stays_open_is_told_even_where_another_cell_s_quote_closes_it() {
        for text in ["甲\n\"乙,丙\n丁", "\"", "a,\"", "\"甲,乙\n丙,\"丁,戊\"\n", "\"甲\n\"乙\"\n", "\"甲\"\"\n乙"] {
            assert_eq!(read(text), Err(Unclosed), "{text:?}");
        }
    }
}
