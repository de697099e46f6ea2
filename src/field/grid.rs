//! Values on a rectangular grid.

/// Samples of a function of (u, v) at the nodes of a grid that spans a rectangle, borders included.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Nodes per row, at least 2.
    pub width: usize,
    /// Rows, at least 2.
    pub height: usize,
    /// u min, u max, v min, v max.
    pub bounds: [f64; 4],
    /// Row by row, from v min up; NaN where nothing has been computed or it is undefined.
    pub values: Vec<f64>,
}

impl Grid {
    /// A grid without values.
    #[must_use]
    pub fn new(width: usize, height: usize, bounds: [f64; 4]) -> Self {
        let (width, height) = (width.max(2), height.max(2));
        Self { width, height, bounds, values: vec![f64::NAN; width * height] }
    }

    /// A grid filled with f(u, v).
    #[must_use]
    pub fn filled(width: usize, height: usize, bounds: [f64; 4], mut f: impl FnMut(f64, f64) -> f64) -> Self {
        let mut grid = Self::new(width, height, bounds);
        for row in 0..grid.height {
            for column in 0..grid.width {
                grid.values[row * grid.width + column] = f(grid.u(column as f64), grid.v(row as f64));
            }
        }
        grid
    }

    /// Whether there is a value at any node.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.values.iter().any(|value| !value.is_nan())
    }

    /// u of a (fractional) column.
    #[must_use]
    pub fn u(&self, column: f64) -> f64 {
        self.bounds[0] + (self.bounds[1] - self.bounds[0]) * column / (self.width - 1) as f64
    }

    /// v of a (fractional) row.
    #[must_use]
    pub fn v(&self, row: f64) -> f64 {
        self.bounds[2] + (self.bounds[3] - self.bounds[2]) * row / (self.height - 1) as f64
    }

    /// The value at a node.
    #[must_use]
    pub fn at(&self, column: usize, row: usize) -> f64 {
        self.values[row * self.width + column]
    }
}
