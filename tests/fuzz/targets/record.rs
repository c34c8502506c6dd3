//! A record as JSON, or on a tape: read or refused; what holds of every verdict holds of its verdict.
#![no_main]

use kepu_core::{Error, Kind, Record, RecordBuf, TapeRecord};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for kind in [Kind::ACTIVITY, Kind::SUMMARY] {
        judged(RecordBuf::from_json(kind.clone(), text));
        judged(TapeRecord::new(kind, text));
    }
});

fn judged(read: Result<impl Record, Error>) {
    match read {
        Ok(record) => {
            for as_of in kepu_fuzz::moments() {
                kepu_fuzz::check(&kepu_fuzz::CHECKER, &record, as_of);
            }
            let _ = kepu_fuzz::CHECKER.explain(&record, kepu_fuzz::moments()[2]).answers().len();
        }
        Err(error) => assert!(error.is_record()),
    }
}
