//! Names of files between separators, told by bits as links and mailboxes are ([`bits`]).

use std::ops::BitOr;

use super::cells::is_plainly_given;
use crate::reading::masks::{Chunk, Lanes, bits};

/// Whether a text is names of files with `；` between them.
pub(super) fn are_files(text: &str) -> bool {
    let classes = |chunk: Chunk| {
        let ends = [b':', b';', b'|', 0xC2].map(|end| chunk.is(end));
        let ends = ends.into_iter().fold(chunk.within(0, 0x20) | chunk.within(0xE1, 0xE3), Lanes::bitor);
        [ends, chunk.is(0xEF), chunk.is(0xBC), chunk.is(0x9B)]
    };
    let Some([ends, first, second, third]) = bits(text.as_bytes(), classes) else { return false };
    let mut cuts = first & second >> 1 & third >> 2;
    // A link begins as www. and mp. do, or has a scheme.
    let is_name =
        |at: usize| text.get(at..).is_some_and(|name| !name.starts_with(['w', 'W', 'm', 'M']) && is_plainly_given(name));
    if ends != 0 || cuts != first || !is_name(0) {
        return false;
    }
    while cuts != 0 {
        if !usize::try_from(cuts.trailing_zeros()).is_ok_and(|cut| is_name(cut + "；".len())) {
            return false;
        }
        cuts &= cuts - 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_all_are_told_so() {
        for text in ["1.jpg", "元宇宙6_1.jpg；元宇宙6_2.jpg", "1"] {
            assert!(are_files(text), "{text}");
        }
        for text in [
            "",
            "；",
            "（1）.jpg",
            "1.jpg；",
            "1.jpg；；2.jpg",
            "1.jpg；www.a.cn",
            "https://a.cn/1.jpg",
            "1.jpg、2.jpg",
            "1.jpg 2.jpg",
            "－",
            "1。jpg",
            "=1",
        ] {
            assert!(!are_files(text), "{text}");
        }
    }
}
