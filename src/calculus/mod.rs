//! Derivatives of a loss, all exact: the gradient is the loss's own, Hessians and third directional
//! derivatives are jets of it; and symmetric eigenpairs with ties named and signs fixed.
//!
//! Two ways in: [`Gradients`] on stack arrays of a known length for stepping, and [`Landscape`], a loss
//! behind a pointer, for all analysis.

mod dense;
mod eigen;
mod gradients;
mod jet;
mod landscape;
mod vector;

pub use dense::{MatN, VecN};
pub use eigen::{Eigen, Entry, RANK, TIE, descend, eigenvalues, lambda_m};
pub use gradients::{Concrete, Gradients, PointerVisitor};
pub use jet::Jet;
pub use landscape::{Along, Landscape, erase, landscape, own_landscape, third_mixed};
pub use vector::{PRECISE_SQUARES, Vector, dot, norm};
