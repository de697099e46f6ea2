//! One SAM step as pictures need it: each vector with its components along v1 and v2, and split into its parts along
//! Γ and across it.

use super::{Taylor, ascent_direction, is_on_gamma, worst_direction};
use crate::calculus::{Eigen, Landscape, RANK, VecN};

/// Steps of Newton's method towards Γ.
const NEWTON_STEPS: usize = 30;
/// Eigenvalues below these shares of max|λ| are left out of its steps: first the smaller ones too, which off Γ are
/// those of Γ's own directions; where that doesn't arrive, only what is zero.
const STEEP: [f64; 2] = [0.05, RANK];

/// A vector of the step, measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The vector.
    pub vector: VecN,
    /// Its components along v1 and v2 of H(x); v2's is 0 in one dimension.
    pub frame: [f64; 2],
    /// The lengths of its parts along Γ and across it; `None` where there is no Γ nearby.
    pub split: Option<Split>,
}

/// A vector of the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// g.
    First,
    /// ρHĝ.
    Second,
    /// `(ρ²/2) ∂²(∇L)[ĝ,ĝ]`.
    Third,
    /// What the three leave.
    Remainder,
    /// ∇L(x+ρĝ).
    Sam,
    /// What SAM drops of ∇L^Asc.
    Dropped,
    /// ∇L^Asc.
    Ascent,
    /// ∇L^Max.
    Worst,
}

impl Term {
    /// Every vector, in the order of lists.
    pub const ALL: [Self; 8] =
        [Self::First, Self::Second, Self::Third, Self::Remainder, Self::Sam, Self::Dropped, Self::Ascent, Self::Worst];

    /// Its symbol, with `^{…}` raised.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::First => "g",
            Self::Second => "ρHĝ",
            Self::Third => "½ρ²∇³L[ĝ,ĝ]",
            Self::Remainder => "remainder",
            Self::Sam => "∇L(x+ρĝ)",
            Self::Dropped => "dropped",
            Self::Ascent => "∇L^{Asc}",
            Self::Worst => "∇L^{Max}",
        }
    }
}

/// The lengths of a vector's two parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// Along Γ: ‖P⊥u‖.
    pub tangential: f64,
    /// Across Γ.
    pub normal: f64,
}

/// One SAM step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anatomy {
    /// g.
    pub gradient: Part,
    /// ρHĝ.
    pub second: Part,
    /// `(ρ²/2) ∂²(∇L)[ĝ,ĝ]`.
    pub third: Part,
    /// What the three leave of SAM's gradient.
    pub remainder: Part,
    /// SAM's gradient ∇L(x+ρĝ).
    pub sam: Part,
    /// ∇L^Asc − SAM's gradient, which SAM drops; `None` where g = 0.
    pub dropped: Option<Part>,
    /// ∇L^Asc; `None` where g = 0.
    pub ascent: Option<Part>,
    /// ∇L^Max.
    pub worst: Part,
    /// The angle between SAM's gradient and ∇L^Asc in radians; `None` where one of them is 0.
    pub sam_asc: Option<f64>,
    /// The angle between SAM's gradient and ∇L^Max.
    pub sam_max: Option<f64>,
    /// Whether g = 0, so that the direction was chosen.
    pub is_chosen: bool,
}

impl Anatomy {
    /// What is taken apart, and into what, in LaTeX's notation.
    pub const EXPANSION: &str = r"\nabla L(x + \rho\hat g) = g + \rho H\hat g + \frac{\rho^2}{2}\partial^2(\nabla L)[\hat g, \hat g] + \text{remainder}";

    /// One of its vectors; `None` where there is none.
    #[must_use]
    pub fn part(&self, term: Term) -> Option<Part> {
        match term {
            Term::First => Some(self.gradient),
            Term::Second => Some(self.second),
            Term::Third => Some(self.third),
            Term::Remainder => Some(self.remainder),
            Term::Sam => Some(self.sam),
            Term::Dropped => self.dropped,
            Term::Ascent => self.ascent,
            Term::Worst => Some(self.worst),
        }
    }

    /// The step at x for ρ ≥ 0.
    #[must_use]
    pub fn at(loss: &dyn Landscape, x: &VecN, rho: f64) -> Self {
        let eigen = Eigen::new(&loss.hessian(x));
        let tangent = TangentSpace::near(loss, x);
        let ascent = ascent_direction(loss, x);
        let taylor = Taylor::new(loss, x, &ascent, rho);
        let sam = ascent.sam_gradient(loss, x, rho);
        let dropped = ascent.dropped_term(loss, x, rho);
        let grad_l_asc = dropped.map(|dropped| sam + dropped);
        let grad_l_max = loss.gradient(worst_direction(loss, x, rho).chosen());
        let part = |vector: VecN| {
            let along = |k: usize| eigen.vectors().get(k).map_or(0.0, |v| v.dot(&vector));
            Part { vector, frame: [along(0), along(1)], split: tangent.as_ref().map(|space| space.split(&vector)) }
        };
        Self {
            gradient: part(taylor.first),
            second: part(taylor.second),
            third: part(taylor.third),
            remainder: part(taylor.remainder),
            sam: part(sam),
            dropped: dropped.map(part),
            ascent: grad_l_asc.map(part),
            worst: part(grad_l_max),
            sam_asc: grad_l_asc.and_then(|asc| sam.angle(&asc)),
            sam_max: sam.angle(&grad_l_max),
            is_chosen: ascent.is_chosen,
        }
    }
}

/// The directions along Γ: the null space of H at the foot of a point, the point of Γ that Newton's method reaches
/// from it.
///
/// H at the point itself would not do: at distance a its small eigenvectors are turned by O(a), which in a vector of
/// size ρ across Γ is as much as the drift. The foot differs from Φ by O(a²).
#[derive(Clone, Debug)]
pub struct TangentSpace {
    /// Those of H at the foot.
    eigen: Eigen,
}

impl TangentSpace {
    /// `None` where Newton's method finds no point with ‖g‖ ≤ 1e-8, H ⪰ 0 and rank H < D.
    #[must_use]
    pub fn near(loss: &dyn Landscape, x: &VecN) -> Option<Self> {
        let eigen = STEEP.into_iter().find_map(|steep| eigenpairs_at_foot(loss, x, steep))?;
        (eigen.rank() < x.len()).then_some(Self { eigen })
    }

    /// P⊥u, its part along Γ.
    #[must_use]
    pub fn project(&self, u: &VecN) -> VecN {
        self.eigen.project_on_null(u)
    }

    fn split(&self, u: &VecN) -> Split {
        let tangential = self.project(u);
        Split { tangential: tangential.norm(), normal: (*u - tangential).norm() }
    }
}

/// The eigenpairs of H where x ← x − H⁺g ends, H⁺ made of the eigenvalues above `steep` max|λ|.
fn eigenpairs_at_foot(loss: &dyn Landscape, x: &VecN, steep: f64) -> Option<Eigen> {
    let mut at = *x;
    for _ in 0..NEWTON_STEPS {
        let (gradient, hessian) = (loss.gradient(&at), loss.hessian(&at));
        if !gradient.is_finite() || !hessian.trace().is_finite() {
            return None;
        }
        let eigen = Eigen::new(&hessian);
        if is_on_gamma(&gradient, &eigen) {
            return Some(eigen);
        }
        for k in (0..x.len()).filter(|&k| eigen.values[k].abs() > steep * eigen.scale()) {
            let v = eigen.vectors()[k];
            at += v * (-v.dot(&gradient) / eigen.values[k].abs());
        }
    }
    None
}
