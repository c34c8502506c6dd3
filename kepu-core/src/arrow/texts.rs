//! Columns of text, whatever their layout, cell by cell and as one run of bytes.

use arrow_array::{Array, GenericStringArray, OffsetSizeTrait, StringViewArray};

use super::values::Values;

/// A column of text.
pub(super) trait Texts {
    /// The text of a row; none where there is none.
    fn text(&self, row: usize) -> Option<&str>;

    /// The bytes of some rows, one behind the other; none where they lie elsewhere.
    fn run(&self, from: usize, to: usize) -> Option<&[u8]>;
}

impl<O: OffsetSizeTrait> Texts for GenericStringArray<O> {
    fn text(&self, row: usize) -> Option<&str> {
        (row < self.len() && self.is_valid(row)).then(|| self.value(row))
    }

    fn run(&self, from: usize, to: usize) -> Option<&[u8]> {
        let offsets = self.value_offsets();
        self.value_data().get(offsets.get(from)?.as_usize()..offsets.get(to)?.as_usize())
    }
}

impl Texts for StringViewArray {
    fn text(&self, row: usize) -> Option<&str> {
        (row < self.len() && self.is_valid(row)).then(|| self.value(row))
    }

    fn run(&self, _from: usize, _to: usize) -> Option<&[u8]> {
        None
    }
}

/// A dictionary over a column of text.
struct Keyed<'v, T> {
    keys: &'v [Option<usize>],
    values: &'v T,
}

impl<T: Texts> Texts for Keyed<'_, T> {
    fn text(&self, row: usize) -> Option<&str> {
        self.keys.get(row).copied().flatten().and_then(|key| self.values.text(key))
    }

    fn run(&self, _from: usize, _to: usize) -> Option<&[u8]> {
        None
    }
}

/// What is done with a column of text, for each layout by itself, so that no cell is asked for its layout.
pub(super) trait Use {
    /// Does it.
    fn with(self, texts: &impl Texts);
}

impl Values {
    /// Does something with a column of text; false where it is none.
    pub(super) fn as_texts(&self, it: impl Use) -> bool {
        fn keyed<T: Texts>(keys: &[Option<usize>], values: &T, it: impl Use) {
            it.with(&Keyed { keys, values });
        }
        match self {
            Values::Text(array) => it.with(array),
            Values::LargeText(array) => it.with(array),
            Values::TextView(array) => it.with(array),
            Values::Dictionary(keys, values) => match &**values {
                Values::Text(array) => keyed(keys, array, it),
                Values::LargeText(array) => keyed(keys, array, it),
                Values::TextView(array) => keyed(keys, array, it),
                _ => return false,
            },
            _ => return false,
        }
        true
    }
}
