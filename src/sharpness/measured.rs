//! What a measured value may be, and how it becomes a number, a column and a cell.

/// A measured value: a number, one that may be missing, or a list of one per dimension.
pub(super) trait Measured {
    /// The number; of a list the first. `None` where there is none.
    fn number(&self) -> Option<f64>;

    /// The names of its columns in a table, in dimension `dim`.
    fn columns(name: &str, _dim: usize) -> Vec<String> {
        vec![name.to_owned()]
    }

    /// Its cells. `{:?}` reads back to the same f64; empty cells stand for null.
    fn cells(&self) -> Vec<String> {
        vec![self.number().filter(|value| value.is_finite()).map_or_else(String::new, |value| format!("{value:?}"))]
    }
}

impl Measured for f64 {
    fn number(&self) -> Option<f64> {
        Some(*self)
    }
}

impl Measured for Option<f64> {
    fn number(&self) -> Option<f64> {
        *self
    }
}

impl Measured for Vec<f64> {
    fn number(&self) -> Option<f64> {
        self.first().copied()
    }

    fn columns(name: &str, dim: usize) -> Vec<String> {
        (1..=dim).map(|i| format!("{name}{i}")).collect()
    }

    fn cells(&self) -> Vec<String> {
        self.iter().flat_map(Measured::cells).collect()
    }
}
