//! What has been computed of a field.

use std::ops::Range;

use super::{Field, Kind};
use crate::ensemble::End;

/// The class of a node whose run has not been made.
pub const NO_CLASS: u8 = u8::MAX;

/// The values at nodes, row by row from u min, v min.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// A quantity's; not a number where it is undefined, or not yet computed.
    Numbers(Vec<f64>),
    /// How runs ended.
    Ends(Ends),
}

/// How runs ended, as arrays.
#[derive(Clone, Debug)]
pub struct Ends {
    /// D.
    pub dim: usize,
    /// The places in [`Classes::names`](crate::ensemble::Classes::names); [`NO_CLASS`] where there is no run yet.
    pub class: Vec<u8>,
    /// The updates that were done.
    pub steps: Vec<u64>,
    /// One array for each of [`End::NUMBERS`].
    pub numbers: [Vec<f64>; 6],
    /// The last iterates, D numbers each.
    pub x: Vec<f64>,
}

impl Ends {
    /// No run yet.
    #[must_use]
    pub fn none(dim: usize, len: usize) -> Self {
        let nothing = vec![f64::NAN; len];
        let numbers = std::array::from_fn(|_| nothing.clone());
        Self { dim, class: vec![NO_CLASS; len], steps: vec![0; len], numbers, x: vec![f64::NAN; dim * len] }
    }

    /// These ends.
    #[must_use]
    pub fn of(dim: usize, ends: impl IntoIterator<Item = End>) -> Self {
        let mut all = Self::none(dim, 0);
        for end in ends {
            all.class.push(end.class);
            all.steps.push(end.steps);
            for (numbers, number) in all.numbers.iter_mut().zip(end.numbers) {
                numbers.push(number);
            }
            all.x.extend(end.x);
        }
        all
    }
}

impl Ends {
    /// The `k`-th.
    pub(super) fn end(&self, k: usize) -> End {
        let x = self.x[k * self.dim..(k + 1) * self.dim].to_vec();
        let numbers = std::array::from_fn(|i| self.numbers[i][k]);
        End { class: self.class[k], steps: self.steps[k], numbers, x }
    }
}

/// To the bit, so that what is undefined equals itself.
impl PartialEq for Ends {
    fn eq(&self, other: &Self) -> bool {
        let same =
            |a: &[f64], b: &[f64]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits());
        self.class == other.class
            && self.steps == other.steps
            && same(&self.x, &other.x)
            && self.numbers.iter().zip(&other.numbers).all(|(a, b)| same(a, b))
    }
}

impl Values {
    /// Nothing of a field has been computed.
    #[must_use]
    pub fn none(field: &Field) -> Self {
        Self::unknown(field, field.count())
    }

    /// Nothing of so many nodes of a field is known.
    #[must_use]
    pub fn unknown(field: &Field, len: usize) -> Self {
        match field.kind {
            Kind::Quantity { .. } => Self::Numbers(vec![f64::NAN; len]),
            Kind::Basin { .. } | Kind::Sweep { .. } => Self::Ends(Ends::none(field.scenario.dim(), len)),
        }
    }

    /// All that there is as one list, bit for bit: the classes, the steps, the numbers, the last iterates.
    #[must_use]
    pub fn to_floats(&self) -> Vec<f64> {
        match self {
            Self::Numbers(numbers) => numbers.clone(),
            Self::Ends(ends) => {
                let class = ends.class.iter().copied().map(f64::from);
                // At most 10^12 updates, which an f64 keeps.
                let steps = ends.steps.iter().map(|&steps| steps as f64);
                class.chain(steps).chain(ends.numbers.iter().flatten().copied()).chain(ends.x.iter().copied()).collect()
            }
        }
    }

    /// What [`to_floats`](Self::to_floats) made of `len` nodes of a field; `None` where the list isn't of so many.
    #[must_use]
    pub fn from_floats(field: &Field, len: usize, floats: &[f64]) -> Option<Self> {
        let mut values = Self::unknown(field, len);
        if floats.len() != values.to_floats().len() {
            return None;
        }
        match &mut values {
            Self::Numbers(numbers) => numbers.copy_from_slice(floats),
            Self::Ends(ends) => {
                let (class, rest) = floats.split_at(len);
                let (steps, rest) = rest.split_at(len);
                ends.class = class.iter().map(|&class| class as u8).collect();
                ends.steps = steps.iter().map(|&steps| steps as u64).collect();
                let (numbers, x) = rest.split_at(ends.numbers.len() * len);
                for (own, numbers) in ends.numbers.iter_mut().zip(numbers.chunks_exact(len.max(1))) {
                    own.copy_from_slice(numbers);
                }
                ends.x.copy_from_slice(x);
            }
        }
        Some(values)
    }

    /// The number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Ends(ends) => ends.class.len(),
        }
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a node has been computed; of a quantity that is undefined there one cannot tell.
    #[must_use]
    pub fn has(&self, node: usize) -> bool {
        match self {
            Self::Numbers(numbers) => !numbers[node].is_nan(),
            Self::Ends(ends) => ends.class[node] != NO_CLASS,
        }
    }

    /// Takes over what has been computed of these nodes of the same field, in their order.
    pub fn put(&mut self, nodes: &[usize], part: &Self) {
        fn scatter<T: Copy>(own: &mut [T], nodes: &[usize], part: &[T]) {
            for (&node, &value) in nodes.iter().zip(part) {
                own[node] = value;
            }
        }
        match (self, part) {
            (Self::Numbers(own), Self::Numbers(part)) => scatter(own, nodes, part),
            (Self::Ends(own), Self::Ends(part)) => {
                let dim = own.dim;
                scatter(&mut own.class, nodes, &part.class);
                scatter(&mut own.steps, nodes, &part.steps);
                for (own, part) in own.numbers.iter_mut().zip(&part.numbers) {
                    scatter(own, nodes, part);
                }
                for (&node, x) in nodes.iter().zip(part.x.chunks_exact(dim)) {
                    own.x[node * dim..(node + 1) * dim].copy_from_slice(x);
                }
            }
            _ => debug_assert!(false, "values of two kinds"),
        }
    }

    /// Takes over these nodes of another one's values, of the same field.
    pub fn copy(&mut self, other: &Self, nodes: Range<usize>) {
        match (self, other) {
            (Self::Numbers(own), Self::Numbers(other)) => own[nodes.clone()].copy_from_slice(&other[nodes]),
            (Self::Ends(own), Self::Ends(other)) => {
                let dim = own.dim;
                own.class[nodes.clone()].copy_from_slice(&other.class[nodes.clone()]);
                own.steps[nodes.clone()].copy_from_slice(&other.steps[nodes.clone()]);
                for (own, other) in own.numbers.iter_mut().zip(&other.numbers) {
                    own[nodes.clone()].copy_from_slice(&other[nodes.clone()]);
                }
                let x = nodes.start * dim..nodes.end * dim;
                own.x[x.clone()].copy_from_slice(&other.x[x]);
            }
            _ => debug_assert!(false, "values of two kinds"),
        }
    }

    /// The numbers that a picture of a field shows, by name, without those that have no colour: what has diverged has no
    /// sharpness.
    #[must_use]
    pub fn picture(&self, field: &Field, name: &str) -> Option<Vec<f64>> {
        let mut numbers = self.named(name)?;
        if let (Self::Ends(ends), Some(classes)) = (self, field.classes()) {
            let diverged = classes.names().len() as u8 - 1;
            let gone = numbers.iter_mut().zip(&ends.class).filter(|(_, class)| **class == diverged);
            gone.for_each(|(value, _)| *value = f64::NAN);
        }
        Some(numbers)
    }

    /// The numbers by the name of an array: `class`, `steps`, one of [`End::NUMBERS`], or `value`.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Vec<f64>> {
        match (self, name) {
            (Self::Numbers(numbers), "value") => Some(numbers.clone()),
            (Self::Ends(ends), "class") => Some(ends.class.iter().map(|&class| f64::from(class)).collect()),
            (Self::Ends(ends), "steps") => Some(ends.steps.iter().map(|&steps| steps as f64).collect()),
            (Self::Ends(ends), name) => {
                End::NUMBERS.iter().position(|&known| known == name).map(|i| ends.numbers[i].clone())
            }
            _ => None,
        }
    }
}
