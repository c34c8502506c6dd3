//! One text in one field, beside fields that are sound: how days, counts, phones, links and names are read.
#![no_main]

use kepu_core::{AsOf, Field, RecordBuf};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let kind = kepu_fuzz::kind(choice & 3);
    let fields = kind.fields();
    let field = fields[usize::from(choice >> 2) % fields.len()];
    let mut record = RecordBuf::new(kind);
    for (field, value) in [
        (Field::Title, "走近湿地"),
        (Field::Organizer, "新乡市科协"),
        (Field::Unit, "新乡市科协"),
        (Field::Category, "地方主场活动"),
        (Field::Start, "2023-09-17"),
    ] {
        record.set(field, value);
    }
    record.set(field, text);
    for as_of in kepu_fuzz::moments() {
        kepu_fuzz::check(&kepu_fuzz::CHECKER, &record, as_of);
    }
    if let Ok(as_of) = text.parse::<AsOf>() {
        assert_eq!(as_of.to_string().parse::<AsOf>().expect("its own text"), as_of);
    }
});
