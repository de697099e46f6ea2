//! Directions that leave no large gap between them, with their neighbours: the grid of a sphere.

use std::sync::LazyLock;

use crate::calculus::VecN;
use crate::loss::DIM_MAX;

/// Points on the sphere in three dimensions.
const SPIRAL: usize = 72;
/// Directions beside the axes in dimensions above 4.
const SCATTERED: usize = 24;
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// A set of directions.
#[derive(Clone, Debug, Default)]
pub(super) struct Directions {
    pub points: Vec<VecN>,
    /// The indices of each one's neighbours; none where the set is too thin for neighbours to mean anything.
    pub neighbours: Vec<Vec<usize>>,
}

impl Directions {
    /// Neighbours are those within `reach`.
    fn new(points: Vec<VecN>, reach: f64) -> Self {
        let near = |i: usize| (0..points.len()).filter(move |&j| j != i);
        let neighbours =
            (0..points.len()).map(|i| near(i).filter(|&j| (points[i] - points[j]).norm() < reach).collect()).collect();
        Self { points, neighbours }
    }

    /// Whether value i is as large as those of all neighbours; so it is where there are none.
    pub fn is_local_maximum(&self, values: &[f64], i: usize) -> bool {
        self.neighbours[i].iter().all(|&j| values[i] >= values[j])
    }
}

/// The directions for the sphere itself: 72 points of a spiral in three dimensions, the 120 of the 600-cell in four;
/// above that the axes and scattered ones.
pub(super) fn on_sphere(n: usize) -> &'static Directions {
    static OUTER: LazyLock<Vec<Directions>> = LazyLock::new(|| {
        let set = |n: usize| match n {
            0..=2 => Directions::default(),
            3 => Directions::new(spiral(SPIRAL), 0.62),
            4 => Directions::new(six_hundred_cell(), 0.65),
            _ => Directions::new(axes(n).into_iter().chain(scattered(n)).collect(), 0.0),
        };
        (0..=DIM_MAX).map(set).collect()
    });
    &OUTER[n]
}

/// Fewer directions, for the shells inside the ball.
pub(super) fn inside(n: usize) -> &'static Directions {
    static INNER: LazyLock<Vec<Directions>> = LazyLock::new(|| {
        let set = |n: usize| match n {
            0..=2 => Directions::default(),
            3 => Directions::new(spiral(SPIRAL / 2), 0.88),
            // The axes and the corners of the cube: the 24-cell.
            4 => Directions::new(axes(4).into_iter().chain(corners()).collect(), 1.05),
            _ => Directions::new(axes(n).into_iter().chain(scattered(n)).collect(), 0.0),
        };
        (0..=DIM_MAX).map(set).collect()
    });
    &INNER[n]
}

fn axes(n: usize) -> Vec<VecN> {
    (0..2 * n).map(|k| VecN::axis(n, k / 2) * if k % 2 == 0 { 1.0 } else { -1.0 }).collect()
}

/// (±½, ±½, ±½, ±½).
fn corners() -> impl Iterator<Item = VecN> {
    (0..16).map(|k| VecN::from_fn(4, |i| if k >> i & 1 == 0 { 0.5 } else { -0.5 }))
}

/// m points of equal area along a spiral around the third axis.
fn spiral(m: usize) -> Vec<VecN> {
    let point = |k: usize| {
        let height = 1.0 - (2 * k + 1) as f64 / m as f64;
        let (radius, angle) = ((1.0 - height * height).sqrt(), std::f64::consts::TAU * GOLDEN * k as f64);
        VecN::from_slice(&[radius * libm::cos(angle), radius * libm::sin(angle), height])
    };
    (0..m).map(point).collect()
}

/// The 24-cell and the even permutations of ½(±φ, ±1, ±1/φ, 0).
fn six_hundred_cell() -> Vec<VecN> {
    let even = [
        [0, 1, 2, 3],
        [0, 2, 3, 1],
        [0, 3, 1, 2],
        [1, 0, 3, 2],
        [1, 2, 0, 3],
        [1, 3, 2, 0],
        [2, 0, 1, 3],
        [2, 1, 3, 0],
        [2, 3, 0, 1],
        [3, 0, 2, 1],
        [3, 1, 0, 2],
        [3, 2, 1, 0],
    ];
    let sizes = [0.5 * (1.0 + GOLDEN), 0.5, 0.5 * GOLDEN, 0.0];
    let signed = |places: [usize; 4], signs: usize| {
        let mut v = VecN::zeros(4);
        for (k, place) in places.into_iter().enumerate() {
            v[place] = if signs >> k & 1 == 0 { sizes[k] } else { -sizes[k] };
        }
        v
    };
    let golden = even.into_iter().flat_map(|places| (0..8).map(move |signs| signed(places, signs)));
    axes(4).into_iter().chain(corners()).chain(golden).collect()
}

/// Fractional parts of multiples of irrational numbers fill the cube evenly.
fn scattered(n: usize) -> impl Iterator<Item = VecN> {
    (0..SCATTERED).filter_map(move |k| {
        VecN::from_fn(n, |i| {
            let multiple = (k + 1) as f64 * (2.0 + 3.0 * i as f64).sqrt() * GOLDEN;
            multiple - multiple.floor() - 0.5
        })
        .unit()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_are_regular() {
        let cell = on_sphere(4);
        assert_eq!(cell.points.len(), 120);
        assert!(cell.points.iter().all(|p| (p.norm() - 1.0).abs() < 1e-15));
        assert!(cell.neighbours.iter().all(|near| near.len() == 12), "the 600-cell's vertices have 12 neighbours");
        assert!(inside(4).neighbours.iter().all(|near| near.len() == 8), "and the 24-cell's have 8");
        assert!(on_sphere(3).neighbours.iter().chain(&inside(3).neighbours).all(|near| (4..=9).contains(&near.len())));
    }
}
