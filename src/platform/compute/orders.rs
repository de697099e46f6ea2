//! What is asked of a graphics card, natively and on the page.

use std::sync::Arc;

use crate::field::{Field, Program, by_node};

/// The nodes whose ends are judged together.
const PART: usize = 1 << 9;

/// Tiles of a field, asked for at a time: orders of an earlier one are dropped.
pub(super) struct Order {
    pub time: u64,
    pub field: Arc<Field>,
    /// Their nodes.
    pub tiles: Vec<Vec<usize>>,
}

impl Order {
    /// Takes in the orders that come next while they are of the same field and it has fewer than `most` nodes; gives the first that is not.
    pub fn join(&mut self, most: usize, mut next: impl FnMut() -> Option<Self>) -> Option<Self> {
        while self.tiles.iter().map(Vec::len).sum::<usize>() < most {
            let other = next()?;
            if other.time != self.time || !Arc::ptr_eq(&other.field, &self.field) {
                return Some(other);
            }
            self.tiles.extend(other.tiles);
        }
        None
    }
}

/// A field's program, or why it has none.
type Offer = Result<Arc<Program>, String>;

/// The program of the last field.
#[derive(Default)]
pub(super) struct Offers(Option<(Arc<Field>, Offer)>);

impl Offers {
    /// That of this field.
    pub fn of(&mut self, field: &Arc<Field>) -> Offer {
        if let Some((_, offer)) = self.0.as_ref().filter(|(known, _)| Arc::ptr_eq(known, field)) {
            return offer.clone();
        }
        let offer = Program::of(field).map(Arc::new);
        self.0 = Some((Arc::clone(field), offer.clone()));
        offer
    }
}

/// What a card has made of some nodes, in parts whose ends are judged together: nodes with their words, by nodes.
pub(super) fn parts(nodes: &[usize], words: &[u32]) -> impl Iterator<Item = (Vec<usize>, Vec<u32>)> {
    let words = by_node(words, nodes.len());
    let rows = words.len() / nodes.len();
    nodes.chunks(PART).enumerate().map(move |(k, nodes)| {
        let first = k * PART * rows;
        (nodes.to_vec(), words[first..first + nodes.len() * rows].to_vec())
    })
}

/// Why others compute what a card does not offer.
pub(super) fn not_offered(card: &str, why: &str) -> String {
    format!("not by {card}, since {why}")
}

/// Why others compute in place of a card that is lost.
pub(super) fn lost(card: &str, why: &str) -> String {
    format!("{card} was lost: {}", why.trim_end_matches('.'))
}
