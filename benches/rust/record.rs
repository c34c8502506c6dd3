//! Criterion's benches of one record: `cargo bench -p kepu-benches`.

use criterion::{Criterion, criterion_group, criterion_main};
use kepu_benches::activity::{Activity, CLEAN, FAULTY, as_of};
use kepu_benches::peers::{by_garde, by_jsonschema, by_validator};
use kepu_core::{Kind, Lang, Notice, RecordBuf};

const TOML: &str = include_str!("../../kepu-core/notices/henan-2023.toml");

fn record(criterion: &mut Criterion, name: &str, activity: &Activity<'_>) {
    let checker = Notice::bundled("henan-2023").expect("a bundled notice").checker();
    let schema = by_jsonschema::Schema::new();
    let (json, value) = (activity.to_json(), serde_json::to_value(activity).expect("texts"));
    let mut group = criterion.benchmark_group(name);
    group.bench_function("kepu, from a struct", |bench| bench.iter(|| checker.check(activity, as_of()).findings().len()));
    group.bench_function("kepu, with its messages", |bench| {
        bench.iter(|| {
            let report = checker.check(activity, as_of());
            report.findings().iter().map(|finding| finding.message(Lang::Zh).len()).sum::<usize>()
        });
    });
    group.bench_function("kepu, from JSON", |bench| {
        bench.iter(|| {
            let record = RecordBuf::from_json(Kind::ACTIVITY, &json).expect("an object");
            checker.check(&record, as_of()).findings().len()
        });
    });
    group.bench_function("garde", |bench| bench.iter(|| by_garde::faults(activity)));
    group.bench_function("validator", |bench| bench.iter(|| by_validator::faults(activity)));
    group.bench_function("jsonschema, every fault of a Value", |bench| bench.iter(|| schema.faults(&value)));
    group.finish();
}

fn records(criterion: &mut Criterion) {
    record(criterion, "clean record", &CLEAN);
    record(criterion, "seven findings", &FAULTY);
}

fn notices(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("notice");
    group.bench_function("bundled", |bench| bench.iter(|| Notice::bundled("henan-2023").expect("a bundled notice")));
    group.bench_function("from TOML", |bench| bench.iter(|| Notice::from_toml(TOML).expect("a notice")));
    group.bench_function("checker", |bench| {
        let notice = Notice::bundled("henan-2023").expect("a bundled notice");
        bench.iter(|| notice.checker());
    });
    group.finish();
}

criterion_group!(benches, records, notices);
criterion_main!(benches);
