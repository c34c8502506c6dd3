//! The theme of an activity held against the notice's (`reading.md`, Theme).

use super::fold::fold_char;
use super::name::Key;
use super::near;

/// What a text is as a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ThemeRead<'a> {
    /// One of the themes, by its place in the list, with the words behind it as sub-theme.
    Theme(usize, Option<&'a str>),
    /// Something else.
    Other,
}

/// A theme made ready for comparison.
#[derive(Debug, Clone)]
pub(crate) struct Theme {
    pub(crate) text: String,
    /// Its [`signs`], and how many they are.
    signs: Box<str>,
    length: usize,
}

impl Theme {
    pub(crate) fn new(text: &str) -> Theme {
        let key = compared(text, usize::MAX);
        Theme { text: text.to_owned(), signs: key.as_str().into(), length: key.as_str().chars().count() }
    }

    /// How many edits a text may be away.
    fn allowed(&self) -> usize {
        self.length / 8
    }
}

/// A text held against the themes.
pub(crate) fn read<'a>(text: &'a str, themes: &[Theme]) -> ThemeRead<'a> {
    let longest = themes.iter().map(|theme| theme.length).max().unwrap_or_default();
    let key = compared(text, longest + 1);
    let key = key.as_str();
    if key.is_empty() {
        return ThemeRead::Other;
    }
    if let Some(theme) = themes.iter().position(|theme| *theme.signs == *key) {
        return ThemeRead::Theme(theme, None);
    }
    // Of two themes of which one begins with the other, the longer leaves fewer words behind.
    let begun = themes.iter().enumerate().filter(|(_, theme)| key.starts_with(&*theme.signs));
    let with_words = begun.filter_map(|(at, theme)| Some((at, words_behind(text, theme.length)?)));
    match with_words.min_by_key(|(at, words)| (words.len(), *at)) {
        Some((theme, words)) => ThemeRead::Theme(theme, Some(words)),
        None => ThemeRead::Other,
    }
}

/// The theme, by its place in the list, of which a text that is none is within one edit for every eight characters.
pub(crate) fn near(text: &str, themes: &[Theme]) -> Option<usize> {
    // A long text is not measured at all: it is no fewer edits away than it is longer.
    let most = |theme: &Theme| theme.length + theme.allowed();
    let key = compared(text, themes.iter().map(most).max()? + 1);
    let key = key.as_str();
    let length = key.chars().count();
    let near = themes.iter().enumerate().filter(|(_, theme)| length > 0 && length <= most(theme));
    let edits = near.map(|(at, theme)| (near::edits(key, &theme.signs), theme.allowed(), at));
    edits.filter(|(edits, allowed, _)| edits <= allowed).min().map(|(.., at)| at)
}

/// So many signs of a text as they are compared.
fn compared(text: &str, most: usize) -> Key {
    Key::of(signs(text).map(|(_, sign)| sign).take(most))
}

/// The words behind so many signs of a text, after a dash or in brackets.
fn words_behind(text: &str, length: usize) -> Option<&str> {
    let mut rest = signs(text).skip(length);
    let (at, sign) = rest.next().filter(|_| length > 0)?;
    let behind = text.get(at..)?.trim_end();
    let words = match sign {
        '-' => behind.trim_start_matches(|sign: char| sign.is_whitespace() || fold_char(sign) == '-'),
        '(' => {
            let inside = behind.strip_prefix(|sign| fold_char(sign) == '(')?.trim_start();
            inside.strip_suffix(|sign| fold_char(sign) == ')').unwrap_or(inside).trim_end()
        }
        _ => return None,
    };
    (!words.is_empty()).then_some(words)
}

/// A theme sign by sign as it is compared, with each one's place: without separators, quote marks, 《》, a leading 主题：
/// and a final 。.
fn signs(text: &str) -> impl Iterator<Item = (usize, char)> + Clone {
    let text = text.trim_end_matches(|sign| !is_kept(fold_char(sign)));
    let text = text.strip_suffix('。').unwrap_or(text);
    let all = text.char_indices().map(|(at, sign)| (at, fold_char(sign))).filter(|(_, sign)| is_kept(*sign));
    let is_behind = |label: &str| {
        let mut signs = all.clone().map(|(_, sign)| sign);
        label.chars().all(|sign| signs.next() == Some(sign))
    };
    let label = ["活动主题:", "主题:"].into_iter().find(|label| is_behind(label));
    all.skip(label.map_or(0, |label| label.chars().count()))
}

fn is_kept(sign: char) -> bool {
    !sign.is_whitespace() && !matches!(sign, ',' | '，' | '、' | '•' | '·' | '"' | '《' | '》')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> ThemeRead<'_> {
        read(text, &[Theme::new("提升全民科学素质，助力科技自立自强")])
    }

    fn is_near(text: &str) -> bool {
        of(text) == ThemeRead::Other && near(text, &[Theme::new("提升全民科学素质，助力科技自立自强")]) == Some(0)
    }

    #[test]
    fn separators_and_quote_marks_do_not_count() {
        for text in [
            "提升全民科学素质，助力科技自立自强",
            "提升全民科学素质 助力科技自立自强",
            "《提升全民科学素质、助力科技自立自强》。",
            "活动主题：“提升全民科学素质•助力科技自立自强”",
        ] {
            assert_eq!(of(text), ThemeRead::Theme(0, None), "{text}");
        }
    }

    #[test]
    fn words_behind_the_theme_are_a_sub_theme() {
        assert_eq!(of("提升全民科学素质，助力科技自立自强——走进湿地"), ThemeRead::Theme(0, Some("走进湿地")));
        assert_eq!(of("提升全民科学素质，助力科技自立自强（走进湿地）"), ThemeRead::Theme(0, Some("走进湿地")));
    }

    #[test]
    fn words_behind_are_as_they_are_written() {
        let theme = "提升全民科学素质，助力科技自立自强";
        for (behind, words) in [
            ("——“走进湿地”", "“走进湿地”"),
            ("（走进湿地（一））", "走进湿地（一）"),
            (" - 走进 湿地 ", "走进 湿地"),
            ("”—走进湿地、河流", "走进湿地、河流"),
        ] {
            assert_eq!(of(&format!("“主题：{theme}{behind}")), ThemeRead::Theme(0, Some(words)), "{behind}");
        }
        for behind in ["走进湿地", "——走"] {
            let text = format!("提升全民科学素质{behind}");
            assert!(of(&text) == ThemeRead::Other && !is_near(&text), "{behind}");
        }
        for nothing in ["——", "（）"] {
            assert!(is_near(&format!("{theme}{nothing}")), "{nothing}");
        }
    }

    #[test]
    fn of_two_themes_the_whole_one_counts() {
        let themes = ["人人讲安全", "人人讲安全——个个会应急", ""].map(Theme::new);
        assert_eq!(read("人人讲安全——个个会应急", &themes), ThemeRead::Theme(1, None));
        assert_eq!(read("人人讲安全——个个会应急（河南）", &themes), ThemeRead::Theme(1, Some("河南")));
        assert_eq!(read("人人讲安全——河南", &themes), ThemeRead::Theme(0, Some("河南")));
        assert_eq!(read("，", &themes), ThemeRead::Other);
        assert_eq!(near("，", &themes), None);
    }

    #[test]
    fn a_long_text_of_dashes_is_read_at_once() {
        let long = format!("提升全民科学素质{}", "-走".repeat(16_000));
        assert!(of(&long) == ThemeRead::Other && !is_near(&long));
    }

    #[test]
    fn one_edit_for_every_eight_characters_is_near() {
        assert!(is_near("提升全民科学素养，助力科技自立自强"));
        assert!(is_near("提升全民科学素养，助力科技自力自强"));
        assert!(!is_near("提高全民科学素养，助力科技自力自强"));
        assert!(!is_near("走进湿地"));
    }
}
