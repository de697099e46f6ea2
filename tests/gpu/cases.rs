//! What the tests are made over: losses, planes and basins.

use std::collections::BTreeMap;

use samscope::field::{Field, Kind, Plane, Slice};
use samscope::loss::{CATALOGUE, LossSpec, Reduction};
use samscope::optimizer::Method;
use samscope::run::{OptimizerSpec, Scenario};

/// The nodes of a card's field in these tests.
const SIZE: [usize; 2] = [9, 7];

/// Every loss of the catalogue in each of its dimensions, and typed ones with every function of the language.
pub fn losses() -> Vec<LossSpec> {
    let of_catalogue = CATALOGUE.iter().flat_map(|info| {
        let own = LossSpec::new(info.id);
        if info.dim_of.is_none() {
            return vec![own];
        }
        info.dims.iter().map(|&dim| own.clone().in_dim(dim)).collect()
    });
    let typed = [
        "0.5*(x*y - c)^2",
        "sin(x)*cos(y) + 0.1*x^2 + 0.1*y^2",
        "exp(-x^2)*y^2 + log(1 + x^2 + y^2)",
        "tanh(x*y) + 0.5*(x - y)^2",
        "sqrt(1 + x^2 + y^2) + abs(x - 0.3)",
        "max(x^2, y^2) + min(x, y)",
        "sinh(0.5*x)^2 + cosh(y)",
        "(1 + x^2)^2.5 + (2 + y^2)^x",
        "tan(0.3*x)^2 + z^2*(1 + x^2) + y^2",
        "(x - 1)^4 + x^2",
    ];
    let typed = typed.map(|text| typed_loss(&[text]));
    let samples = typed_loss(&["(x1 - 1)^2*x2^2", "(x2 + x3)^2", "x1*x4 + x5^2"]);
    of_catalogue.chain(typed).chain([samples]).map(|loss| loss.in_plane().resolved().expect("a loss")).collect()
}

fn typed_loss(texts: &[&str]) -> LossSpec {
    let parameters =
        if texts[0].contains('c') && texts[0].contains("- c") { vec![("c".to_owned(), 1.0)] } else { vec![] };
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    LossSpec::typed(texts, Reduction::Mean, BTreeMap::from_iter(parameters))
}

/// Its start in each dimension that it has.
pub fn starts(loss: &LossSpec) -> Vec<Vec<f64>> {
    let start = loss.start();
    loss.dims().into_iter().map(|dim| start[..dim].to_vec()).collect()
}

/// Around a point of a plane through it, which isn't a node.
pub fn around(x: &[f64]) -> Plane {
    let [u, v] = [x[0], x[1]];
    let bounds = [u - 0.53, u + 0.61, v - 0.57, v + 0.47];
    Plane { slice: Slice { base: x.to_vec(), axes: [0, 1] }, size: SIZE, bounds }
}

/// Basins, each with what it is called.
pub fn basins() -> impl Iterator<Item = (String, Field)> {
    let bounds = [-1.6, 1.6, -1.6, 1.6];
    let cases = [
        (LossSpec::new("ring"), Method::Sam, 0.05, 1.2, bounds),
        (LossSpec::new("himmelblau"), Method::Gd, 0.01, 0.0, [-6.0, 6.0, -6.0, 6.0]),
        (LossSpec::new("himmelblau"), Method::Sam, 0.01, 0.3, [-6.0, 6.0, -6.0, 6.0]),
        (LossSpec::new("two-wells"), Method::Usam, 0.005, 0.02, [-1.2, 3.2, -1.2, 1.2]),
        (LossSpec::new("beale"), Method::Ngd, 0.01, 0.0, [-4.0, 4.0, -4.0, 4.0]),
        (LossSpec::new("toy4d"), Method::OneSam, 0.01, 0.1, bounds),
        (LossSpec::new("toy4d"), Method::Sam, 0.01, 0.1, bounds),
        (
            typed_loss(&["sin(2*x)*cos(2*y) + 0.1*(x^2 + y^2)"]).resolved().expect("a loss"),
            Method::Sam,
            0.05,
            0.1,
            bounds,
        ),
    ];
    cases.into_iter().map(|(loss, method, eta, rho, bounds)| {
        let spec = OptimizerSpec { eta, rho, ..OptimizerSpec::new(method) };
        let what = format!("{} {}", loss.id(), method.info().id);
        let scenario = Scenario { init: loss.start(), loss, optimizers: vec![spec], steps: 300, ..Scenario::default() };
        let scenario = scenario.resolved().expect("a scenario");
        let slice = Slice { base: scenario.init.clone(), axes: [0, 1] };
        (what, Field { scenario, kind: Kind::Basin { plane: Plane { slice, size: [64, 64], bounds } } })
    })
}
