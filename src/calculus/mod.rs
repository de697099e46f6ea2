//! Derivatives of a loss, all exact: the gradient is the loss's own, Hessians and third directional
//! derivatives are jets of it; and symmetric eigenpairs with ties named and signs fixed.

mod derivatives;
mod eigen;
mod jet;
mod vector;

pub use derivatives::{gradient, hessian, third};
pub use eigen::{Eigen, TIE};
pub use jet::Jet;
pub use vector::{Matrix, Vector, dot, norm};
