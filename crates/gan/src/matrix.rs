//! Plain row-major matrices. A batch is a matrix with one sample a row.

use crate::scalar::Scalar;

/// Rows × columns, row after row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix<T> {
    rows: usize,
    columns: usize,
    entries: Vec<T>,
}

/// A matrix, or its transpose, as an operand of a product.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a, T> {
    pub(crate) matrix: &'a Matrix<T>,
    pub(crate) transposed: bool,
}

impl<T: Scalar> Matrix<T> {
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, entries: vec![T::ZERO; rows * columns] }
    }

    /// `entries` row after row; their number must be rows × columns.
    pub(crate) fn new(rows: usize, columns: usize, entries: Vec<T>) -> Self {
        assert_eq!(entries.len(), rows * columns, "entries of a {rows} × {columns} matrix");
        Self { rows, columns, entries }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn entries(&self) -> &[T] {
        &self.entries
    }

    pub(crate) fn entries_mut(&mut self) -> &mut [T] {
        &mut self.entries
    }

    pub(crate) fn iter_rows(&self) -> std::slice::ChunksExact<'_, T> {
        self.entries.chunks_exact(self.columns)
    }

    pub(crate) fn iter_rows_mut(&mut self) -> std::slice::ChunksExactMut<'_, T> {
        self.entries.chunks_exact_mut(self.columns)
    }

    /// The same entries with `columns` in a row: this is how points are packed and unpacked, since
    /// m points of a pack are neighbours in memory.
    pub(crate) fn reshaped(self, columns: usize) -> Self {
        let rows = self.entries.len() / columns;
        Self::new(rows, columns, self.entries)
    }

    pub(crate) fn view(&self) -> View<'_, T> {
        View { matrix: self, transposed: false }
    }

    pub(crate) fn transposed(&self) -> View<'_, T> {
        View { matrix: self, transposed: true }
    }

    /// Each row times its factor.
    pub(crate) fn scaled(mut self, factors: &[T]) -> Self {
        for (row, factor) in self.iter_rows_mut().zip(factors) {
            row.iter_mut().for_each(|x| *x = *factor * *x);
        }
        self
    }

    /// The sum of each column, rows taken in order.
    pub(crate) fn column_sums(&self) -> Vec<T> {
        let mut sums = vec![T::ZERO; self.columns];
        for row in self.iter_rows() {
            sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += *x);
        }
        sums
    }
}

impl<T: Scalar> View<'_, T> {
    pub(crate) fn rows(&self) -> usize {
        if self.transposed { self.matrix.columns } else { self.matrix.rows }
    }

    pub(crate) fn columns(&self) -> usize {
        if self.transposed { self.matrix.rows } else { self.matrix.columns }
    }

    pub(crate) fn at(&self, row: usize, column: usize) -> T {
        let (i, j) = if self.transposed { (column, row) } else { (row, column) };
        self.matrix.entries[i * self.matrix.columns + j]
    }
}
