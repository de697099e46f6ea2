//! Vectors of R^D on the stack, and norms that neither underflow nor overflow.

use nalgebra::{SMatrix, SVector};

/// A point or direction in R^D.
pub type Vector<const D: usize> = SVector<f64, D>;
/// A D×D matrix.
pub type Matrix<const D: usize> = SMatrix<f64, D, D>;

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
    // Above 1e-280 no square that matters has lost bits to underflow.
    if squared > 1e-280 && squared < f64::MAX { squared.sqrt() } else { scaled_norm(*v) }
}

/// The rare branch of [`norm`]: scales by the largest component first.
#[cold]
#[inline(never)]
fn scaled_norm<const D: usize>(v: Vector<D>) -> f64 {
    let mut largest = 0.0_f64;
    for component in &v {
        if component.is_nan() {
            return f64::NAN;
        }
        largest = largest.max(component.abs());
    }
    if largest == 0.0 || largest.is_infinite() {
        return largest;
    }
    let scaled = v.map(|component| component / largest);
    largest * dot(&scaled, &scaled).sqrt()
}
