//! A record as JSON: read or refused; what holds of every verdict holds of its verdict.
#![no_main]

use kepu_core::{Kind, RecordBuf};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for kind in [Kind::ACTIVITY, Kind::SUMMARY] {
        match RecordBuf::from_json(kind, text) {
            Ok(record) => {
                for as_of in kepu_fuzz::moments() {
                    kepu_fuzz::check(&kepu_fuzz::CHECKER, &record, as_of);
                }
                let _ = kepu_fuzz::CHECKER.explain(&record, kepu_fuzz::moments()[2]).answers().len();
            }
            Err(error) => assert!(error.is_record()),
        }
    }
});
