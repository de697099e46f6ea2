//! What updates ask of many numbers at once.

use super::pack::{PACKED, Pack};
use crate::calculus::PRECISE_SQUARES;
use crate::loss::array;
use crate::optimizer::Number;

/// The packs of each coordinate: what one of them does overlaps with what the other does.
pub(super) const PACKS: usize = 2;
/// How many runs step together.
pub(in crate::ensemble) const WIDTH: usize = PACKS * PACKED;

impl<P: Pack> Number for P {
    /// A truth: bits are taken of it once for each update.
    type Rare = P::Truth;

    #[inline(always)]
    fn length<const D: usize>(v: &[Self; D], rare: &mut P::Truth) -> Option<Self> {
        let mut squared = v[0] * v[0];
        for component in &v[1..] {
            squared = squared + *component * *component;
        }
        let (least, most) = (Self::constant(PRECISE_SQUARES[0]), Self::constant(PRECISE_SQUARES[1]));
        *rare = Self::or(*rare, Self::or(least.is_not_below(squared), squared.is_not_below(most)));
        Some(squared.sqrt())
    }

    #[inline(always)]
    fn unit<const D: usize>(v: &[Self; D], rare: &mut P::Truth) -> Option<[Self; D]> {
        let (zero, infinite) = (Self::constant(0.0), Self::constant(f64::INFINITY));
        let mut largest = zero;
        for component in v {
            let length = component.abs();
            *rare = Self::or(*rare, length.is_not_below(infinite));
            largest = Self::choose(largest.is_below(length), length, largest);
        }
        *rare = Self::or(*rare, zero.is_not_below(largest));
        // Its square is at least 1.
        let scaled: [Self; D] = array(|i| v[i] / largest);
        let mut squared = scaled[0] * scaled[0];
        for component in &scaled[1..] {
            squared = squared + *component * *component;
        }
        let inverse = Self::constant(1.0) / squared.sqrt();
        Some(array(|i| scaled[i] * inverse))
    }

    #[inline(always)]
    fn is_zero(self) -> bool {
        Self::is_all(self.equals(Self::constant(0.0)))
    }
}
