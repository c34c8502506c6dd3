//! Places and merges as xlsx writes them.

use crate::sheet::Merge;

/// `B12` as row and column from 0; `$` is ignored.
pub(super) fn place(address: &[u8]) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for byte in address {
        match byte {
            b'A'..=b'Z' if row == 0 => column = column.checked_mul(26)?.checked_add(u32::from(*byte - b'A') + 1)?,
            b'a'..=b'z' if row == 0 => column = column.checked_mul(26)?.checked_add(u32::from(*byte - b'a') + 1)?,
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(*byte - b'0'))?,
            b'$' => {}
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// `A1:D2`; a merge of one cell is none.
pub(super) fn merge(range: &str) -> Option<Merge> {
    let (from, to) = range.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) = (place(from.as_bytes())?, place(to.as_bytes())?);
    let sound = first_row <= last_row && first_column <= last_column && (first_row, first_column) != (last_row, last_column);
    sound.then_some(Merge { first_row, first_column, last_row, last_column })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_places() {
        assert_eq!(place(b"A1"), Some((0, 0)));
        assert_eq!(place(b"XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(place(b"$B$12"), Some((11, 1)));
        for none in ["", "A", "1", "A0", "1A", "A99999999999", "AAAAAAAAAAAA1", "活1"] {
            assert_eq!(place(none.as_bytes()), None, "{none}");
        }
    }
}
