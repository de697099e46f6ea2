//! A field's kernels, and what goes into them and comes out.

use std::sync::Arc;

use super::Kernel;
use super::frame::{DONE, EVENT, HEAD, OWN, RARE, WANTED};
use super::points::Points;
use super::runs::Runs;
use crate::field::{Field, Kind, Values};

/// What a pass costs at most, in operations: some hundredths of a second, so that a card does nothing else for no longer.
const PASS_COST: u64 = 1 << 28;
/// The most data of a pass, in words.
const PASS_DATA: usize = 1 << 18;

/// Some updates of all nodes.
#[derive(Clone, Debug)]
pub struct Pass {
    /// The place in [`Program::kernels`].
    pub kernel: usize,
    /// What the kernel is given.
    pub words: Vec<u32>,
}

/// How a field is computed in f32.
#[derive(Debug)]
pub struct Program {
    field: Arc<Field>,
    kernels: Vec<Kernel>,
    what: What,
}

#[derive(Debug)]
enum What {
    Points(Points),
    Runs(Box<Runs>),
}

impl Program {
    /// The program of a field whose nodes can all be computed.
    ///
    /// # Errors
    /// Why there is none, as the end of a sentence that begins with what is not offered.
    pub fn of(field: &Arc<Field>) -> Result<Self, String> {
        let (what, kernels) = match &field.kind {
            Kind::Quantity { quantity, plane } => {
                let (points, kernel) = Points::of(field, *quantity, plane)?;
                (What::Points(points), vec![kernel])
            }
            Kind::Basin { .. } | Kind::Sweep { .. } => {
                let (runs, kernels) = Runs::of(field)?;
                (What::Runs(Box::new(runs)), kernels)
            }
        };
        Ok(Self { field: Arc::clone(field), kernels, what })
    }

    /// The field.
    #[must_use]
    pub fn field(&self) -> &Arc<Field> {
        &self.field
    }

    /// Its kernels.
    #[must_use]
    pub fn kernels(&self) -> &[Kernel] {
        &self.kernels
    }

    /// The words of some nodes at the beginning: row by row, each row with a word for each node.
    #[must_use]
    pub fn words(&self, nodes: &[usize]) -> Vec<u32> {
        let begun = match &self.what {
            What::Points(points) => points.begun(&self.field, nodes),
            What::Runs(runs) => runs.begun(&self.field, nodes),
        };
        let rows = OWN + begun.first().map_or(0, |begun| begun.numbers.len());
        let mut words = vec![0; rows * nodes.len()];
        for (place, begun) in begun.iter().enumerate() {
            words[EVENT * nodes.len() + place] = if begun.is_rare { RARE } else { 0 };
            words[WANTED * nodes.len() + place] = begun.updates;
            for (k, &number) in begun.numbers.iter().enumerate() {
                words[(OWN + k) * nodes.len() + place] = (number as f32).to_bits();
            }
        }
        words
    }

    /// All passes over so many nodes, in their order.
    pub fn passes(&self, count: usize) -> impl Iterator<Item = Pass> + use<'_> {
        let mut data = match &self.what {
            What::Points(points) => points.data(),
            What::Runs(runs) => runs.data(&self.field),
        };
        let last = match &self.what {
            What::Points(points) => points.updates(),
            What::Runs(runs) => runs.updates(),
        };
        let mut update = 0;
        std::iter::from_fn(move || {
            let (kernel, until) = match &self.what {
                What::Points(_) => (0, last),
                What::Runs(runs) => runs.in_force(update),
            };
            let own = &self.kernels[kernel];
            let most = PASS_COST / (own.count().max(1) * count.max(1)) as u64;
            let most = most.min((PASS_DATA / own.data().max(1)) as u64).max(1);
            let updates = most.min(until - update);
            if updates == 0 {
                return None;
            }
            let mut words = vec![count as u32, updates as u32];
            words.reserve(updates as usize * own.data());
            for _ in 0..updates {
                data(update, own.data(), &mut |number| words.push((number as f32).to_bits()));
                update += 1;
            }
            debug_assert_eq!(words.len(), HEAD + updates as usize * own.data(), "data of each update");
            Some(Pass { kernel, words })
        })
    }

    /// The values of some nodes; `words` are theirs after all passes, [by nodes](by_node).
    #[must_use]
    pub fn finish(&self, nodes: &[usize], words: &[u32]) -> Values {
        let own: Vec<Ended> = words.chunks_exact(words.len() / nodes.len().max(1)).map(Ended).collect();
        match &self.what {
            What::Points(points) => Values::Numbers(points.finish(&self.field, nodes, &own)),
            What::Runs(runs) => Values::Ends(runs.finish(&self.field, nodes, &own)),
        }
    }
}

/// The words of so many nodes, node by node, so that those of some can be given away.
#[must_use]
pub fn by_node(words: &[u32], count: usize) -> Vec<u32> {
    (0..count).flat_map(|node| words.iter().skip(node).step_by(count)).copied().collect()
}

/// A node at the beginning.
pub(super) struct Begun {
    pub updates: u32,
    /// The kept numbers, then the given ones.
    pub numbers: Vec<f64>,
    /// Whether f32 is not to begin with it.
    pub is_rare: bool,
}

/// A node after all passes.
#[derive(Clone, Copy)]
pub(super) struct Ended<'a>(&'a [u32]);

impl Ended<'_> {
    pub fn word(&self, row: usize) -> u32 {
        self.0[row]
    }

    /// Its `k`-th number.
    pub fn number(&self, k: usize) -> f64 {
        f64::from(f32::from_bits(self.word(OWN + k)))
    }

    /// Whether f32 could not make it, or the card did not.
    pub fn is_rare(&self) -> bool {
        let is_undone = self.word(EVENT) == 0 && self.word(DONE) != self.word(WANTED);
        self.word(EVENT) == RARE || is_undone
    }
}

/// Gives the data of an update, of which there are so many numbers.
pub(super) type Data<'a> = Box<dyn FnMut(u64, usize, &mut dyn FnMut(f64)) + 'a>;
