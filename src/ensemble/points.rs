//! Many points, coordinate by coordinate.

/// Points of R^D as a structure of arrays: all first coordinates, then all second ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    dim: usize,
    len: usize,
    coordinates: Vec<f64>,
}

impl Points {
    /// `len` points of R^`dim`, all at the origin.
    #[must_use]
    pub fn new(dim: usize, len: usize) -> Self {
        Self { dim, len, coordinates: vec![0.0; dim * len] }
    }

    /// One point.
    #[must_use]
    pub fn one(x: &[f64]) -> Self {
        Self { dim: x.len(), len: 1, coordinates: x.to_vec() }
    }

    /// D.
    #[must_use]
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Coordinate `i` of all of them.
    #[must_use]
    pub fn coordinate(&self, i: usize) -> &[f64] {
        &self.coordinates[i * self.len..(i + 1) * self.len]
    }

    /// The `k`-th point.
    #[must_use]
    pub fn at(&self, k: usize) -> Vec<f64> {
        (0..self.dim).map(|i| self.coordinate(i)[k]).collect()
    }

    /// These points, in this order.
    #[must_use]
    pub fn some(&self, places: &[usize]) -> Self {
        let coordinates = (0..self.dim).flat_map(|i| places.iter().map(move |&k| self.coordinate(i)[k])).collect();
        Self { dim: self.dim, len: places.len(), coordinates }
    }

    /// Sets the `k`-th point to `x`, of D coordinates.
    pub fn put(&mut self, k: usize, x: &[f64]) {
        debug_assert_eq!(x.len(), self.dim, "dimension");
        for (i, &value) in x.iter().enumerate() {
            self.coordinates[i * self.len + k] = value;
        }
    }
}
