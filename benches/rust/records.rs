//! `benches/run rust`: one record, kepu beside its peers, every case in its turn, as ratios.

use std::time::Duration;

use kepu_benches::activity::{Activity, BROKEN, CLEAN, FAULTY, as_of};
use kepu_benches::peers::{by_garde, by_jsonschema, by_validator};
use kepu_benches::stopwatch::{Case, medians};
use kepu_core::{Kind, Lang, Notice, RecordBuf};

const ROUNDS: usize = 41;
const TURN: Duration = Duration::from_millis(12);
const TOML: &str = include_str!("../../kepu-core/notices/henan-2023.toml");

fn main() {
    table("one clean record, 16 fields", &CLEAN);
    table(&format!("one record with {} findings", BROKEN.len()), &FAULTY);
    notice();
    println!("What a peer cannot say: garde, validator: duplicates, days but in ISO, a clause; fixed when compiled.");
    println!("jsonschema: also no rule over two fields; the window only as a pattern over the text of a day.");
}

fn table(title: &str, activity: &Activity<'_>) {
    let checker = Notice::bundled("henan-2023").expect("a bundled notice").checker();
    let schema = by_jsonschema::Schema::new();
    let (json, value) = (activity.to_json(), serde_json::to_value(activity).expect("texts"));
    let (checker, schema, json, value, as_of) = (&checker, &schema, json.as_str(), &value, as_of());
    let read = move || RecordBuf::from_json(Kind::ACTIVITY, json).expect("an object");
    let mut cases = [
        Case::new("kepu, from a struct", move || checker.check(activity, as_of).findings().len()),
        Case::new("kepu, with messages in Chinese", move || {
            let report = checker.check(activity, as_of);
            report.findings().iter().map(|finding| finding.message(Lang::Zh).len()).sum::<usize>()
        }),
        Case::new("kepu, from JSON text", move || checker.check(&read(), as_of).findings().len()),
        Case::new("  reading the JSON alone", read),
        Case::new("garde 0.23", move || by_garde::faults(activity)),
        Case::new("validator 0.21", move || by_validator::faults(activity)),
        Case::new("jsonschema 0.61 on a Value", move || schema.faults(value)),
        Case::new("  from JSON text", move || schema.faults(&serde_json::from_str(json).expect("an object"))),
        Case::new("  yes or no", move || schema.is_valid(value)),
    ];
    let times = medians(&mut cases, ROUNDS, TURN);
    let of = |name: &str| cases.iter().position(|case| case.name.starts_with(name)).map_or(f64::NAN, |at| times[at]);
    let (garde, jsonschema) = (of("garde"), of("jsonschema"));
    println!("{title}: medians of {ROUNDS} alternating rounds");
    println!("{:34} {:>9} {:>9} {:>13}", "", "ns", "of garde", "of jsonschema");
    for (case, time) in cases.iter().zip(&times) {
        println!("{:34} {time:9.0} {:9.2} {:13.2}", case.name, time / garde, time / jsonschema);
    }
    println!();
}

fn notice() {
    let notice = Notice::bundled("henan-2023").expect("a bundled notice");
    let mut cases = [
        Case::new("the bundled notice", || Notice::bundled("henan-2023").expect("a bundled notice")),
        Case::new("the same from TOML", || Notice::from_toml(TOML).expect("a notice")),
        Case::new("its checker", || notice.checker()),
    ];
    let times = medians(&mut cases, ROUNDS, TURN);
    println!("{:34} {:>9}", "loading", "µs");
    for (case, time) in cases.iter().zip(&times) {
        println!("{:34} {:9.1}", case.name, time / 1e3);
    }
    println!();
}
