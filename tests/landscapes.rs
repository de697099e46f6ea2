//! What the landscapes' documentation says of runs on them: from the default start with η = 0.01, ρ = 0.1.

mod common;

use common::{finished, scenario, spec};
use samscope::calculus::{Eigen, VecN, landscape};
use samscope::loss::LossSpec;
use samscope::optimizer::Method;

use Method::{Gd, OneSam, Sam};

/// The end of a run of 10⁵ steps.
fn end(loss: &str, params: &[(&str, f64)], method: Method) -> Vec<f64> {
    let racer = finished(&scenario(loss, params, &[], spec(method, 0.01, 0.1), 100_000));
    assert!(racer.x().iter().all(|c| c.is_finite()), "{loss}, {method:?}: {:?}", racer.x());
    racer.x().to_vec()
}

/// λ1 and the trace.
fn sharpness(loss: &LossSpec, x: &[f64]) -> (f64, f64) {
    let hessian = landscape(loss, x.len()).hessian(&VecN::from_slice(x));
    (Eigen::new(&hessian).values[0], hessian.trace())
}

#[track_caller]
fn assert_near(what: &str, a: &[f64], b: &[f64], distance: f64) {
    assert_eq!(a.len(), b.len(), "{what}");
    let worst = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(worst <= distance, "{what}: {a:?}, expected {b:?} within {distance}");
}

/// The valley and the factorization: GD stays where it lands, SAM slides to the flattest.
#[test]
fn sam_slides_to_the_flattest() {
    let gd = end("valley", &[], Gd);
    assert!(gd[0] > 0.9 && gd[1].abs() < 1e-300, "{gd:?}");
    // It then jumps between ±ηρλ1/(2 − ηλ1).
    let sam = end("valley", &[], Sam);
    assert_near("valley", &[sam[0], sam[1].abs()], &[0.0, 0.001 / 1.99], 1e-4);

    for k in [2.0, 3.0, 4.0] {
        let params = [("k", k)];
        let loss = LossSpec::new("matrix-factorization").in_dim(2 * k as usize);
        let (gd, sam) = (end(loss.id(), &params, Gd), end(loss.id(), &params, Sam));
        assert!(sharpness(&loss, &gd).0 > 4.5, "k = {k}: {gd:?}");
        assert!((sharpness(&loss, &sam).0 - 2.0).abs() < 0.02, "k = {k}: {sam:?}");
        // Balanced, along u + v of the start, which is on no axis.
        let sum: Vec<f64> = loss.start().chunks_exact(2).map(|pair| pair[0] + pair[1]).collect();
        let length = sum.iter().map(|c| c * c).sum::<f64>().sqrt();
        let expected: Vec<f64> = sum.iter().flat_map(|c| [c / length; 2]).collect();
        assert_near("factors", &sam, &expected, 0.003);
    }
}

/// Two notions of sharpness choose disjoint sets of features; GD chooses none.
#[test]
fn diagonal_net_tells_sam_from_one_sam() {
    let beta = |x: &[f64]| x.chunks_exact(2).map(|p| p[0] * p[0] - p[1] * p[1]).collect::<Vec<_>>();
    let loss = LossSpec::new("diagonal-net");
    let [gd, sam, one_sam] = [Gd, Sam, OneSam].map(|method| end("diagonal-net", &[], method));
    assert_near("gd", &beta(&gd), &[0.46, 0.37, 0.49, 0.31], 0.006);
    assert_near("sam", &beta(&sam), &[0.0, 0.0, 47.0 / 48.0, 967.0 / 1200.0], 0.02);
    assert_near("one-sam", &beta(&one_sam), &[1.0, 0.5, 0.0, 0.0], 0.02);
    let of = |x: &[f64]| sharpness(&loss, x);
    let (gd, sam, one_sam) = (of(&gd), of(&sam), of(&one_sam));
    assert_near("λ1", &[gd.0, sam.0, one_sam.0], &[6.435, 2.31, 2.74], 0.06);
    assert_near("Tr", &[gd.1, sam.1, one_sam.1], &[8.358, 3.57, 3.0], 0.06);
}

/// SAM and 1-SAM halve the sharpness of the network's minimum, and make the function odd.
#[test]
fn tiny_mlp_becomes_odd() {
    let loss = LossSpec::new("tiny-mlp");
    let (l1, trace) = sharpness(&loss, &end("tiny-mlp", &[], Gd));
    assert!((l1 - 4.72).abs() < 0.01 && (trace - 8.30).abs() < 0.01, "{l1}, {trace}");
    for (method, least_trace) in [(Sam, 4.34), (OneSam, 3.84)] {
        let x = end("tiny-mlp", &[], method);
        let (l1, trace) = sharpness(&loss, &x);
        assert!(l1 < 2.1 && (trace - least_trace).abs() < 0.1, "{method:?}: {l1}, {trace}");
        assert_near("odd", &[x[0], x[1], x[2], x[4], x[9]], &[x[6], -x[7], x[8], 0.0, 0.0], 0.02);
    }
}

/// The minimizer without interpolation: GD rests there, SAM jumps across it, 1-SAM hovers.
#[test]
fn two_moons_have_one_minimum() {
    let minimum = LossSpec::new("two-moons-logistic").landmarks(2)[0].x.clone();
    assert_near("minimum", &minimum, &[-1.029_518_870_7, 3.263_043_109_0], 1e-9);
    assert_near("gd", &end("two-moons-logistic", &[], Gd), &minimum, 1e-10);
    assert_near("sam", &end("two-moons-logistic", &[], Sam), &minimum, 1e-3);
    let one_sam = end("two-moons-logistic", &[], OneSam);
    assert_near("one-sam", &one_sam, &minimum, 0.5);
    assert!((one_sam[0] - minimum[0]).abs() > 0.01, "{one_sam:?}");
}
