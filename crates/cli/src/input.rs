//! Files and standard input.

use std::io::Read;

use lab::error::Error;
use lab::points::{self, Points};

use crate::args::Input;

impl Input {
    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Standard => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Its text.
    ///
    /// # Errors
    /// Code `file` when it cannot be read or is not UTF-8.
    pub(crate) fn text(&self) -> Result<String, Error> {
        let read = match self {
            Self::Standard => {
                let mut text = String::new();
                std::io::stdin().read_to_string(&mut text).map(|_| text)
            }
            Self::File(path) => std::fs::read_to_string(path),
        };
        read.map_err(|e| {
            use std::io::ErrorKind;
            let what = match e.kind() {
                ErrorKind::NotFound => "there is no such file; check the path".to_owned(),
                ErrorKind::InvalidData => "not UTF-8 text; save it as UTF-8".to_owned(),
                _ => e.to_string(),
            };
            Error::new("file", format!("{}: {what}", self.name()))
        })
    }

    /// Parses its text with `parse`; errors begin with its name.
    pub(crate) fn parse<T>(
        &self,
        parse: impl FnOnce(&str) -> Result<T, Error>,
    ) -> Result<T, Error> {
        parse(&self.text()?).map_err(|e| self.blame(e))
    }

    /// Its points, by the rules the page reads them by.
    pub(crate) fn points(&self) -> Result<Points, Error> {
        self.parse(points::parse)
    }

    /// The same error, naming this input.
    pub(crate) fn blame(&self, error: Error) -> Error {
        Error { message: format!("{}: {}", self.name(), error.message), ..error }
    }
}
