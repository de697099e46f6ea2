//! The list of methods: names, formulas and which settings each one uses.

use serde::{Deserialize, Serialize};

/// A method by its public name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Gradient descent.
    Gd,
    /// Stochastic gradient descent with batches of m.
    Sgd,
    /// Full-batch SAM (Eq. 3).
    Sam,
    /// 1-SAM: stochastic SAM with batch size one (Eq. 17).
    OneSam,
    /// Stochastic SAM with batches of m.
    MSam,
    /// Descent on L^Max, the worst-direction loss.
    MaxDescent,
    /// Descent on L^Asc, the ascent-direction loss.
    AscDescent,
    /// Descent on L^Avg, the average-direction loss.
    AvgDescent,
    /// SAM without normalization.
    Usam,
    /// SAM turned towards the top eigenvector.
    EigenSam,
    /// Normalized gradient descent.
    Ngd,
}

/// What menus, the command line and the engine need to know of a method.
#[derive(Clone, Copy, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of a row, not states")]
pub struct MethodInfo {
    /// The method; its public name is its serialized form.
    #[serde(rename = "id")]
    pub method: Method,
    /// The public name.
    #[serde(skip)]
    pub id: &'static str,
    /// The name that people say.
    pub name: &'static str,
    /// The update.
    pub update: &'static str,
    /// Whether ρ matters.
    pub uses_rho: bool,
    /// Whether the batch size can be set.
    pub uses_batch: bool,
    /// Whether it draws random samples.
    pub stochastic: bool,
    /// Whether a step costs hundreds of gradients.
    #[serde(skip)]
    pub is_slow: bool,
}

/// Every method, in the order in which menus show them.
pub const METHODS: &[MethodInfo] = &[
    MethodInfo {
        method: Method::Gd,
        id: "gd",
        name: "GD",
        update: "x ← x − η ∇L(x)",
        uses_rho: false,
        uses_batch: false,
        stochastic: false,
        is_slow: false,
    },
    MethodInfo {
        method: Method::Sgd,
        id: "sgd",
        name: "SGD",
        update: "x ← x − η ∇L_B(x), B a random batch",
        uses_rho: false,
        uses_batch: true,
        stochastic: true,
        is_slow: false,
    },
    MethodInfo {
        method: Method::Sam,
        id: "sam",
        name: "SAM",
        update: "x ← x − η ∇L(x + ρ g/‖g‖)",
        uses_rho: true,
        uses_batch: false,
        stochastic: false,
        is_slow: false,
    },
    MethodInfo {
        method: Method::OneSam,
        id: "one-sam",
        name: "1-SAM",
        update: "x ← x − η ∇L_k(x + ρ ∇L_k/‖∇L_k‖), k random",
        uses_rho: true,
        uses_batch: false,
        stochastic: true,
        is_slow: false,
    },
    MethodInfo {
        method: Method::MSam,
        id: "m-sam",
        name: "m-SAM",
        update: "x ← x − η ∇L_B(x + ρ ∇L_B/‖∇L_B‖), B a random batch of m",
        uses_rho: true,
        uses_batch: true,
        stochastic: true,
        is_slow: false,
    },
    MethodInfo {
        method: Method::MaxDescent,
        id: "max-descent",
        name: "L^Max descent",
        update: "x ← x − η ∇L(x + ρ v*), v* the worst direction",
        uses_rho: true,
        uses_batch: false,
        stochastic: false,
        is_slow: true,
    },
    MethodInfo {
        method: Method::AscDescent,
        id: "asc-descent",
        name: "L^Asc descent",
        update: "x ← x − η ∇[L(x + ρ g/‖g‖)]",
        uses_rho: true,
        uses_batch: false,
        stochastic: false,
        is_slow: false,
    },
    MethodInfo {
        method: Method::AvgDescent,
        id: "avg-descent",
        name: "L^Avg descent",
        update: "x ← x − η · mean of ∇L(x + ρ u), ‖u‖ = 1",
        uses_rho: true,
        uses_batch: false,
        stochastic: false,
        is_slow: true,
    },
    MethodInfo {
        method: Method::Usam,
        id: "usam",
        name: "USAM",
        update: "x ← x − η ∇L(x + ρ g)",
        uses_rho: true,
        uses_batch: false,
        stochastic: false,
        is_slow: false,
    },
    MethodInfo {
        method: Method::EigenSam,
        id: "eigen-sam",
        name: "Eigen-SAM",
        update: "x ← x − η ∇L(x + ρ (ĝ ± 0.2 (v1 − ⟨ĝ,v1⟩ ĝ)))",
        uses_rho: true,
        uses_batch: false,
        stochastic: false,
        is_slow: true,
    },
    MethodInfo {
        method: Method::Ngd,
        id: "ngd",
        name: "Normalized GD",
        update: "x ← x − η g/‖g‖",
        uses_rho: false,
        uses_batch: false,
        stochastic: false,
        is_slow: false,
    },
];

impl Method {
    /// Its row in the list.
    #[must_use]
    pub fn info(self) -> &'static MethodInfo {
        &METHODS[self as usize]
    }

    /// The method with this public name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        METHODS.iter().find(|info| info.id == id).map(|info| info.method)
    }
}
