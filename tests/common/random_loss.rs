//! Losses without structure: random cubic and quartic ridges and Gaussian hills and hollows on a random quadratic.

use samscope::loss::{Loss, Scalar};
use samscope::optimizer::RandomStream;

/// Uniform numbers of a seed.
pub struct Uniform(RandomStream);

impl Uniform {
    pub fn new(seed: u64) -> Self {
        Self(RandomStream::new(seed))
    }

    /// From −1 to 1.
    pub fn signed(&mut self) -> f64 {
        self.0.below(1 << 53) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// From `low` to `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + 0.5 * (self.signed() + 1.0) * (high - low)
    }

    pub fn array<const D: usize>(&mut self) -> [f64; D] {
        std::array::from_fn(|_| self.signed())
    }
}

#[derive(Clone, Debug)]
pub struct RandomLoss<const D: usize> {
    linear: [f64; D],
    /// Symmetric.
    quadratic: [[f64; D]; D],
    /// Directions w with the factors of (wᵀx)³ and (wᵀx)⁴.
    ridges: Vec<([f64; D], f64, f64)>,
    /// Centres with heights and 1/(2 width²).
    hills: Vec<([f64; D], f64, f64)>,
}

impl<const D: usize> RandomLoss<D> {
    /// Hills are no narrower than 0.35, on a domain of the size 1.
    pub fn new(seed: u64) -> Self {
        let mut u = Uniform::new(seed);
        let strength = u.between(0.0, 2.0);
        let linear = u.array().map(|c: f64| strength * c);
        let raw: [[f64; D]; D] = std::array::from_fn(|_| u.array());
        let bend = u.between(0.2, 3.0);
        let quadratic = std::array::from_fn(|r| std::array::from_fn(|c| bend * (raw[r][c] + raw[c][r])));
        let ridges = (0..3).map(|_| (u.array(), 2.0 * u.signed(), 2.0 * u.signed())).collect();
        let hills = (0..4)
            .map(|_| {
                let width = u.between(0.35, 1.2);
                (u.array(), 3.0 * u.signed(), 0.5 / (width * width))
            })
            .collect();
        Self { linear, quadratic, ridges, hills }
    }
}

impl<const D: usize> Loss<D> for RandomLoss<D> {
    fn value<T: Scalar>(&self, x: &[T; D]) -> T {
        let mut sum = T::constant(0.0);
        for r in 0..D {
            sum = sum + x[r] * self.linear[r];
            for c in 0..D {
                sum = sum + x[r] * x[c] * (0.5 * self.quadratic[r][c]);
            }
        }
        for (w, cubic, quartic) in &self.ridges {
            let t = dot(x, w);
            sum = sum + t * t * t * *cubic + t * t * t * t * *quartic;
        }
        for (centre, height, sharpness) in &self.hills {
            sum = sum + bell(x, centre, *sharpness) * *height;
        }
        sum
    }

    fn gradient<T: Scalar>(&self, x: &[T; D]) -> [T; D] {
        let mut g = std::array::from_fn(|r| dot(x, &self.quadratic[r]) + self.linear[r]);
        for (w, cubic, quartic) in &self.ridges {
            let t = dot(x, w);
            let slope = t * t * (3.0 * cubic) + t * t * t * (4.0 * quartic);
            for i in 0..D {
                g[i] = g[i] + slope * w[i];
            }
        }
        for (centre, height, sharpness) in &self.hills {
            let slope = bell(x, centre, *sharpness) * (-2.0 * height * sharpness);
            for i in 0..D {
                g[i] = g[i] + (x[i] - centre[i]) * slope;
            }
        }
        g
    }
}

fn dot<T: Scalar, const D: usize>(x: &[T; D], w: &[f64; D]) -> T {
    x.iter().zip(w).fold(T::constant(0.0), |sum, (x, w)| sum + *x * *w)
}

fn bell<T: Scalar, const D: usize>(x: &[T; D], centre: &[f64; D], sharpness: f64) -> T {
    let squared = x.iter().zip(centre).fold(T::constant(0.0), |sum, (x, c)| sum + (*x - *c).square());
    (squared * -sharpness).exp()
}
