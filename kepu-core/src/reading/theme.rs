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

/// A text held against the themes.
pub(crate) fn read<'a>(text: &'a str, themes: &[String]) -> ThemeRead<'a> {
    let is = |theme: &String| signs(text).map(|(_, sign)| sign).eq(signs(theme).map(|(_, sign)| sign));
    if signs(text).next().is_none() {
        return ThemeRead::Other;
    }
    if let Some(theme) = themes.iter().position(is) {
        return ThemeRead::Theme(theme, None);
    }
    // Of two themes of which one begins with the other, the longer leaves fewer words behind.
    let with_words = themes.iter().enumerate().filter_map(|(at, theme)| Some((at, words_behind(text, theme)?)));
    if let Some((theme, words)) = with_words.min_by_key(|(at, words)| (words.len(), *at)) {
        return ThemeRead::Theme(theme, Some(words));
    }
    ThemeRead::Other
}

/// The theme, by its place in the list, of which a text that is none is within one edit for every eight characters.
pub(crate) fn near(text: &str, themes: &[String]) -> Option<usize> {
    signs(text).next()?;
    themes.iter().enumerate().filter_map(|(at, theme)| Some((edits(text, theme)?, at))).min().map(|(_, theme)| theme)
}

/// How many edits lie between a text and a theme; none where they are more than one for every eight characters.
fn edits(text: &str, theme: &str) -> Option<usize> {
    let length = signs(theme).count();
    let allowed = length / 8;
    // A long text is not measured at all: it is no fewer edits away than it is longer.
    if signs(text).take(length + allowed + 1).count() > length + allowed {
        return None;
    }
    let compared = |text| Key::of(signs(text).map(|(_, sign)| sign));
    let edits = near::edits(compared(text).as_str(), compared(theme).as_str());
    (edits <= allowed).then_some(edits)
}

/// The words behind the theme that a text begins with, after a dash or in brackets.
fn words_behind<'a>(text: &'a str, theme: &str) -> Option<&'a str> {
    let mut rest = signs(text);
    let mut length = 0;
    for (_, expected) in signs(theme) {
        length += 1;
        if rest.next()?.1 != expected {
            return None;
        }
    }
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
        read(text, &["提升全民科学素质，助力科技自立自强".to_owned()])
    }

    fn is_near(text: &str) -> bool {
        of(text) == ThemeRead::Other && near(text, &["提升全民科学素质，助力科技自立自强".to_owned()]) == Some(0)
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
        let themes = ["人人讲安全".to_owned(), "人人讲安全——个个会应急".to_owned(), String::new()];
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
