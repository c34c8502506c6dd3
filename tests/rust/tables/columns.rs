//! Columns of every type that a table may have, and what a cell of each is.

use std::sync::Arc;

use arrow_array::builder::{
    FixedSizeListBuilder, LargeListBuilder, ListBuilder, StringBuilder, StringDictionaryBuilder, StringViewBuilder,
};
use arrow_array::types::Decimal256Type;
use arrow_array::types::{Int8Type, UInt32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Date64Array, Decimal128Array, Decimal256Array, Float32Array, Float64Array,
    Int32Array, Int64Array, LargeStringArray, NullArray, StringArray, TimestampMicrosecondArray, TimestampMillisecondArray,
    TimestampNanosecondArray, TimestampSecondArray, UInt16Array, UInt64Array,
};
use chrono::{DateTime, NaiveDate};
use kepu_core::CellBuf;

/// A type of column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    LargeText,
    TextView,
    Dictionary,
    DictionaryOfFew,
    List,
    LargeList,
    Pairs,
    Null,
    Bool,
    Int32,
    Int64,
    UInt16,
    UInt64,
    Float32,
    Float64,
    Decimal128,
    Decimal256,
    Date32,
    Date64,
    Seconds,
    MillisecondsAtUtc,
    MicrosecondsElsewhere,
    Nanoseconds,
}

use Type::*;

pub(crate) const ALL: &[Type] = &[
    Text,
    LargeText,
    TextView,
    Dictionary,
    DictionaryOfFew,
    List,
    LargeList,
    Pairs,
    Null,
    Bool,
    Int32,
    Int64,
    UInt16,
    UInt64,
    Float32,
    Float64,
    Decimal128,
    Decimal256,
    Date32,
    Date64,
    Seconds,
    MillisecondsAtUtc,
    MicrosecondsElsewhere,
    Nanoseconds,
];

/// A cell as far as a column of a type can hold it.
pub(crate) fn as_type(ty: Type, cell: &CellBuf) -> CellBuf {
    let held = match ty {
        Text | LargeText | TextView | Dictionary | DictionaryOfFew => match cell {
            CellBuf::List(items) => items.first().and_then(text).map(CellBuf::Text),
            cell => text(cell).map(CellBuf::Text),
        },
        List | LargeList => match cell {
            CellBuf::Empty => None,
            CellBuf::List(items) => Some(CellBuf::List(items.iter().map(|item| text(item).into()).collect())),
            cell => Some(CellBuf::List(vec![text(cell).into()])),
        },
        Pairs => text(cell).map(|text| CellBuf::List(vec![CellBuf::Empty, CellBuf::Text(text)])),
        Null => None,
        Bool => match cell {
            CellBuf::Bool(yes) => Some(CellBuf::Bool(*yes)),
            cell => number(cell).map(|number| CellBuf::Bool(number > 300.0)),
        },
        Int32 => number(cell).filter(|number| number.abs() < 2e9).map(|number| CellBuf::Int(number as i64)),
        UInt16 => number(cell).filter(|number| (0.0..65_536.0).contains(number)).map(|number| CellBuf::Int(number as i64)),
        Int64 | Decimal128 | Decimal256 => number(cell).map(|number| CellBuf::Int(number as i64)),
        UInt64 => number(cell).filter(|number| *number >= 0.0).map(|number| CellBuf::Int(number as i64)),
        Float32 => number(cell).map(|number| CellBuf::Float(f64::from(number as f32))),
        Float64 => number(cell).map(CellBuf::Float),
        Date32 | Date64 => day(cell).map(CellBuf::Day),
        // The day begins at UTC+8 where a moment has a zone.
        Seconds | MillisecondsAtUtc | MicrosecondsElsewhere | Nanoseconds => {
            day(cell).map(|day| CellBuf::Moment(day.and_hms_opt(0, 30, 0).unwrap()))
        }
    };
    held.unwrap_or_default()
}

/// A column of cells that [`as_type`] gave.
pub(crate) fn column(ty: Type, cells: &[CellBuf]) -> ArrayRef {
    let texts = || cells.iter().map(|cell| if let CellBuf::Text(text) = cell { Some(text.as_str()) } else { None });
    let ints = || cells.iter().map(|cell| if let CellBuf::Int(number) = cell { Some(*number) } else { None });
    let floats = || cells.iter().map(|cell| if let CellBuf::Float(number) = cell { Some(*number) } else { None });
    let days = || cells.iter().map(|cell| if let CellBuf::Day(day) = cell { Some(since_1970(*day)) } else { None });
    let seconds = |shift: i64| {
        let at = move |cell: &CellBuf| match cell {
            CellBuf::Moment(moment) => Some(moment.and_utc().timestamp() - shift),
            _ => None,
        };
        cells.iter().map(at)
    };
    const CHINA: i64 = 8 * 3_600;
    match ty {
        Text => Arc::new(StringArray::from_iter(texts())),
        LargeText => Arc::new(LargeStringArray::from_iter(texts())),
        TextView => {
            let mut views = StringViewBuilder::new().with_fixed_block_size(64);
            texts().for_each(|text| views.append_option(text));
            Arc::new(views.finish())
        }
        Dictionary => dictionary::<UInt32Type>(texts()),
        DictionaryOfFew => dictionary::<Int8Type>(texts()),
        List => {
            let mut lists = ListBuilder::new(StringBuilder::new());
            cells.iter().for_each(|cell| lists.append_option(items(cell)));
            Arc::new(lists.finish())
        }
        LargeList => {
            let mut lists = LargeListBuilder::new(StringBuilder::new());
            cells.iter().for_each(|cell| lists.append_option(items(cell)));
            Arc::new(lists.finish())
        }
        Pairs => {
            let mut lists = FixedSizeListBuilder::new(StringBuilder::new(), 2);
            for cell in cells {
                let items = items(cell).unwrap_or_else(|| vec![None, None]);
                items.iter().for_each(|item| lists.values().append_option(item.as_deref()));
                lists.append(*cell != CellBuf::Empty);
            }
            Arc::new(lists.finish())
        }
        Null => Arc::new(NullArray::new(cells.len())),
        Bool => Arc::new(BooleanArray::from_iter(
            cells.iter().map(|cell| if let CellBuf::Bool(yes) = cell { Some(*yes) } else { None }),
        )),
        Int32 => Arc::new(Int32Array::from_iter(ints().map(|number| number.map(|number| number as i32)))),
        Int64 => Arc::new(Int64Array::from_iter(ints())),
        UInt16 => Arc::new(UInt16Array::from_iter(ints().map(|number| number.map(|number| number as u16)))),
        UInt64 => Arc::new(UInt64Array::from_iter(ints().map(|number| number.map(|number| number as u64)))),
        Float32 => Arc::new(Float32Array::from_iter(floats().map(|number| number.map(|number| number as f32)))),
        Float64 => Arc::new(Float64Array::from_iter(floats())),
        Decimal128 => {
            let hundredths = ints().map(|number| number.map(|number| i128::from(number) * 100));
            Arc::new(Decimal128Array::from_iter(hundredths).with_precision_and_scale(38, 2).unwrap())
        }
        Decimal256 => {
            let whole = ints().map(|number| number.map(|number| i128::from(number).into()));
            let array = arrow_array::PrimitiveArray::<Decimal256Type>::from_iter(whole);
            let array: Decimal256Array = array.with_precision_and_scale(40, 0).unwrap();
            Arc::new(array)
        }
        Date32 => Arc::new(Date32Array::from_iter(days().map(|days| days.map(|days| days as i32)))),
        Date64 => Arc::new(Date64Array::from_iter(days().map(|days| days.map(|days| days * 86_400_000)))),
        Seconds => Arc::new(TimestampSecondArray::from_iter(seconds(0))),
        MillisecondsAtUtc => {
            let milliseconds = seconds(CHINA).map(|second| second.map(|second| second * 1_000));
            Arc::new(TimestampMillisecondArray::from_iter(milliseconds).with_timezone("UTC"))
        }
        MicrosecondsElsewhere => {
            let microseconds = seconds(CHINA).map(|second| second.map(|second| second * 1_000_000));
            Arc::new(TimestampMicrosecondArray::from_iter(microseconds).with_timezone("America/New_York"))
        }
        Nanoseconds => {
            let nanoseconds = seconds(0).map(|second| second.map(|second| second * 1_000_000_000));
            Arc::new(TimestampNanosecondArray::from_iter(nanoseconds))
        }
    }
}

fn dictionary<'a, K: arrow_array::types::ArrowDictionaryKeyType>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    let mut dictionary = StringDictionaryBuilder::<K>::new();
    for text in texts {
        // A dictionary of few keys is full at some time: what it cannot hold is a text that it has.
        match text {
            Some(text) if dictionary.append(text).is_err() => dictionary.append_null(),
            Some(_) => {}
            None => dictionary.append_null(),
        }
    }
    Arc::new(dictionary.finish())
}

fn items(cell: &CellBuf) -> Option<Vec<Option<String>>> {
    match cell {
        CellBuf::List(items) => Some(items.iter().map(text).collect()),
        _ => None,
    }
}

fn text(cell: &CellBuf) -> Option<String> {
    match cell {
        CellBuf::Text(text) => Some(text.clone()),
        CellBuf::Int(number) => Some(number.to_string()),
        CellBuf::Float(number) => Some(number.to_string()),
        CellBuf::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

fn number(cell: &CellBuf) -> Option<f64> {
    match cell {
        CellBuf::Int(number) => Some(*number as f64),
        CellBuf::Float(number) => Some(*number),
        CellBuf::Text(text) => text.chars().filter(char::is_ascii_digit).take(11).collect::<String>().parse().ok(),
        _ => None,
    }
}

fn day(cell: &CellBuf) -> Option<NaiveDate> {
    match cell {
        CellBuf::Text(text) => text.get(..10)?.parse().ok(),
        _ => None,
    }
}

fn since_1970(day: NaiveDate) -> i64 {
    (day - DateTime::UNIX_EPOCH.date_naive()).num_days()
}

/// The same column as a slice of a longer one.
pub(crate) fn sliced(ty: Type, cells: &[CellBuf]) -> ArrayRef {
    let mut longer = cells.get(..1).unwrap_or_default().to_vec();
    longer.push(CellBuf::Empty);
    let before = longer.len();
    longer.extend_from_slice(cells);
    longer.push(CellBuf::Empty);
    column(ty, &longer).slice(before, cells.len())
}
