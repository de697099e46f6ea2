//! Vectors of R^D on the stack, and norms that neither underflow nor overflow.

use nalgebra::SVector;

/// A point or direction in R^D, D known at compile time: what steps are made of.
pub type Vector<const D: usize> = SVector<f64, D>;

/// aᵀb, summed in the order of the coordinates: nalgebra's own order depends on the length.
#[inline]
#[must_use]
pub fn dot<const D: usize>(a: &Vector<D>, b: &Vector<D>) -> f64 {
    let mut sum = a[0] * b[0];
    for i in 1..D {
        sum += a[i] * b[i];
    }
    sum
}

/// ‖v‖, to full precision also where the squares of its components under- or overflow.
#[inline]
#[must_use]
pub fn norm<const D: usize>(v: &Vector<D>) -> f64 {
    let squared = dot(v, v);
    if has_full_precision(squared) { squared.sqrt() } else { scaled_norm_by_value(*v) }
}

/// [`norm`] of coordinates whose number is known only at run time.
pub(super) fn norm_of(v: &[f64]) -> f64 {
    let squared = v.iter().fold(0.0, |sum, c| sum + c * c);
    if has_full_precision(squared) { squared.sqrt() } else { scaled_norm(v) }
}

/// Between these, exclusively, a squared length has full precision: above, no square that matters has lost bits to underflow.
pub const PRECISE_SQUARES: [f64; 2] = [1e-280, f64::MAX];

#[inline]
fn has_full_precision(squared: f64) -> bool {
    squared > PRECISE_SQUARES[0] && squared < PRECISE_SQUARES[1]
}

/// By value, so that the vector needs no address, and so no memory, on the usual path.
#[cold]
#[inline(never)]
fn scaled_norm_by_value<const D: usize>(v: Vector<D>) -> f64 {
    scaled_norm(v.as_slice())
}

/// The rare branch: scales by the largest component first.
#[cold]
#[inline(never)]
fn scaled_norm(v: &[f64]) -> f64 {
    let mut largest = 0.0_f64;
    for component in v {
        if component.is_nan() {
            return f64::NAN;
        }
        largest = largest.max(component.abs());
    }
    if largest == 0.0 || largest.is_infinite() {
        return largest;
    }
    largest * v.iter().fold(0.0, |sum, c| sum + (c / largest) * (c / largest)).sqrt()
}
