//! Updates that are recorded, to be made in f32.

use super::Number;
use crate::loss::{Recorded, Scalar};

/// Between these the square of a length has no less precision than f32.
const PRECISE: [f64; 2] = [1e-30, 1e37];

impl Number for Recorded {
    /// 1 where the usual formulas don't hold, else 0.
    type Rare = Self;

    fn length<const D: usize>(v: &[Self; D], rare: &mut Self) -> Option<Self> {
        let squared = v.iter().fold(Self::constant(0.0), |sum, &component| sum + component * component);
        let one = Self::constant(1.0);
        *rare = Self::choose(squared.is_below(Self::constant(PRECISE[0])), one, *rare);
        *rare = Self::choose(Self::constant(PRECISE[1]).is_below(squared), one, *rare);
        Some(squared.sqrt())
    }

    fn unit<const D: usize>(v: &[Self; D], rare: &mut Self) -> Option<[Self; D]> {
        let inverse = Self::constant(1.0) / Self::length(v, rare)?;
        Some(v.map(|component| component * inverse))
    }

    fn is_zero(self) -> bool {
        self.number() == Some(0.0)
    }
}
