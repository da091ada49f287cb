//! Work shared out to threads.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Does tasks `0 .. count`, each once, on up to `threads` threads. Each thread has a state of its
/// own; the states are returned. Which thread did which task is left open: what a task leaves in
/// the state must add up to the same whatever the order.
pub(crate) fn share<S: Send>(
    threads: usize,
    count: usize,
    new: impl Fn() -> S + Sync,
    task: impl Fn(&mut S, usize) + Sync,
) -> Vec<S> {
    let threads = threads.min(count);
    if threads <= 1 {
        let mut state = new();
        (0..count).for_each(|k| task(&mut state, k));
        return vec![state];
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut state = new();
        loop {
            let k = next.fetch_add(1, Ordering::Relaxed);
            if k >= count {
                return state;
            }
            task(&mut state, k);
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut states = vec![work()];
        for other in others {
            match other.join() {
                Ok(state) => states.push(state),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        states
    })
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn every_task_is_done_once() {
        for threads in [1, 2, 7] {
            for count in [0, 1, 100] {
                let states = share(threads, count, Vec::new, |s, k| s.push(k));
                let mut done = states.concat();
                done.sort_unstable();
                assert_eq!(done, (0..count).collect::<Vec<_>>());
            }
        }
    }
}
