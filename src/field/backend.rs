//! How a field is computed: tile by tile, by whoever takes them.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::{Field, Values};

/// Some nodes of a field, and their values.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The first node.
    pub first: usize,
    /// The values from there on.
    pub values: Values,
}

impl Tile {
    /// Computes it.
    #[must_use]
    pub fn compute(field: &Field, nodes: Range<usize>) -> Self {
        Self { first: nodes.start, values: field.compute(nodes) }
    }
}

/// Computes tiles. A tile depends on its nodes alone, so every backend gives the same bits.
pub trait Backend {
    /// Takes a tile to be computed.
    fn submit(&mut self, field: &Arc<Field>, nodes: Range<usize>);

    /// A tile that is done, in any order; waits for it, but not much longer than `patience`. `None`: none is.
    fn poll(&mut self, patience: Duration) -> Option<Tile>;

    /// Drops all tiles that have been submitted.
    fn cancel(&mut self);
}

/// Computes where it is asked, one tile for each [`poll`](Backend::poll).
#[derive(Debug, Default)]
pub struct Here {
    waiting: VecDeque<(Arc<Field>, Range<usize>)>,
}

impl Backend for Here {
    fn submit(&mut self, field: &Arc<Field>, nodes: Range<usize>) {
        self.waiting.push_back((Arc::clone(field), nodes));
    }

    fn poll(&mut self, _patience: Duration) -> Option<Tile> {
        self.waiting.pop_front().map(|(field, nodes)| Tile::compute(&field, nodes))
    }

    fn cancel(&mut self) {
        self.waiting.clear();
    }
}
