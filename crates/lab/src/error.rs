//! One error for everything a person can get wrong: a code for programs, a message that says
//! where and what to do, and the place in the input.

use serde::Serialize;
use std::fmt;

/// What went wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Error {
    /// Short stable name for programs: `csv`, `json`, `link`, `scenario`, `domain`, `site`,
    /// `mass`, `experiment`, and those of `geometry` and `transport`.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// The offending site, vertex or sample, counted from 0 in the order of the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    /// Line of the text, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column of a table, or character of a JSON line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

impl Error {
    /// An error without a place.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Error { code, message: message.into(), index: None, line: None, column: None }
    }

    /// The same error, pointing at one site, vertex or sample.
    #[must_use]
    pub fn at_index(mut self, index: usize) -> Self {
        self.index = Some(index);
        self
    }

    /// The same error, pointing at a line and, where known, a column.
    #[must_use]
    pub fn at_line(mut self, line: usize, column: Option<usize>) -> Self {
        self.line = Some(line);
        self.column = column;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<geometry::PolygonError> for Error {
    fn from(e: geometry::PolygonError) -> Self {
        Error { index: e.index(), ..Error::new(e.code(), e.to_string()) }
    }
}

impl From<transport::TargetError> for Error {
    fn from(e: transport::TargetError) -> Self {
        Error { index: e.index(), ..Error::new(e.code(), e.to_string()) }
    }
}

impl From<transport::SourceError> for Error {
    fn from(e: transport::SourceError) -> Self {
        Error::new(e.code(), e.to_string())
    }
}

impl From<transport::PlanError> for Error {
    fn from(e: transport::PlanError) -> Self {
        Error { index: e.index(), ..Error::new(e.code(), e.to_string()) }
    }
}
