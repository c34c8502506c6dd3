//! Work on several threads, its results in the order of the work.

/// Does some work on each item, each thread with a worker of its own; the results stand in the order of the items.
#[cfg(feature = "parallel")]
pub(super) fn each<T: Send, W, R: Send>(
    threads: usize,
    items: Vec<T>,
    worker: impl Fn() -> W + Sync + Send,
    work: impl Fn(&mut W, T) -> R + Sync + Send,
) -> Vec<R> {
    use rayon::prelude::*;
    if threads == 1 || items.len() < 2 {
        return in_turn(items, &worker, &work);
    }
    let all = |items: Vec<T>| items.into_par_iter().map_init(&worker, &work).collect();
    if threads == 0 {
        return all(items);
    }
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(|| all(items)),
        // Where there are no threads to be had, the results are the same.
        Err(_) => in_turn(items, &worker, &work),
    }
}

/// The same where there are no threads.
#[cfg(not(feature = "parallel"))]
pub(super) fn each<T, W, R>(_threads: usize, items: Vec<T>, worker: impl Fn() -> W, work: impl Fn(&mut W, T) -> R) -> Vec<R> {
    in_turn(items, &worker, &work)
}

fn in_turn<T, W, R>(items: Vec<T>, worker: &impl Fn() -> W, work: &impl Fn(&mut W, T) -> R) -> Vec<R> {
    let mut only = worker();
    items.into_iter().map(|item| work(&mut only, item)).collect()
}
