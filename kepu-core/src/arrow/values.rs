//! One column of a batch, ready to lend its cells.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray, LargeStringArray, OffsetSizeTrait, StringArray, StringViewArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, TimeUnit};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

use super::fault;
use crate::error::Error;
use crate::record::{Cell, CellBuf, Items, List};

/// The cells of a column. Texts are lent as they lie; what is narrow and rare is turned into what a cell holds.
#[derive(Debug)]
pub(super) enum Values {
    Null,
    Text(StringArray),
    LargeText(LargeStringArray),
    TextView(StringViewArray),
    Bool(BooleanArray),
    Int(Vec<i64>, Option<NullBuffer>),
    Float(Vec<f64>, Option<NullBuffer>),
    Day(Vec<NaiveDate>, Option<NullBuffer>),
    Moment(Vec<NaiveDateTime>, Option<NullBuffer>),
    /// What has no type of its own among cells: numbers beyond 64 bits, decimals.
    Cells(Vec<CellBuf>),
    /// For each row the place of its value; none where there is no value.
    Dictionary(Vec<Option<usize>>, Box<Values>),
    /// For each row where its items begin, and how many they are; none where there is no list.
    Lists(Vec<Option<(usize, usize)>>, Box<Values>),
}

impl Values {
    /// The cells of a column.
    ///
    /// # Errors
    /// If its type holds no cells.
    pub(super) fn new(name: &str, array: &ArrayRef) -> Result<Values, Error> {
        Values::of(array, true).ok_or_else(|| no_cells(name, array.data_type()))
    }

    /// Whether a column of a type can be read at all.
    ///
    /// # Errors
    /// If not.
    pub(super) fn can_read(name: &str, ty: &DataType) -> Result<(), Error> {
        Values::new(name, &arrow_array::new_empty_array(ty)).map(|_| ())
    }

    fn of(array: &ArrayRef, may_be_list: bool) -> Option<Values> {
        let values = match array.data_type() {
            DataType::Null => Values::Null,
            DataType::Utf8 => Values::Text(array.as_string_opt()?.clone()),
            DataType::LargeUtf8 => Values::LargeText(array.as_string_opt()?.clone()),
            DataType::Utf8View => Values::TextView(array.as_string_view_opt()?.clone()),
            DataType::Boolean => Values::Bool(array.as_boolean_opt()?.clone()),
            DataType::Int8 => ints::<Int8Type>(array)?,
            DataType::Int16 => ints::<Int16Type>(array)?,
            DataType::Int32 => ints::<Int32Type>(array)?,
            DataType::Int64 => ints::<Int64Type>(array)?,
            DataType::UInt8 => ints::<UInt8Type>(array)?,
            DataType::UInt16 => ints::<UInt16Type>(array)?,
            DataType::UInt32 => ints::<UInt32Type>(array)?,
            DataType::UInt64 => cells::<UInt64Type>(array, |number| whole(i64::try_from(number).ok(), || number.to_string()))?,
            DataType::Float16 => floats::<Float16Type>(array, f64::from)?,
            DataType::Float32 => floats::<Float32Type>(array, f64::from)?,
            DataType::Float64 => floats::<Float64Type>(array, |number| number)?,
            DataType::Decimal128(_, scale) => {
                let scale = *scale;
                cells::<Decimal128Type>(array, |number| decimal(&number.to_string(), scale))?
            }
            DataType::Decimal256(_, scale) => {
                let scale = *scale;
                cells::<Decimal256Type>(array, |number| decimal(&number.to_string(), scale))?
            }
            DataType::Date32 => days::<Date32Type>(array, i64::from)?,
            DataType::Date64 => days::<Date64Type>(array, |milliseconds| milliseconds.div_euclid(86_400_000))?,
            DataType::Timestamp(unit, zone) => moments(array, *unit, zone.is_some())?,
            DataType::Dictionary(..) => dictionary(array)?,
            DataType::List(_) if may_be_list => lists::<i32>(array)?,
            DataType::LargeList(_) if may_be_list => lists::<i64>(array)?,
            DataType::FixedSizeList(..) if may_be_list => fixed_lists(array)?,
            _ => return None,
        };
        Some(values)
    }

    /// The cell of a row; empty beyond the last.
    pub(super) fn cell(&self, row: usize) -> Cell<'_> {
        match self {
            Values::Null => Cell::Empty,
            Values::Text(array) => text(array, row, || array.value(row)),
            Values::LargeText(array) => text(array, row, || array.value(row)),
            Values::TextView(array) => text(array, row, || array.value(row)),
            Values::Bool(array) if row < array.len() && array.is_valid(row) => Cell::Bool(array.value(row)),
            Values::Bool(_) => Cell::Empty,
            Values::Int(values, nulls) => value(values, nulls, row, Cell::Int),
            Values::Float(values, nulls) => value(values, nulls, row, Cell::Float),
            Values::Day(values, nulls) => value(values, nulls, row, Cell::Day),
            Values::Moment(values, nulls) => value(values, nulls, row, Cell::Moment),
            Values::Cells(cells) => cells.get(row).map_or(Cell::Empty, CellBuf::cell),
            Values::Dictionary(keys, values) => match keys.get(row) {
                Some(Some(key)) => values.cell(*key),
                _ => Cell::Empty,
            },
            Values::Lists(places, values) => match places.get(row) {
                Some(Some((start, len))) => Cell::List(List::new(&**values, *start, *len)),
                _ => Cell::Empty,
            },
        }
    }
}

impl Items for Values {
    fn item(&self, index: usize) -> Cell<'_> {
        self.cell(index)
    }
}

fn text<'a>(array: &dyn Array, row: usize, value: impl FnOnce() -> &'a str) -> Cell<'a> {
    if row < array.len() && array.is_valid(row) { Cell::Text(value()) } else { Cell::Empty }
}

fn value<'a, T: Copy>(values: &[T], nulls: &Option<NullBuffer>, row: usize, cell: fn(T) -> Cell<'a>) -> Cell<'a> {
    match values.get(row) {
        Some(value) if nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row)) => cell(*value),
        _ => Cell::Empty,
    }
}

fn ints<T: ArrowPrimitiveType<Native: Into<i64>>>(array: &ArrayRef) -> Option<Values> {
    let array = array.as_primitive_opt::<T>()?;
    Some(Values::Int(array.values().iter().map(|number| (*number).into()).collect(), array.nulls().cloned()))
}

fn floats<T: ArrowPrimitiveType>(array: &ArrayRef, wide: fn(T::Native) -> f64) -> Option<Values> {
    let array = array.as_primitive_opt::<T>()?;
    Some(Values::Float(array.values().iter().copied().map(wide).collect(), array.nulls().cloned()))
}

fn cells<T: ArrowPrimitiveType>(array: &ArrayRef, cell: impl Fn(T::Native) -> CellBuf) -> Option<Values> {
    Some(Values::Cells(array.as_primitive_opt::<T>()?.iter().map(|value| value.map_or(CellBuf::Empty, &cell)).collect()))
}

/// A whole number, or its digits where it does not fit.
fn whole(number: Option<i64>, digits: impl FnOnce() -> String) -> CellBuf {
    number.map_or_else(|| CellBuf::Text(digits()), CellBuf::Int)
}

/// A decimal: a whole number where it is one, else its shortest text.
fn decimal(digits: &str, scale: i8) -> CellBuf {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let places = usize::from(scale.unsigned_abs());
    let (mut before, mut behind) = (digits.to_owned(), String::new());
    if scale < 0 {
        if before != "0" {
            before.extend(std::iter::repeat_n('0', places));
        }
    } else if let Some(at) = before.len().checked_sub(places) {
        behind = before.split_off(at);
    } else {
        behind.extend(std::iter::repeat_n('0', places - before.len()));
        behind.push_str(&std::mem::take(&mut before));
    }
    let behind = behind.trim_end_matches('0');
    let before = if before.is_empty() { "0" } else { &before };
    let number = [sign, before].concat();
    if behind.is_empty() { whole(number.parse().ok(), || number) } else { CellBuf::Text([&number, ".", behind].concat()) }
}

/// Days since 1970; what no calendar here reaches is the last day that it does reach.
fn days<T: ArrowPrimitiveType>(array: &ArrayRef, days: fn(T::Native) -> i64) -> Option<Values> {
    let array = array.as_primitive_opt::<T>()?;
    let day = |value: &T::Native| {
        let days = days(*value);
        let day = TimeDelta::try_days(days).and_then(|days| DateTime::UNIX_EPOCH.date_naive().checked_add_signed(days));
        day.unwrap_or(if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    };
    Some(Values::Day(array.values().iter().map(day).collect(), array.nulls().cloned()))
}

/// Moments with a zone are moments of the world, told at UTC+8; those without are as they stand.
fn moments(array: &ArrayRef, unit: TimeUnit, has_zone: bool) -> Option<Values> {
    const CHINA: TimeDelta = TimeDelta::hours(8);
    let (units, per_second, nulls) = match unit {
        TimeUnit::Second => units::<TimestampSecondType>(array, 1)?,
        TimeUnit::Millisecond => units::<TimestampMillisecondType>(array, 1_000)?,
        TimeUnit::Microsecond => units::<TimestampMicrosecondType>(array, 1_000_000)?,
        TimeUnit::Nanosecond => units::<TimestampNanosecondType>(array, 1_000_000_000)?,
    };
    let moment = |value: &i64| {
        let nanoseconds = u32::try_from(value.rem_euclid(per_second) * (1_000_000_000 / per_second)).unwrap_or_default();
        let moment = DateTime::from_timestamp(value.div_euclid(per_second), nanoseconds).map(|moment| moment.naive_utc());
        let moment = moment.and_then(|moment| if has_zone { moment.checked_add_signed(CHINA) } else { Some(moment) });
        moment.unwrap_or(if *value < 0 { NaiveDateTime::MIN } else { NaiveDateTime::MAX })
    };
    Some(Values::Moment(units.iter().map(moment).collect(), nulls))
}

fn units<T: ArrowPrimitiveType<Native = i64>>(array: &ArrayRef, per_second: i64) -> Option<(&[i64], i64, Option<NullBuffer>)> {
    let array = array.as_primitive_opt::<T>()?;
    Some((array.values(), per_second, array.nulls().cloned()))
}

fn dictionary(array: &ArrayRef) -> Option<Values> {
    let dictionary = array.as_any_dictionary_opt()?;
    let values = dictionary.values();
    // An empty dictionary has nothing but nulls, and its keys cannot be normalised.
    if values.is_empty() {
        return Some(Values::Null);
    }
    let keys = dictionary.normalized_keys().into_iter().enumerate();
    let keys = keys.map(|(row, key)| dictionary.keys().is_valid(row).then_some(key)).collect();
    Some(Values::Dictionary(keys, Box::new(Values::of(values, false)?)))
}

fn lists<O: OffsetSizeTrait>(array: &ArrayRef) -> Option<Values> {
    let list = array.as_list_opt::<O>()?;
    let offsets = list.value_offsets();
    let (first, last) = (offsets.first()?.as_usize(), offsets.last()?.as_usize());
    let place = |(row, pair): (usize, &[O])| match pair {
        [start, end] if list.is_valid(row) => {
            Some((start.as_usize().checked_sub(first)?, end.as_usize().checked_sub(start.as_usize())?))
        }
        _ => None,
    };
    let places = offsets.windows(2).enumerate().map(place).collect();
    let values = list.values().slice(first, last.checked_sub(first)?);
    Some(Values::Lists(places, Box::new(Values::of(&values, false)?)))
}

fn fixed_lists(array: &ArrayRef) -> Option<Values> {
    let list = array.as_fixed_size_list_opt()?;
    let len = usize::try_from(list.value_length()).ok()?;
    let places = (0..list.len()).map(|row| list.is_valid(row).then_some((row * len, len))).collect();
    Some(Values::Lists(places, Box::new(Values::of(list.values(), false)?)))
}

fn no_cells(name: &str, ty: &DataType) -> Error {
    fault(
        format!("“{name}”列的类型 {ty} 无法读取：请先把这一列转换为文本（Utf8）、日期、数字或文本列表"),
        format!(
            "the column `{name}` is of type {ty}, which holds no cells: cast it to text (Utf8), dates, numbers or lists of text first"
        ),
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::{FixedSizeListBuilder, ListBuilder, StringBuilder};
    use arrow_array::types::Int8Type as Key;
    use arrow_array::{
        Date32Array, Date64Array, Decimal128Array, DictionaryArray, DurationSecondArray, Float32Array, NullArray,
        TimestampMillisecondArray, TimestampSecondArray, UInt64Array,
    };

    use super::*;
    use crate::message::Lang;
    use crate::reading::text as shown;

    fn cells(array: impl Array + 'static) -> Vec<String> {
        let array: ArrayRef = Arc::new(array);
        let values = Values::new("列", &array).unwrap();
        (0..array.len()).map(|row| shown(values.cell(row)).into_owned()).collect()
    }

    #[test]
    fn every_kind_of_text_is_lent_as_it_lies_sliced_or_not() {
        let texts = [Some("甲"), None, Some(""), Some("一个比十二个字节更长的名称")];
        let whole = ["甲", "", "", "一个比十二个字节更长的名称"];
        assert_eq!(cells(StringArray::from_iter(texts)), whole);
        assert_eq!(cells(LargeStringArray::from_iter(texts)), whole);
        assert_eq!(cells(StringViewArray::from_iter(texts)), whole);
        assert_eq!(cells(DictionaryArray::<Key>::from_iter(texts)), whole);
        assert_eq!(cells(StringArray::from_iter(texts).slice(2, 2)), whole[2..]);
        assert_eq!(cells(DictionaryArray::<Key>::from_iter(texts).slice(3, 1)), whole[3..]);
        assert_eq!(cells(NullArray::new(2)), ["", ""]);
        assert_eq!(cells(DictionaryArray::<Key>::from_iter([None::<&str>, None])), ["", ""]);
    }

    #[test]
    fn a_moment_with_a_zone_is_told_at_utc_8_and_one_without_as_it_stands() {
        let midnight_at_8 = 1_694_880_000; // 2023-09-16T16:00:00Z
        assert_eq!(cells(TimestampSecondArray::from(vec![midnight_at_8])), ["2023-09-16T16:00"]);
        assert_eq!(cells(TimestampSecondArray::from(vec![midnight_at_8]).with_timezone("UTC")), ["2023-09-17T00:00"]);
        let elsewhere =
            TimestampMillisecondArray::from(vec![Some(midnight_at_8 * 1_000), None]).with_timezone("America/New_York");
        assert_eq!(cells(elsewhere), ["2023-09-17T00:00", ""]);
        assert_eq!(cells(TimestampMillisecondArray::from(vec![-1])), ["1969-12-31T23:59"]);
        assert_eq!(cells(Date32Array::from(vec![Some(19_617), None])), ["2023-09-17", ""]);
        assert_eq!(cells(Date64Array::from(vec![19_617 * 86_400_000 + 3])), ["2023-09-17"]);
        assert_eq!(cells(Date32Array::from(vec![i32::MAX, i32::MIN])).len(), 2, "beyond every calendar nothing breaks");
        assert_eq!(cells(TimestampSecondArray::from(vec![i64::MAX, i64::MIN]).with_timezone("UTC")).len(), 2);
    }

    #[test]
    fn numbers_of_any_width_lose_no_digit() {
        assert_eq!(cells(UInt64Array::from(vec![13_838_381_234, u64::MAX])), ["13838381234", "18446744073709551615"]);
        assert_eq!(cells(Float32Array::from(vec![300.0, f32::NAN])), ["300", "NaN"]);
        let decimals = Decimal128Array::from(vec![30_000, 125, -5, 0]).with_precision_and_scale(20, 2).unwrap();
        assert_eq!(cells(decimals), ["300", "1.25", "-0.05", "0"]);
        let hundreds = Decimal128Array::from(vec![3, 0]).with_precision_and_scale(20, -2).unwrap();
        assert_eq!(cells(hundreds), ["300", "0"]);
        let long = Decimal128Array::from(vec![10_i128.pow(30)]).with_precision_and_scale(38, 0).unwrap();
        assert_eq!(cells(long), [format!("1{}", "0".repeat(30))]);
    }

    #[test]
    fn lists_keep_their_items_sliced_or_not() {
        let mut lists = ListBuilder::new(StringBuilder::new());
        lists.append_value([Some("1.jpg"), Some("2.jpg")]);
        lists.append_null();
        lists.append_value([None, Some("3.jpg")]);
        let lists = lists.finish();
        assert_eq!(cells(lists.slice(1, 2)), ["", "3.jpg"]);
        assert_eq!(cells(lists), ["1.jpg；2.jpg", "", "3.jpg"]);
        let mut pairs = FixedSizeListBuilder::new(StringBuilder::new(), 2);
        for pair in [["a", "b"], ["c", "d"]] {
            pair.iter().for_each(|text| pairs.values().append_value(text));
            pairs.append(true);
        }
        assert_eq!(cells(pairs.finish().slice(1, 1)), ["c；d"]);
    }

    #[test]
    fn a_type_without_cells_is_named_with_its_column_and_the_way_out() {
        let array: ArrayRef = Arc::new(DurationSecondArray::from(vec![1]));
        let error = Values::new("时长", &array).unwrap_err();
        assert!(error.is_sheet() && error.message(Lang::Zh).contains("时长"), "{error}");
        assert!(error.message(Lang::En).contains("Duration(s)") && error.message(Lang::En).contains("cast it"), "{error}");
    }
}
