//! Time taken in alternation, and of the processor: what else runs on the machine then falls on every case alike.

use std::hint::black_box;
use std::time::Duration;

use crate::process::thread_time;

/// One thing that is measured.
pub struct Case<'a> {
    pub name: &'a str,
    run: Box<dyn FnMut() + 'a>,
}

impl<'a> Case<'a> {
    /// A case; what it returns is not thrown away by the compiler.
    pub fn new<T>(name: &'a str, mut run: impl FnMut() -> T + 'a) -> Case<'a> {
        Case { name, run: Box::new(move || drop(black_box(run()))) }
    }
}

/// The median nanoseconds of one run of each case, over `rounds` in which every case has its turn.
pub fn medians(cases: &mut [Case<'_>], rounds: usize, turn: Duration) -> Vec<f64> {
    let runs: Vec<u32> = cases.iter_mut().map(|case| runs_in(case, turn)).collect();
    let mut times = vec![Vec::with_capacity(rounds); cases.len()];
    for _ in 0..rounds {
        for ((case, times), runs) in cases.iter_mut().zip(&mut times).zip(&runs) {
            let started = thread_time();
            for _ in 0..*runs {
                (case.run)();
            }
            times.push((thread_time() - started).as_secs_f64() * 1e9 / f64::from(*runs));
        }
    }
    times.into_iter().map(median).collect()
}

/// How often a case runs in one turn.
fn runs_in(case: &mut Case<'_>, turn: Duration) -> u32 {
    let mut runs: u32 = 1;
    loop {
        let started = thread_time();
        for _ in 0..runs {
            (case.run)();
        }
        if thread_time() - started >= turn / 2 || runs >= 1 << 24 {
            return runs;
        }
        runs *= 2;
    }
}

/// The middle of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}
