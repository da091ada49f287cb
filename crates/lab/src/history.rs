//! Undo and redo of bounded size.

/// Most steps kept.
const STEPS: usize = 200;
/// Most points kept over all steps, about 48 MB.
const POINTS: usize = 2_000_000;

/// A stack of past states and one of undone ones. The present state is the caller's.
pub(crate) struct History<T> {
    past: Vec<(T, usize)>,
    future: Vec<(T, usize)>,
}

impl<T> History<T> {
    pub(crate) fn new() -> Self {
        History { past: Vec::new(), future: Vec::new() }
    }

    /// Records the state that an edit is about to replace, of `size` points; what was undone is
    /// forgotten, and the oldest steps when there are too many.
    pub(crate) fn push(&mut self, state: T, size: usize) {
        self.future.clear();
        self.past.push((state, size));
        let mut total: usize = self.past.iter().map(|(_, size)| size).sum();
        let mut drop = 0;
        while self.past.len() - drop > STEPS || (total > POINTS && self.past.len() - drop > 1) {
            total -= self.past[drop].1;
            drop += 1;
        }
        self.past.drain(..drop);
    }

    /// The state before the present one, if any.
    pub(crate) fn peek_undo(&self) -> Option<&T> {
        self.past.last().map(|(state, _)| state)
    }

    /// The state that was undone last, if any.
    pub(crate) fn peek_redo(&self) -> Option<&T> {
        self.future.last().map(|(state, _)| state)
    }

    /// Moves one step back: the present state goes to the undone ones.
    pub(crate) fn undo(&mut self, present: T, size: usize) -> Option<T> {
        let (state, _) = self.past.pop()?;
        self.future.push((present, size));
        Some(state)
    }

    /// Moves one step forward.
    pub(crate) fn redo(&mut self, present: T, size: usize) -> Option<T> {
        let (state, _) = self.future.pop()?;
        self.past.push((present, size));
        Some(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forth_ends_where_it_began() {
        let mut h = History::new();
        for state in 0..5 {
            h.push(state, 1);
        }
        let mut now = 5;
        while h.peek_undo().is_some() {
            now = h.undo(now, 1).unwrap();
        }
        assert_eq!(now, 0);
        while h.peek_redo().is_some() {
            now = h.redo(now, 1).unwrap();
        }
        assert_eq!(now, 5);
        h.undo(5, 1);
        h.push(4, 1);
        assert!(h.peek_redo().is_none());
    }

    #[test]
    fn size_is_bounded_by_steps_and_by_points() {
        let mut h = History::new();
        for state in 0..1000 {
            h.push(state, 1);
        }
        assert_eq!(h.past.len(), STEPS);
        assert_eq!(h.peek_undo(), Some(&999));
        for state in 0..30 {
            h.push(state, 100_000);
        }
        assert_eq!(h.past.len(), 20);
        h.push(7, 10 * POINTS);
        assert_eq!(h.past.len(), 1);
    }
}
