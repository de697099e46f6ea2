//! Claims on the finite-η law (fact 11): how well SAM obeys it, what it leaves, and where its 2-cycle unlocks.

use super::curved::bend;
use super::hyperbola::{LOCKED, hyperbola};
use super::runs::{
    after, compare, distance, end, exponent, loss_of, phi_of, rates, sharpness_at_phi, sharpness_of, threshold,
    updates, with,
};
use super::{Bound, Claim, Compared, Evidence, Formula, Kind};
use crate::calculus::{Eigen, Landscape, VecN};
use crate::optimizer::Method;
use crate::run::{Racer, Scenario};
use crate::theory::locking_radius;

/// How long runs on the curved valley are.
const TAU: f64 = 0.1;

/// The law at one η: from SAM's own landing point, what is left of τ = 0.5.
fn law(scenario: &Scenario) -> Evidence {
    let ((eta, rho), loss) = (rates(scenario), loss_of(scenario));
    let measured = sharpness_at_phi(loss.as_ref(), &end(scenario));
    let landing = after(scenario, &scenario.init, LOCKED);
    let left = (scenario.steps - LOCKED) as f64 * eta * rho * rho;
    compare(measured, move |f| sharpness_of(loss.as_ref(), f.lawful(loss.as_ref(), &landing, left, eta)))
}

fn valley(eta: f64, rho: f64) -> Scenario {
    bend((Method::Sam, eta, rho), updates(TAU, eta, rho))
}

const LAW: &str = "On the hyperbola the law's remainder is O(ηρ²): half of that.";

fn law_scenario(eta: f64) -> Scenario {
    hyperbola([2.0, 0.52], (Method::Sam, eta, 0.02), updates(0.5, eta, 0.02))
}

/// Whether every update of the second half goes the other way than the one before: just above ρ* some don't.
fn is_locked(scenario: &Scenario) -> bool {
    let mut racer = Racer::new(scenario.run_spec(0));
    racer.advance(scenario.steps / 2);
    let goes_up = |racer: &mut Racer| {
        let before = racer.x()[0];
        racer.advance(1);
        racer.x()[0] > before
    };
    let ways: Vec<bool> = (scenario.steps / 2..scenario.steps).map(|_| goes_up(&mut racer)).collect();
    ways.windows(2).all(|pair| pair[0] != pair[1])
}

/// The eigenvalues at (1, 1), and c = ∂³L[v1,v1,v1] for v1 = (1, 1)/√2.
fn at_flattest(loss: &dyn Landscape) -> (Vec<f64>, f64) {
    let at = VecN::from_slice(&[1.0, 1.0]);
    let eigen = Eigen::new(&loss.hessian(&at));
    let v = eigen.vectors()[0];
    (eigen.values.to_vec(), v.dot(&loss.along(&at, &v).second))
}

const LOCKING: &str = "The threshold is found to a relative 1e-9.";

/// A method beside (1, 1), on the line along v1, on which it stays to the last bit.
fn lockable(method: Method, eta: f64, steps: u64) -> Scenario {
    hyperbola([1.0 + eta, 1.0 + eta], (method, eta, 0.5 * eta), steps)
}

/// The largest ρ for which the 2-cycle at (1, 1) is locked; `turn` is where the perturbation changes sides.
fn locking(scenario: &Scenario, turn: fn(&Formula, f64) -> f64) -> Evidence {
    let eta = rates(scenario).0;
    let largest = threshold(0.01 * eta, 2.0 * eta, |rho| is_locked(&with(scenario, eta, rho, scenario.steps)));
    compare(largest, move |f| {
        let pull = |s: f64| f.two() * s + f.square(s) * 3.0 / libm::sqrt(2.0) + 0.5 * s * s * s;
        locking_radius(eta, 4.0 * eta, |rho| turn(f, rho), pull)
    })
}

/// SAM's.
fn locking_of_sam(scenario: &Scenario) -> Evidence {
    locking(scenario, |_, _| 0.0)
}

/// Descent on L^Max's, whose worst direction turns where L(s + ρ) = L(s − ρ). On the line along v1 L = s² + s³/√2 + s⁴/8, so
/// that this is 2s + (3s² + ρ²)/√2 + s(s² + ρ²)/2 = 0.
fn locking_of_worst(scenario: &Scenario) -> Evidence {
    locking(scenario, |f, rho| {
        let squared = rho * rho;
        let is_before =
            |s: f64| 2.0 * s + (3.0 * s * s + f.plus(squared)) / libm::sqrt(2.0) + 0.5 * s * (s * s + squared) < 0.0;
        threshold(-rho, rho, is_before)
    })
}

/// The mean sign of xy − 1, which is the side of v1 at (1, 1), after 10 000 updates.
fn mean_side(scenario: &Scenario) -> f64 {
    let mut racer = Racer::new(scenario.run_spec(0));
    racer.advance(10_000);
    let mut sum = 0.0;
    while racer.stop_reason().is_none() {
        racer.advance(1);
        sum += (racer.x()[0] * racer.x()[1] - 1.0).signum();
    }
    sum / (scenario.steps - 10_000) as f64
}

/// A run on the curved valley with one η and ρ: where it has locked, τ from there, and Φ of its end.
struct Leg {
    eta: f64,
    rho: f64,
    landing: Vec<f64>,
    tau: f64,
    end: Vec<f64>,
}

impl Leg {
    fn new(scenario: &Scenario, (eta, rho): (f64, f64)) -> Self {
        // SAM has locked into its 2-cycle after this time of gradient flow.
        let landing = after(&with(scenario, eta, rho, 0), &scenario.init, (10.0 / eta) as u64);
        let steps = updates(TAU, eta, rho);
        let end = phi_of(loss_of(scenario).as_ref(), &after(&with(scenario, eta, rho, 0), &landing, steps));
        Self { eta, rho, landing, tau: steps as f64 * eta * rho * rho, end }
    }

    /// The end of the law's flow from `from` after a part of τ; NaN where there is none.
    fn lawful(&self, f: &Formula, loss: &dyn Landscape, from: &[f64], part: f64) -> VecN {
        let flow = f.lawful(loss, from, part * self.tau, self.eta);
        flow.map_or(VecN::from_fn(from.len(), |_| f64::NAN), |flow| VecN::from_slice(flow.end()))
    }

    /// The same for all of τ with the law's next term, in pieces: half of a piece by the law, the term, and the other half.
    fn with_next(&self, f: &Formula, loss: &dyn Landscape) -> VecN {
        const PIECES: u32 = 8;
        let (right, piece) = (Formula::right(), 1.0 / f64::from(PIECES));
        (0..PIECES).fold(VecN::from_slice(&self.landing), |x, _| {
            let half_way = self.lawful(&right, loss, &x, 0.5 * piece);
            let pushed = half_way + next_term(f, loss, &half_way) * (piece * self.tau * self.rho * self.rho / self.eta);
            self.lawful(&right, loss, &pushed, 0.5 * piece)
        })
    }
}

/// What is left of the distance from Φ(x_t) to the law for ρ = 0.01 … 0.00125 at one η: its exponent in ρ.
fn remainder(scenario: &Scenario) -> Evidence {
    let (eta, loss) = (rates(scenario).0, loss_of(scenario));
    let legs = [0.01, 0.005, 0.0025, 0.00125].map(|rho| Leg::new(scenario, (eta, rho)));
    Box::new(move |f| {
        let left = |leg: &Leg| distance(&leg.lawful(f, loss.as_ref(), &leg.landing, 1.0), &leg.end);
        let errors = legs.each_ref().map(|leg| (leg.rho, left(leg)));
        Compared { predicted: f.order(2.0), measured: exponent(&errors) }
    })
}

/// The law's next term in dX/dτ, over ρ²/η: `Σ_j c c_j P⊥∂³L[v1,vj,·]/(2λj λ1²(1 − (λj/λ1)²))` with `c = ∂³L[v1,v1,v1]`,
/// `c_j = ∂³L[v1,v1,vj]`, over the other normal directions.
fn next_term(f: &Formula, loss: &dyn Landscape, x: &VecN) -> VecN {
    let eigen = Eigen::new(&loss.hessian(x));
    let (lambda_1, v) = (eigen.values[0], eigen.vectors()[0]);
    let push = loss.along(x, &v).second;
    let of = |j: usize| {
        let (lambda, other) = (eigen.values[j], eigen.vectors()[j]);
        let mixed = (loss.along(x, &(v + other)).second - loss.along(x, &(v - other)).second) * 0.25;
        let share = f.two() * lambda * lambda_1 * lambda_1 * (1.0 - f.square(lambda / lambda_1));
        mixed * (f.plus(v.dot(&push)) * other.dot(&push) / share)
    };
    eigen.project_on_null(&(1..eigen.rank()).map(of).fold(VecN::zeros(x.len()), |sum, term| sum + term))
}

/// What the law leaves over ρ², at two η with ρ = η/4: how fast it grows with 1/η.
fn next_order(scenario: &Scenario) -> Evidence {
    let loss = loss_of(scenario);
    let legs = [0.0125, 0.00625].map(|eta| Leg::new(scenario, (eta, 0.25 * eta)));
    let by_law = legs.each_ref().map(|leg| leg.lawful(&Formula::right(), loss.as_ref(), &leg.landing, 1.0));
    let left = [0, 1].map(|k| VecN::from_slice(&legs[k].end) - by_law[k]);
    // Along the same direction for both.
    let direction = left[1].unit().unwrap_or(left[1]);
    let slope = move |legs: &[Leg; 2], left: [VecN; 2]| {
        let [first, second] = [0, 1].map(|k| left[k].dot(&direction) / (legs[k].rho * legs[k].rho));
        (second - first) / (1.0 / legs[1].eta - 1.0 / legs[0].eta)
    };
    compare(slope(&legs, left), move |f| slope(&legs, [0, 1].map(|k| legs[k].with_next(f, loss.as_ref()) - by_law[k])))
}

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "finite-eta-law-0.2",
        statement: r"At a finite learning rate SAM drifts faster than the limiting flow, by $(2/(2-\eta\lambda_1))^2$: with $\eta$ = 0.2, $\lambda_1$ falls to 2.082 where the flow alone would have 2.425.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LAW,
        tolerance: 4e-5,
        bound: Bound::Equal,
        scenario: || law_scenario(0.2),
        evidence: law,
    },
    Claim {
        id: "finite-eta-law-0.1",
        statement: "The finite-η law at η = 0.1: λ1 falls to 2.2144.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LAW,
        tolerance: 2e-5,
        bound: Bound::Equal,
        scenario: || law_scenario(0.1),
        evidence: law,
    },
    Claim {
        id: "finite-eta-law-0.02",
        statement: "The finite-η law at η = 0.02: λ1 falls to 2.378, still not the limit's 2.425.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LAW,
        tolerance: 4e-6,
        bound: Bound::Equal,
        scenario: || law_scenario(0.02),
        evidence: law,
    },
    Claim {
        id: "locking",
        statement: r"The 2-cycle locks only while $\rho$ is below $\rho^*$, where one of its points touches $\Gamma$: $f(\rho^*) + f(-\rho^*-\eta f(\rho^*)) = 0$ with $f$ the derivative of $L$ along $v_1$; at (1,1) and $\eta$ = 0.01 that is 0.9332$\eta$.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LOCKING,
        tolerance: 1e-11,
        bound: Bound::Equal,
        scenario: || lockable(Method::Sam, 0.01, 30_000),
        evidence: locking_of_sam,
    },
    Claim {
        id: "locking-0.1",
        statement: "At η = 0.1 ρ* is 0.8329η, where for small η it is ηλ1²/|c| = 0.943η.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LOCKING,
        tolerance: 1e-10,
        bound: Bound::Equal,
        scenario: || lockable(Method::Sam, 0.1, 30_000),
        evidence: locking_of_sam,
    },
    Claim {
        id: "locking-0.05",
        statement: "At η = 0.05 it is 0.8912η.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LOCKING,
        tolerance: 1e-10,
        bound: Bound::Equal,
        scenario: || lockable(Method::Sam, 0.05, 30_000),
        evidence: locking_of_sam,
    },
    Claim {
        id: "locking-0.2",
        statement: "At η = 0.2 it is 0.7106η.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LOCKING,
        tolerance: 3e-10,
        bound: Bound::Equal,
        scenario: || lockable(Method::Sam, 0.2, 30_000),
        evidence: locking_of_sam,
    },
    Claim {
        id: "locking-0.3",
        statement: "At η = 0.3 it is 0.5973η.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LOCKING,
        tolerance: 3e-10,
        bound: Bound::Equal,
        scenario: || lockable(Method::Sam, 0.3, 30_000),
        evidence: locking_of_sam,
    },
    Claim {
        id: "locking-max",
        statement: "Descent on L^Max locks longer than SAM, since its worst direction turns beside Γ, where L(x+ρv1) = L(x−ρv1): at η = 0.1 up to 1.1247η, for small η up to 3/2 of SAM's ρ*.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: LOCKING,
        tolerance: 5e-10,
        bound: Bound::Equal,
        scenario: || lockable(Method::MaxDescent, 0.1, 2000),
        evidence: locking_of_worst,
    },
    Claim {
        id: "mixed-signs",
        statement: "Above that radius the gradient points to either side of the minimizers in no fixed order, on average by −ρc/(2λ1) to the side of v1.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: "The mean over 200 000 updates of a sign, and the next order in ρ.",
        tolerance: 1e-3,
        bound: Bound::Equal,
        scenario: || hyperbola([1.0, 1.05], (Method::Sam, 0.01, 0.1), 200_000),
        evidence: |scenario| {
            let (rho, loss) = (rates(scenario).1, loss_of(scenario));
            let (lambdas, third) = at_flattest(loss.as_ref());
            compare(mean_side(scenario), move |f| f.plus(-rho * third) / (f.two() * f.top(&lambdas)))
        },
    },
    Claim {
        id: "finite-eta-law-remainder",
        statement: "At a fixed η the finite-η law leaves O(ρ²) on a curved valley with two normal directions.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: "A fit over four ρ, each half of the one before: the next order is ρ⁴.",
        tolerance: 0.01,
        bound: Bound::Equal,
        scenario: || valley(0.05, 0.01),
        evidence: remainder,
    },
    Claim {
        id: "finite-eta-law-next",
        statement: "What it leaves is ρ²(a + b/η): at the two points of a cycle that is off Γ's middle by −cρ²/(2λ1) the gradient's part along vj differs, which adds (ρ²/η)·Σ_j c c_j P⊥∂³L[v1,vj,·]/(2λjλ1²(1−(λj/λ1)²)) to dX/dτ, here b = 0.041.",
        source: "Fact 11, derived here",
        kind: Kind::Law,
        why: "a itself changes by η between the two η, and b by η.",
        tolerance: 3e-4,
        bound: Bound::Equal,
        scenario: || valley(0.0125, 0.25 * 0.0125),
        evidence: next_order,
    },
];
