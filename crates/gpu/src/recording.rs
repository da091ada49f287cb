//! What a device is to do, as plain data: uploads, dispatches, read-backs.

use crate::kernels::Kernel;

/// A buffer of the device that made it, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferId(pub(crate) usize);

/// One kernel's work.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispatch {
    /// What runs.
    pub kernel: Kernel,
    /// The words of its `Params`, at most [`PARAMS`].
    pub params: Vec<u32>,
    /// Its buffers, in the order of [`Kernel::bindings`].
    pub buffers: Vec<BufferId>,
    /// Workgroups along x, and along y.
    pub workgroups: [u32; 2],
}

/// Most words that a kernel's `Params` has.
pub const PARAMS: usize = 8;

/// A step of a [`Recording`].
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Writes words to the start of a buffer.
    Upload(BufferId, Vec<u32>),
    /// Sets a whole buffer to zero.
    Clear(BufferId),
    /// Runs a kernel.
    Dispatch(Dispatch),
    /// Ends a submission. What stands between two of these runs without a pause, so it must be
    /// short enough for the watchdog of a browser or a desktop.
    Submit,
    /// Brings back so many words from the start of a buffer.
    Read(BufferId, usize),
}

/// Commands in order, and how much work the last submission has so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// The commands.
    pub commands: Vec<Command>,
    work: u64,
}

impl Recording {
    /// Records an upload of numbers.
    pub fn upload(&mut self, buffer: BufferId, numbers: &[f32]) {
        let words = numbers.iter().map(|x| x.to_bits()).collect();
        self.commands.push(Command::Upload(buffer, words));
    }

    /// Records a command that takes no time to speak of.
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Records a dispatch of so many multiply-adds; starts another submission where this one
    /// would come to more than `limit`.
    pub fn dispatch(&mut self, dispatch: Dispatch, work: u64, limit: u64) {
        if self.work > 0 && self.work + work > limit {
            self.commands.push(Command::Submit);
            self.work = 0;
        }
        self.work += work;
        self.commands.push(Command::Dispatch(dispatch));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn submissions_end_before_the_limit() {
        let work = Dispatch {
            kernel: Kernel::Adam,
            params: Vec::new(),
            buffers: Vec::new(),
            workgroups: [1, 1],
        };
        let mut recording = Recording::default();
        for amount in [4, 5, 2, 20, 1] {
            recording.dispatch(work.clone(), amount, 10);
        }
        let ends: Vec<usize> = recording
            .commands
            .iter()
            .enumerate()
            .filter(|(_, command)| **command == Command::Submit)
            .map(|(k, _)| k)
            .collect();
        // 4 + 5, then 2, then 20, which cannot be less, then 1.
        assert_eq!(ends, [2, 4, 6]);
    }
}
