//! The loss on which every notion of sharpness differs: its Γ, H on Γ and where each notion is least, in closed form.

use std::f64::consts::TAU;

use samscope::calculus::{Eigen, Landscape, VecN, landscape};
use samscope::loss::{LandmarkKind, LossSpec};
use samscope::theory::{FlowRequest, Functional, flow, phi};

/// A_i = a_i + c of the default parameters.
const A: [f64; 3] = [2.8, 2.1, 1.2];
const C: f64 = 0.5;

fn loss(dim: usize) -> (LossSpec, std::sync::Arc<dyn Landscape>) {
    let spec = LossSpec::new("notions").in_dim(dim).resolved().expect("valid");
    let built = landscape(&spec, dim);
    (spec, built)
}

/// The point of Γ with these u.
fn on_gamma(u: &[f64]) -> VecN {
    let mut x = VecN::zeros(2 * u.len() - 1);
    u.iter().zip([0, 1, 3]).for_each(|(u, place)| x[place] = *u);
    x
}

/// Points u on the circle or on the sphere.
fn directions(m: usize) -> Vec<Vec<f64>> {
    let circle = (0..48).map(|i| f64::from(i) * TAU / 48.0).map(|angle| vec![angle.cos(), angle.sin()]);
    if m == 2 {
        return circle.collect();
    }
    let heights = [-0.96, -0.6, -0.28, 0.0, 0.28, 0.6, 0.96];
    circle
        .flat_map(|u| heights.map(|h: f64| vec![u[0] * (1.0 - h * h).sqrt(), u[1] * (1.0 - h * h).sqrt(), h]))
        .collect()
}

/// (A_i − c u_i)², descending.
fn eigenvalues(u: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = u.iter().zip(A).map(|(u, a)| (a - C * u) * (a - C * u)).collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

#[track_caller]
fn assert_near(what: &str, a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{what}: {a}, expected {b}");
}

#[test]
fn the_hessian_on_gamma_is_the_closed_form_and_diagonal_nowhere() {
    for m in [2, 3] {
        let (_, loss) = loss(2 * m - 1);
        for u in directions(m) {
            let x = on_gamma(&u);
            assert!(loss.value(&x) < 1e-30 && loss.gradient(&x).norm() < 1e-15, "{u:?}");
            let eigen = Eigen::new(&loss.hessian(&x));
            for (found, expected) in eigen.values.iter().zip(eigenvalues(&u).into_iter().chain([0.0, 0.0])) {
                assert_near("eigenvalue", *found, expected, 1e-13);
            }
            // No eigenvector of a non-zero eigenvalue lies along a coordinate axis.
            let straight = |v: &VecN| v.iter().any(|c| c.abs() > 0.999);
            assert!(!eigen.vectors()[..m].iter().any(straight), "{u:?}: {:?}", eigen.vectors());
        }
    }
}

/// Setting 5.1: as many samples as normal directions, each of rank one, with independent, not orthogonal gradients.
#[test]
fn samples_have_rank_one_on_gamma() {
    for m in [2, 3] {
        let (spec, loss) = loss(2 * m - 1);
        assert_eq!(spec.samples(), m);
        for u in directions(m) {
            let x = on_gamma(&u);
            let tops: Vec<(f64, VecN)> = (0..m)
                .map(|k| {
                    let eigen = Eigen::new(&loss.sample(k).hessian(&x));
                    assert!(eigen.values[1].abs() < 1e-13, "{u:?}: {:?}", eigen.values);
                    (eigen.values[0], eigen.vectors()[0])
                })
                .collect();
            let mean = tops.iter().map(|(top, _)| top).sum::<f64>() / m as f64;
            assert_near("the mean's trace", mean, eigenvalues(&u).iter().sum(), 1e-12);
            for k in 1..m {
                let cosine = tops[0].1.dot(&tops[k].1).abs();
                assert!(cosine < 0.9, "{u:?}: samples 0 and {k} are parallel");
            }
        }
        let x = on_gamma(&directions(m)[5]);
        let top = |k| Eigen::new(&loss.sample(k).hessian(&x)).vectors()[0];
        assert!(top(0).dot(&top(1)).abs() > 0.1, "not orthogonal");
    }
}

/// The landmarks are the exact points, and on a grid over Γ no notion is smaller anywhere.
#[test]
fn each_notion_is_least_at_its_own_point() {
    let expected: [(usize, [&[f64]; 3]); 2] = [
        (2, [&[1.0, 0.0], &[0.0, 1.0], &[0.8, 0.6]]),
        (3, [&[1.0, 0.0, 0.0], &[0.0, 0.0, 1.0], &[28.0 / 37.0, 21.0 / 37.0, 12.0 / 37.0]]),
    ];
    let kinds = [LandmarkKind::LeastLambda1, LandmarkKind::LeastLambdaM, LandmarkKind::LeastTrace];
    for (m, places) in expected {
        let (spec, _) = loss(2 * m - 1);
        let marks = spec.landmarks(2 * m - 1);
        let notions: [fn(&[f64]) -> f64; 3] = [|v| v[0], |v| v[v.len() - 1], |v| v.iter().sum()];
        for ((mark, kind), (place, notion)) in marks.iter().zip(kinds).zip(places.into_iter().zip(notions)) {
            assert_eq!(mark.kind, kind);
            assert!((VecN::from_slice(&mark.x) - on_gamma(place)).norm() < 1e-15, "{mark:?}");
            let least = notion(&eigenvalues(place));
            assert!(directions(m).iter().all(|u| notion(&eigenvalues(u)) >= least - 1e-12), "{kind:?}");
        }
        // λ1 is simple where it is least.
        let there = eigenvalues(places[0]);
        assert!(there[0] - there[1] > 0.1 * there[0]);
    }
}

/// λ1 and λ2 cross at (0.8, −0.6) and (0.6, −0.8); the order of the two is another one between those points.
#[test]
fn the_eigenvalues_cross() {
    let (_, loss) = loss(3);
    let of = |u: &[f64]| Eigen::new(&loss.hessian(&on_gamma(u)));
    for u in [[0.8, -0.6], [0.6, -0.8]] {
        let values = of(&u).values;
        assert_near("the two are equal", values[0], values[1], 1e-13);
    }
    let half = 0.5_f64.sqrt();
    let (outside, between) = (of(&[0.9, -0.19_f64.sqrt()]), of(&[half, -half]));
    assert!(outside.vectors()[0].dot(&between.vectors()[0]).abs() < 0.5, "v1 jumps");
}

/// The trace's flow on the circle is tan(φ/2) ∝ e^(−c|A|τ), φ from its minimum; λ1's has dφ/dτ = −c(A1 − c cos φ) sin φ.
#[test]
fn flows_on_the_circle_are_the_closed_forms() {
    let (_, loss) = loss(3);
    let start = 1.2_f64;
    let from = on_gamma(&[start.cos(), start.sin()]);
    let angle = |of, tau| {
        let request = FlowRequest { of, tau, eta: None, clarke: false };
        let end = flow(loss.as_ref(), &from, &request).expect("a flow").end().to_vec();
        assert!((end[0].hypot(end[1]) - 1.0).abs() < 1e-10 && end[2].abs() < 1e-10, "on Γ");
        end[1].atan2(end[0])
    };
    let least = 0.6_f64.atan2(0.8);
    let expected = least + 2.0 * ((0.5 * (start - least)).tan() * (-C * 3.5 * 0.7_f64).exp()).atan();
    assert_near("the trace's flow", angle(Functional::Trace, 0.7), expected, 1e-8);
    let mut phi = start;
    let slope = |phi: f64| -C * (A[0] - C * phi.cos()) * phi.sin();
    for _ in 0..700 {
        let middle = phi + 0.0005 * slope(phi);
        phi += 0.001 * slope(middle);
    }
    assert_near("λ1's flow", angle(Functional::Lambda1, 0.7), phi, 1e-6);
}

/// From the middle of the sphere outwards: the start and points far away land on Γ.
#[test]
fn gradient_flow_leads_to_gamma() {
    for m in [2, 3] {
        let (spec, loss) = loss(2 * m - 1);
        for scale in [0.4, 1.0, 3.0] {
            let start: Vec<f64> = spec.start().iter().map(|c| scale * c).collect();
            let x = phi(loss.as_ref(), &start).expect("a minimum");
            let radius = x.iter().enumerate().filter(|(i, _)| [0, 1, 3].contains(i)).map(|(_, u)| u * u).sum::<f64>();
            assert_near("|u|²", radius, 1.0, 1e-11);
            assert!(x[2].abs() < 1e-11, "{x:?}");
        }
    }
}
