//! How a field is computed: tile by tile, by whoever takes them.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::{Field, Values};

/// Some nodes of a field, and their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// The nodes, in any order, counted row by row from u min, v min.
    pub nodes: Vec<usize>,
    /// Their values, in the same order.
    pub values: Values,
}

impl Tile {
    /// Computes it.
    #[must_use]
    pub fn compute(field: &Field, nodes: Vec<usize>) -> Self {
        let values = field.compute(&nodes);
        Self { nodes, values }
    }
}

/// Computes tiles. A node's values depend on the node alone, so every backend gives the same bits for any tiles; those that compute in
/// f64 give the same as each other.
pub trait Backend {
    /// Who computes, in a few words: `2 threads`.
    fn name(&self) -> String;

    /// Takes a tile to be computed; it may come back in parts.
    fn submit(&mut self, field: &Arc<Field>, nodes: Vec<usize>);

    /// A tile that is done, in any order; waits for it, but not much longer than `patience`. `None`: none is.
    fn poll(&mut self, patience: Duration) -> Option<Tile>;

    /// Drops all tiles that have been submitted: none of them comes any more.
    fn cancel(&mut self);
}

/// Computes where it is asked, one tile for each [`poll`](Backend::poll).
#[derive(Debug, Default)]
pub struct Here {
    waiting: VecDeque<(Arc<Field>, Vec<usize>)>,
}

impl Backend for Here {
    fn name(&self) -> String {
        "1 thread".to_owned()
    }

    fn submit(&mut self, field: &Arc<Field>, nodes: Vec<usize>) {
        self.waiting.push_back((Arc::clone(field), nodes));
    }

    fn poll(&mut self, _patience: Duration) -> Option<Tile> {
        self.waiting.pop_front().map(|(field, nodes)| Tile::compute(&field, nodes))
    }

    fn cancel(&mut self) {
        self.waiting.clear();
    }
}
