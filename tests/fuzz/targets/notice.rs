//! A notice in TOML or JSON: read or refused with its faults; what was read survives the way through JSON.
#![no_main]

use kepu_core::{Field, Lang, Notice, RecordBuf};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for read in [Notice::from_json(text), Notice::from_toml(text)] {
        let notice = match read {
            Ok(notice) => notice,
            Err(error) => {
                assert!(error.is_notice() && !error.faults().is_empty());
                for lang in [Lang::Zh, Lang::En] {
                    assert!(!error.message(lang).is_empty());
                }
                continue;
            }
        };
        let again = Notice::from_json(&notice.to_json()).expect("its own JSON");
        assert_eq!(again, notice);
        let checker = notice.checker();
        for as_of in kepu_fuzz::moments() {
            let _ = (notice.timeline(as_of), notice.calendar(as_of));
            for kind in notice.kinds() {
                kepu_fuzz::check(&checker, &RecordBuf::new(kind.clone()).with(Field::Start, "9月17日"), as_of);
                let _ = checker.schema(kind, Lang::Zh);
            }
        }
    }
});
