//! The Jacobi eigensolver, against nalgebra's and against the definition.

use nalgebra::{DMatrix, SymmetricEigen};
use proptest::prelude::*;
use samscope::calculus::{Eigen, Matrix, TIE, Vector, norm};

/// Rounding of an orthogonal iteration of this size.
const EXACT: f64 = 1e-13;

/// nalgebra's eigenvalues, descending.
fn reference<const D: usize>(a: &Matrix<D>) -> Vec<f64> {
    let mut values: Vec<f64> =
        SymmetricEigen::new(DMatrix::from_column_slice(D, D, a.as_slice())).eigenvalues.iter().copied().collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// Everything that an eigendecomposition promises.
fn check<const D: usize>(a: &Matrix<D>) {
    let eigen = Eigen::new(a);
    let scale = a.norm();
    for (ours, theirs) in eigen.values.iter().zip(reference(a)) {
        assert!((ours - theirs).abs() <= EXACT * scale, "{a}: {:?} and {:?}", eigen.values, reference(a));
    }
    assert!(eigen.values.is_sorted_by(|a, b| a >= b), "{a}: {:?}", eigen.values);
    for (i, (value, v)) in eigen.values.iter().zip(&eigen.vectors).enumerate() {
        let residual = norm(&(a * v - *value * v));
        assert!(residual <= EXACT * scale, "{a}: residual {residual:e} of pair {i}");
        for (j, other) in eigen.vectors.iter().enumerate() {
            let expected = f64::from(u8::from(i == j));
            assert!((v.dot(other) - expected).abs() <= EXACT, "{a}: ⟨v{i}, v{j}⟩ = {}", v.dot(other));
        }
        let lead = v.iter().find(|c| c.abs() >= v.amax() - 1e-9).expect("a vector has a largest component");
        assert!(*lead > 0.0, "{a}: the sign of {v}");
    }
    assert_eq!(eigen.scale(), eigen.values.iter().fold(0.0, |m: f64, l| m.max(l.abs())));
    let tied = eigen.values.iter().filter(|l| eigen.values[0] - **l <= 1e-9 * eigen.scale()).count();
    assert_eq!(eigen.top_multiplicity(), tied, "{a}: {:?}", eigen.values);
}

/// The eigenvectors as a matrix's columns.
fn columns<const D: usize>(eigen: &Eigen<D>) -> Matrix<D> {
    Matrix::<D>::from_fn(|r, c| eigen.vectors[c][r])
}

fn symmetric<const D: usize>(entries: &[f64]) -> Matrix<D> {
    Matrix::<D>::from_fn(|r, c| entries[r.min(c) * 6 + r.max(c)])
}

/// A random symmetric matrix, the same badly scaled, with ties, of low rank, and diagonal.
fn check_family<const D: usize>(entries: &[f64], exponents: &[f64]) {
    let a = symmetric::<D>(entries);
    check(&a);
    check(&Matrix::<D>::from_fn(|r, c| a[(r, c)] * 10f64.powf(exponents[r] + exponents[c])));
    check(&Matrix::<D>::from_diagonal(&a.diagonal()));
    // Orthogonal Q = the eigenvectors of a, held to be orthogonal by check(&a).
    let q = columns(&Eigen::new(&a));
    let with_values = |f: fn(usize) -> f64| {
        let b = q * Matrix::<D>::from_diagonal(&Vector::<D>::from_fn(|i, _| f(i))) * q.transpose();
        (b + b.transpose()) * 0.5
    };
    let tied = with_values(|i| if i < 2 { 3.0 } else { 1.0 });
    check(&tied);
    assert_eq!(Eigen::new(&tied).top_multiplicity(), 2);
    let low_rank = with_values(|i| if i == 0 { 5.0 } else { 0.0 });
    check(&low_rank);
    let u = Vector::<D>::from_fn(|i, _| exponents[i]);
    let projected = Eigen::new(&tied).project_on_top(&u);
    let expected: Vector<D> = (0..2).map(|i| q.column(i) * q.column(i).dot(&u)).sum();
    assert!(norm(&(projected - expected)) <= 1e-12 * (1.0 + norm(&u)), "projection on a tied eigenspace");
}

proptest! {
    #[test]
    fn pairs_agree_with_nalgebra(entries in prop::array::uniform32(-1.0..1.0),
                                 more in prop::array::uniform4(-1.0..1.0),
                                 exponents in prop::array::uniform6(-6.0..0.0)) {
        let entries = [&entries[..], &more].concat();
        check_family::<2>(&entries, &exponents);
        check_family::<3>(&entries, &exponents);
        check_family::<4>(&entries, &exponents);
        check_family::<5>(&entries, &exponents);
        check_family::<6>(&entries, &exponents);
    }

    /// Beside a large eigenvalue a tiny one keeps its relative precision: λ1λ2 = det, whose formula has
    /// no cancellation here. (Couplings below 1e-30 of the largest entry are dropped, so no smaller scale.)
    #[test]
    fn tiny_eigenvalues_keep_their_digits(off in -0.9..0.9_f64, exponent in -23.0..-1.0) {
        let s = 10f64.powf(exponent);
        let a = Matrix::<2>::new(1.0, off * s, off * s, s * s);
        let determinant = (1.0 - off) * (1.0 + off) * s * s;
        let [l1, l2] = Eigen::new(&a).values;
        prop_assert!((l1 * l2 / determinant - 1.0).abs() < 1e-13, "{l1:e} {l2:e} {determinant:e}");
    }
}

/// Zero, diagonal and scaled matrices, exactly.
#[test]
fn special_matrices() {
    let zero = Eigen::new(&Matrix::<4>::zeros());
    assert_eq!(zero.values, [0.0; 4]);
    assert_eq!(columns(&zero), Matrix::<4>::identity());
    assert_eq!((zero.top_multiplicity(), zero.scale()), (4, 0.0));
    let diagonal = Eigen::new(&Matrix::<3>::from_diagonal(&Vector::<3>::new(-5.0, 2.0, 1e-300)));
    assert_eq!(diagonal.values, [2.0, 1e-300, -5.0]);
    assert_eq!(columns(&diagonal), Matrix::<3>::new(0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0));
    assert_eq!(diagonal.scale(), 5.0);
    for scale in [1e-150, 1e150] {
        // [[2,1],[1,2]]: eigenvalues 3 and 1, vectors (1,1)/√2 and (1,−1)/√2.
        let eigen = Eigen::new(&(Matrix::<2>::new(2.0, 1.0, 1.0, 2.0) * scale));
        assert!((eigen.values[0] / scale - 3.0).abs() < 1e-14 && (eigen.values[1] / scale - 1.0).abs() < 1e-14);
        // Both components are equally large, so the first one is positive.
        assert!(eigen.vectors[0][0] > 0.0 && eigen.vectors[1][0] > 0.0 && eigen.vectors[1][1] < 0.0);
    }
}

/// Eigenvalues are tied up to 1e-9 max|λ|, also where the largest one is negative.
#[test]
fn ties_are_relative_to_the_largest() {
    let count = |values: [f64; 3]| Eigen::new(&Matrix::<3>::from_diagonal(&values.into())).top_multiplicity();
    assert_eq!(TIE, 1e-9);
    assert_eq!(count([4.0, 4.0 - 3e-9, 1.0]), 2);
    assert_eq!(count([4.0, 4.0 - 5e-9, 1.0]), 1);
    assert_eq!(count([1.0, 1.0 - 3e-9, -4.0]), 2);
    assert_eq!(count([2.0, 2.0, 2.0]), 3);
    assert_eq!(count([-1.0, -3.0, -1.0]), 2);
}

/// Bad input ends, and is visible in the values.
#[test]
fn non_finite_matrices_give_non_finite_values() {
    for bad in [f64::NAN, f64::INFINITY] {
        for (r, c) in [(0, 0), (0, 1), (2, 1)] {
            let mut a = Matrix::<3>::new(2.0, 1.0, 0.5, 1.0, 3.0, 0.25, 0.5, 0.25, 1.0);
            a[(r, c)] = bad;
            a[(c, r)] = bad;
            assert!(Eigen::new(&a).values.iter().any(|value| !value.is_finite()), "{bad} at {r},{c}");
        }
    }
}
