//! The marked points of a loss, with their names on a map.

use crate::calculus::{Eigen, VecN, landscape};
use crate::loss::{Landmark, LandmarkKind, LossSpec, short};

/// The points worth marking in dimension `dim`, each with its name; of several minima the names say how sharp they are.
#[must_use]
pub fn named_landmarks(loss: &LossSpec, dim: usize) -> Vec<(Landmark, String)> {
    let marks = loss.landmarks(dim);
    let several = marks.iter().filter(|mark| mark.kind == LandmarkKind::Minimum).count() > 1;
    let named = |mark: Landmark| {
        let label = mark.kind.label();
        let name = if several && mark.kind == LandmarkKind::Minimum {
            let lambda_1 = Eigen::new(&landscape(loss, dim).hessian(&VecN::from_slice(&mark.x))).values[0];
            format!("{label}, λ1 = {}", short(lambda_1))
        } else {
            label.to_owned()
        };
        (mark, name)
    };
    marks.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_minima_the_sharpness_is_told() {
        let names = |id: &str, dim| -> Vec<_> {
            named_landmarks(&LossSpec::new(id), dim).into_iter().map(|(_, name)| name).collect()
        };
        let first = &names("himmelblau", 2)[0];
        // H at (3, 2) is ((74, 20), (20, 34)): λ1 = 54 + √800.
        assert_eq!(first, "minimum, λ1 = 82.284");
        assert_eq!(names("beale", 2), ["minimum"]);
        assert_eq!(names("two-wells", 2), ["sharp", "flat"]);
    }
}
