//! Basins and sweeps against closed forms: what the pictures show is where the facts have it, within one cell.

mod common;

use samscope::field::{Ends, Field, Kind, Nodes, Over, Plane, Slice, Values};
use samscope::optimizer::Method;
use samscope::run::{Scenario, Setting};
use samscope::theory::{locking_estimate, locking_radius};

use common::{finished, scenario, spec};

/// SAM's ends over a rectangle of a plane loss, with the names of their classes.
fn basin(loss: &str, (eta, rho): (f64, f64), steps: u64, size: [usize; 2], bounds: [f64; 4]) -> (Field, Vec<String>) {
    let scenario = scenario(loss, &[], &[1.0, 1.0], spec(Method::Sam, eta, rho), steps);
    let plane = Plane { slice: Slice { base: vec![0.0; 2], axes: [0, 1] }, size, bounds };
    let field = Field { scenario, kind: Kind::Basin { plane } };
    let names = field.classes().expect("ends").names();
    let named = ends(&field).class.iter().map(|&class| names[class as usize].clone()).collect();
    (field, named)
}

fn ends(field: &Field) -> Ends {
    match field.compute_all() {
        Values::Ends(ends) => ends,
        Values::Numbers(_) => panic!("runs have ends"),
    }
}

/// Fact 6: on x² − y², from x = −1 with η = 0.1, the largest trapped |y0| is 0.0324 for ρ = 0.1 and 0.0040 for ρ = 0.03; outside
/// everything escapes.
#[test]
fn the_saddles_trap_is_as_wide_as_the_fact_has_it() {
    for (rho, widest, high) in [(0.1, 0.0324, 0.05), (0.03, 0.0040, 0.008)] {
        let (field, names) = basin("saddle", (0.1, rho), 1000, [2, 126], [-1.0, 1.0, 0.0, high]);
        let y0 = field.nodes()[1];
        for column in 0..2 {
            let trapped: Vec<bool> = (0..y0.count).map(|row| names[2 * row + column] == "saddle").collect();
            let border = trapped.iter().position(|trapped| !trapped).expect("some escape");
            assert!(!trapped[border..].contains(&true), "one border for ρ = {rho}");
            let (last, first) = (y0.at(border - 1), y0.at(border));
            // The facts have four digits.
            assert!(last <= widest + 1e-4 && first >= widest - 1e-4, "ρ = {rho}: the border lies in {last} … {first}");
            assert!((border..y0.count).all(|row| names[2 * row + column] == "diverged"));
        }
    }
}

/// Fact 7: for ρ = 1.5 and η = 0.01 every start from r = 0.02 to 2.5 ends at r = ρ − 1, where there is no minimum; for ρ < 1
/// starts with r < ρ are trapped around the centre and the others reach the ring.
#[test]
fn the_rings_basins_are_discs() {
    let bounds = [-1.6, 1.6, -1.6, 1.6];
    let radius = |field: &Field, node: usize| {
        let [u, v] = field.nodes();
        u.at(node % u.count).hypot(v.at(node / u.count))
    };
    let (field, names) = basin("ring", (0.01, 1.5), 2000, [24, 24], bounds);
    let ends = ends(&field);
    for (node, name) in names.iter().enumerate() {
        assert_eq!(name, "hallucinated", "from r = {}", radius(&field, node));
        let r = ends.x[2 * node].hypot(ends.x[2 * node + 1]);
        // L = ¼(r² − 1)² = 0.140625.
        assert!((r - 0.5).abs() < 1e-9 && (ends.numbers[0][node] - 0.140_625).abs() < 1e-9);
    }
    let (field, names) = basin("ring", (0.01, 0.8), 3000, [24, 24], bounds);
    for (node, name) in names.iter().enumerate() {
        let r = radius(&field, node);
        let expected = if r < 0.8 { "maximum" } else { "minimum" };
        assert_eq!(name, expected, "from r = {r}");
    }
}

/// Fact 11: SAM's 2-cycle locks for ρ below ρ*(η), at which one of its points touches Γ. Starts on the hyperbola's diagonal stay
/// there, to the bit.
#[test]
fn a_sweeps_border_lies_on_the_locking_radius() {
    let scenario = scenario("hyperbola", &[], &[1.05, 1.05], spec(Method::Sam, 0.1, 0.1), 4000);
    let over = |setting, from, to, count| Over { setting, nodes: Nodes::linear(from, to, count) };
    let over = [over(Setting::Eta, 0.05, 0.3, 6), over(Setting::Rho, 0.005, 0.2, 40)];
    let field = Field { scenario: scenario.clone(), kind: Kind::Sweep { over, tau: None } };
    let (ends, [eta, rho]) = (ends(&field), field.nodes());
    let is_locked = |node: usize| {
        let mut after = scenario.clone();
        after.optimizers = vec![spec(Method::Sam, eta.at(node % eta.count), rho.at(node / eta.count))];
        let x = &ends.x[2 * node..2 * node + 2];
        let again = finished(&Scenario { init: x.to_vec(), steps: 2, ..after });
        (again.x()[0] - x[0]).abs() < 1e-9
    };
    for column in 0..eta.count {
        let locked: Vec<bool> = (0..rho.count).map(|row| is_locked(row * eta.count + column)).collect();
        let border = locked.iter().position(|locked| !locked).expect("some are not locked");
        assert!(border > 0 && !locked[border..].contains(&true), "one border at η = {}", eta.at(column));
        // f, the derivative along v1 at (1, 1).
        let pull = |s: f64| 2.0 * s + 3.0 / 2.0_f64.sqrt() * s * s + 0.5 * s * s * s;
        let eta = eta.at(column);
        let radius = locking_radius(eta, 4.0 * locking_estimate(eta, 2.0, 18.0_f64.sqrt()), |_| 0.0, pull);
        let (last, first) = (rho.at(border - 1), rho.at(border));
        assert!(last <= radius && radius <= first, "η = {eta}: {radius} is not in {last} … {first}");
    }
}
