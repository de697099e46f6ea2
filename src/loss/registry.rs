//! The catalogue: a new landscape is one file, its `mod` line and one line here.

use super::{Info, Visitor};

/// Makes the list of rows and the dispatch from one table: module, type, dimensions.
macro_rules! catalogue {
    ($($module:ident :: $loss:ident [$($dim:literal),+];)+) => {
        /// Every landscape, in the order in which menus show them.
        pub const CATALOGUE: &[&Info] = &[$(&Info { dims: &[$($dim),+], ..super::$module::INFO }),+];

        /// Runs `visitor` on the landscape `id` with parameter values in the row's order; `None`
        /// where the catalogue has no such id or dimension.
        pub(super) fn dispatch<V: Visitor>(id: &str, params: &[f64], dim: usize, visitor: V) -> Option<V::Output> {
            $($(
                if id == super::$module::INFO.id && dim == $dim {
                    let loss = super::$module::$loss::new(params);
                    return Some(visitor.visit::<_, $dim>(&loss));
                }
            )+)+
            None
        }
    };
}

catalogue! {
    toy4d::Toy4d[4];
    notions::Notions[3, 5];
    quadratic::Quadratic[2, 3, 4];
    hyperbola::Hyperbola[2];
    product3::Product3[3];
    ring::Ring[2];
    saddle::Saddle[2];
    two_wells::TwoWells[2];
    rosenbrock::Rosenbrock[2, 3, 4];
    himmelblau::Himmelblau[2];
    beale::Beale[2];
    quadratic_pair::QuadraticPair[2];
    valley::Valley[2];
    matrix_factorization::MatrixFactorization[4, 6, 8];
    diagonal_net::DiagonalNet[4, 6, 8];
    tiny_mlp::TinyMlp[10];
    two_moons_logistic::TwoMoonsLogistic[2];
}

/// The catalogue's row with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Info> {
    CATALOGUE.iter().copied().find(|info| info.id == id)
}
