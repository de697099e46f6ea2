//! The Jacobi eigensolver, against nalgebra's and against the definition.

use nalgebra::{DMatrix, SymmetricEigen};
use proptest::prelude::*;
use samscope::calculus::{Eigen, MatN, RANK, TIE, VecN};
use samscope::loss::DIM_MAX;

/// Rounding of an orthogonal iteration of this size.
const EXACT: f64 = 2e-13;

fn largest(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |largest, c| largest.max(c.abs()))
}

fn diagonal(values: &[f64]) -> MatN {
    MatN::symmetric(values.len(), |r, c| if r == c { values[r] } else { 0.0 })
}

/// nalgebra's eigenvalues, descending.
fn reference(a: &DMatrix<f64>) -> Vec<f64> {
    let mut values: Vec<f64> = SymmetricEigen::new(a.clone()).eigenvalues.iter().copied().collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

/// Everything that an eigendecomposition promises.
fn check(a: &MatN) {
    let n = a.dim();
    let eigen = Eigen::new(a);
    let theirs = DMatrix::from_fn(n, n, |r, c| a.at(r, c));
    let scale = theirs.norm();
    assert_eq!((eigen.values.len(), eigen.vectors().len()), (n, n));
    for (ours, theirs) in eigen.values.iter().zip(reference(&theirs)) {
        assert!((ours - theirs).abs() <= EXACT * scale, "{a:?}: {:?} and {theirs}", eigen.values);
    }
    assert!(eigen.values.is_sorted_by(|a, b| a >= b), "{a:?}: {:?}", eigen.values);
    for (i, (value, v)) in eigen.values.iter().zip(eigen.vectors()).enumerate() {
        let residual = (a.times(v) - *v * *value).norm();
        assert!(residual <= EXACT * scale, "{a:?}: residual {residual:e} of pair {i}");
        for (j, other) in eigen.vectors().iter().enumerate() {
            let expected = f64::from(u8::from(i == j));
            assert!((v.dot(other) - expected).abs() <= EXACT, "{a:?}: ⟨v{i}, v{j}⟩ = {}", v.dot(other));
        }
        let lead = v.iter().find(|c| c.abs() >= largest(v) - 1e-9).expect("a vector has a largest component");
        assert!(*lead > 0.0, "{a:?}: the sign of {v:?}");
    }
    check_counts(&eigen);
}

/// Scale, ties, rank and λM from the eigenvalues alone; projections and the top direction from the pairs.
fn check_counts(eigen: &Eigen) {
    let n = eigen.values.len();
    assert_eq!(eigen.scale(), largest(&eigen.values));
    let tied = eigen.values.iter().filter(|l| eigen.values[0] - **l <= 1e-9 * eigen.scale()).count();
    assert_eq!(eigen.top_multiplicity(), tied, "{:?}", eigen.values);
    let nonzero: Vec<f64> = eigen.values.iter().copied().filter(|l| l.abs() > 1e-6 * eigen.scale()).collect();
    assert_eq!(eigen.rank(), nonzero.len(), "{:?}", eigen.values);
    assert_eq!(eigen.lambda_m(), nonzero.last().copied().unwrap_or(0.0), "{:?}", eigen.values);
    let top = eigen.top_direction();
    assert!((top.norm() - 1.0).abs() <= EXACT, "{top:?}");
    assert!((eigen.project_on_top(&top) - top).norm() <= EXACT, "{top:?} is in the top eigenspace");
    for i in 0..n {
        let axis = VecN::axis(n, i);
        let (on_top, on_null) = (eigen.project_on_top(&axis), eigen.project_on_null(&axis));
        assert!((eigen.project_on_top(&on_top) - on_top).norm() <= EXACT, "projecting twice changes nothing");
        assert!((eigen.project_on_null(&on_null) - on_null).norm() <= EXACT, "projecting twice changes nothing");
        for (k, v) in eigen.vectors().iter().enumerate() {
            let expected = if eigen.is_nonzero(k) { 0.0 } else { v[i] };
            assert!((v.dot(&on_null) - expected).abs() <= EXACT, "part of P⊥e{i} along v{k}");
        }
    }
    // The axis that it comes from is the first of those with the longest projection on the top eigenspace.
    let length = |i: usize| eigen.project_on_top(&VecN::axis(n, i)).norm();
    let longest = (0..n).map(length).fold(0.0, f64::max);
    let first = (0..n).find(|&i| length(i) >= longest - 1e-9).expect("some axis has it");
    assert!(top[first] > 0.0, "{top:?}");
}

/// A random symmetric n×n matrix, the same badly scaled, with ties, of low rank, and diagonal.
fn check_family(n: usize, entries: &[f64], exponents: &[f64]) {
    let a = MatN::symmetric(n, |r, c| entries[r.min(c) * DIM_MAX + r.max(c)]);
    check(&a);
    check(&MatN::symmetric(n, |r, c| a.at(r, c) * 10f64.powf(exponents[r] + exponents[c])));
    check(&MatN::symmetric(n, |r, c| if r == c { a.at(r, r) } else { 0.0 }));
    // Orthogonal vectors, held to be so by check(&a).
    let q = Eigen::new(&a);
    let with_values = |f: &dyn Fn(usize) -> f64| {
        let entry = |r: usize, c: usize| q.vectors().iter().enumerate().map(|(k, v)| f(k) * v[r] * v[c]).sum();
        MatN::symmetric(n, entry)
    };
    let u = VecN::from_slice(&exponents[..n]);
    let part = |within: &dyn Fn(usize) -> bool| {
        let chosen = q.vectors().iter().enumerate().filter(|(k, _)| within(*k));
        chosen.fold(VecN::zeros(n), |sum, (_, v)| sum + *v * v.dot(&u))
    };
    let near = |a: VecN, b: VecN, what: &str| {
        assert!((a - b).norm() <= 1e-12 * (1.0 + u.norm()), "{what}: {a:?} and {b:?}");
    };

    let tied = with_values(&|k| if k < 2 { 3.0 } else { 1.0 });
    check(&tied);
    let tied = Eigen::new(&tied);
    assert_eq!((tied.top_multiplicity(), tied.rank()), (2, n));
    near(tied.project_on_top(&u), part(&|k| k < 2), "projection on a tied eigenspace");
    near(tied.project_on_null(&u), VecN::zeros(n), "no null space");

    // M eigenvalues on Γ, the others zero up to rounding.
    for m in 1..n {
        let low = with_values(&|k| if k < m { 5.0 / (1.0 + k as f64) } else { 0.0 });
        check(&low);
        let low = Eigen::new(&low);
        assert_eq!((low.rank(), low.top_multiplicity()), (m, 1));
        assert!((low.lambda_m() - 5.0 / m as f64).abs() <= 1e-12, "{:?}", low.values);
        near(low.project_on_null(&u), part(&|k| k >= m), "projection on the null space");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn pairs_agree_with_nalgebra(entries in prop::collection::vec(-1.0..1.0, DIM_MAX * DIM_MAX),
                                 exponents in prop::array::uniform16(-6.0..0.0)) {
        for n in [2, 3, 4, 5, 6, 8, 11, 16] {
            check_family(n, &entries, &exponents);
        }
    }

    /// Beside a large eigenvalue a tiny one keeps its relative precision: λ1λ2 = det, whose formula has
    /// no cancellation here. (Couplings below 1e-30 of the largest entry are dropped, so no smaller scale.)
    #[test]
    fn tiny_eigenvalues_keep_their_digits(off in -0.9..0.9_f64, exponent in -23.0..-1.0) {
        let s = 10f64.powf(exponent);
        let a = MatN::symmetric(2, |r, c| [[1.0, off * s], [off * s, s * s]][r][c]);
        let determinant = (1.0 - off) * (1.0 + off) * s * s;
        let [l1, l2] = Eigen::new(&a).values[..] else { panic!("two values") };
        prop_assert!((l1 * l2 / determinant - 1.0).abs() < 1e-13, "{l1:e} {l2:e} {determinant:e}");
    }
}

/// Zero, diagonal and scaled matrices, exactly; one dimension too.
#[test]
fn special_matrices() {
    let zero = Eigen::new(&diagonal(&[0.0; DIM_MAX]));
    assert_eq!(*zero.values, [0.0; DIM_MAX]);
    for (i, v) in zero.vectors().iter().enumerate() {
        assert_eq!(*v, VecN::axis(DIM_MAX, i));
    }
    assert_eq!((zero.top_multiplicity(), zero.scale()), (DIM_MAX, 0.0));
    assert_eq!((zero.rank(), zero.lambda_m(), zero.top_direction()), (0, 0.0, VecN::axis(DIM_MAX, 0)));
    let u = VecN::from_fn(DIM_MAX, |i| i as f64 - 3.0);
    assert_eq!(zero.project_on_null(&u), u);
    let one = Eigen::new(&diagonal(&[-7.0]));
    assert_eq!((&one.values[..], &one.vectors()[0][..]), (&[-7.0][..], &[1.0][..]));
    let mixed = Eigen::new(&diagonal(&[-5.0, 2.0, 1e-300]));
    assert_eq!(*mixed.values, [2.0, 1e-300, -5.0]);
    assert_eq!(mixed.vectors(), [VecN::axis(3, 1), VecN::axis(3, 2), VecN::axis(3, 0)]);
    assert_eq!((mixed.scale(), mixed.rank(), mixed.lambda_m()), (5.0, 2, -5.0));
    assert_eq!(mixed.project_on_null(&VecN::from_slice(&[1.0, 2.0, 3.0])), VecN::from_slice(&[0.0, 0.0, 3.0]));
    for scale in [1e-150, 1e150] {
        // [[2,1],[1,2]]: eigenvalues 3 and 1, vectors (1,1)/√2 and (1,−1)/√2.
        let eigen = Eigen::new(&MatN::symmetric(2, |r, c| if r == c { 2.0 * scale } else { scale }));
        assert!((eigen.values[0] / scale - 3.0).abs() < 1e-14 && (eigen.values[1] / scale - 1.0).abs() < 1e-14);
        // Both components are equally large, so the first one is positive.
        let v = eigen.vectors();
        assert!(v[0][0] > 0.0 && v[1][0] > 0.0 && v[1][1] < 0.0);
    }
}

/// The direction of a zero gradient: the axis with the longest projection on the top eigenspace, projected.
#[test]
fn top_direction_is_a_definite_choice() {
    let top = |values: &[f64]| Eigen::new(&diagonal(values)).top_direction();
    assert_eq!(top(&[1.0, 4.0, 2.0]), VecN::axis(3, 1));
    assert_eq!(top(&[1.0, 4.0, 4.0]), VecN::axis(3, 1));
    assert_eq!(top(&[-1.0, -4.0]), VecN::axis(2, 0));
    // Top eigenspace spanned by (1,1,0)/√2 and e3: e3 lies in it.
    let a = MatN::symmetric(3, |r, c| [[1.5, 0.5, 0.0], [0.5, 1.5, 0.0], [0.0, 0.0, 2.0]][r][c]);
    assert!((Eigen::new(&a).top_direction() - VecN::axis(3, 2)).norm() < 1e-15);
    // Of equally long projections the first one counts.
    let equal = MatN::symmetric(2, |r, c| if r == c { 2.0 } else { -1.0 });
    let root = std::f64::consts::FRAC_1_SQRT_2;
    assert!((Eigen::new(&equal).top_direction() - VecN::from_slice(&[root, -root])).norm() < 1e-15);
    // v1 = (−3, 4)/5 is the top direction where λ1 is simple, with the same sign.
    let b = MatN::symmetric(2, |r, c| [-0.6, 0.8][r] * [-0.6, 0.8][c]);
    assert!((Eigen::new(&b).vectors()[0] - VecN::from_slice(&[-0.6, 0.8])).norm() < 1e-15);
    assert!((Eigen::new(&b).top_direction() - VecN::from_slice(&[-0.6, 0.8])).norm() < 1e-15);
}

/// Eigenvalues are tied up to 1e-9 max|λ| and non-zero above 1e-6 max|λ|, also where the largest one is negative.
#[test]
fn ties_and_rank_are_relative_to_the_largest() {
    let count = |values: [f64; 3]| Eigen::new(&diagonal(&values)).top_multiplicity();
    assert_eq!((TIE, RANK), (1e-9, 1e-6));
    assert_eq!(count([4.0, 4.0 - 3e-9, 1.0]), 2);
    assert_eq!(count([4.0, 4.0 - 5e-9, 1.0]), 1);
    assert_eq!(count([1.0, 1.0 - 3e-9, -4.0]), 2);
    assert_eq!(count([2.0, 2.0, 2.0]), 3);
    assert_eq!(count([-1.0, -3.0, -1.0]), 2);
    let rank = |values: [f64; 3]| (Eigen::new(&diagonal(&values)).rank(), Eigen::new(&diagonal(&values)).lambda_m());
    assert_eq!(rank([4.0, 5e-6, 0.0]), (2, 5e-6));
    assert_eq!(rank([4.0, 3e-6, 0.0]), (1, 4.0));
    assert_eq!(rank([1.0, -4.0, 3e-6]), (2, -4.0));
}

/// Bad input ends, and is visible in the values.
#[test]
fn non_finite_matrices_give_non_finite_values() {
    for bad in [f64::NAN, f64::INFINITY] {
        for at in [(0, 0), (0, 1), (2, 1)] {
            let good = [[2.0, 1.0, 0.5], [1.0, 3.0, 0.25], [0.5, 0.25, 1.0]];
            let a = MatN::symmetric(3, |r, c| if (r, c) == at || (c, r) == at { bad } else { good[r][c] });
            assert!(Eigen::new(&a).values.iter().any(|value| !value.is_finite()), "{bad} at {at:?}");
        }
    }
}
