//! Rotations of eigenvector frames, shared by the quadratic landscapes.

/// The matrix Q diag(`values`) Qᵀ, where Q is the product of rotations by `angles[i]` (radians) in the
/// planes (i, i+1).
pub(super) fn rotated_diagonal<const D: usize>(values: &[f64], angles: &[f64]) -> [[f64; D]; D] {
    let mut q = [[0.0; D]; D];
    for (i, row) in q.iter_mut().enumerate() {
        row[i] = 1.0;
    }
    for (i, &angle) in angles.iter().take(D - 1).enumerate() {
        let (sin, cos) = (libm::sin(angle), libm::cos(angle));
        for row in &mut q {
            let (a, b) = (row[i], row[i + 1]);
            row[i] = cos * a + sin * b;
            row[i + 1] = cos * b - sin * a;
        }
    }
    let entry = |r: usize, c: usize| (0..D).fold(0.0, |sum, k| sum + q[r][k] * values[k] * q[c][k]);
    std::array::from_fn(|r| std::array::from_fn(|c| entry(r.min(c), r.max(c))))
}
