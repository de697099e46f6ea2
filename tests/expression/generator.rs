//! Random formulas in x, y and z, the same for the same seed.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

pub struct Generator(Xoshiro256PlusPlus);

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// An index below n.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }

    pub fn pick<'a>(&mut self, options: &[&'a str]) -> &'a str {
        options[self.below(options.len())]
    }

    /// A number in [low, high).
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn point<const D: usize>(&mut self) -> [f64; D] {
        std::array::from_fn(|_| self.uniform(-1.5, 1.5))
    }

    /// A formula that is defined everywhere; every function and operator appears, `abs`, `min` and `max` unless
    /// it has to be `smooth`.
    pub fn formula(&mut self, depth: usize, smooth: bool) -> String {
        if depth == 0 || self.below(8) == 0 {
            return match self.below(4) {
                0 => format!("{:.2}", self.uniform(0.1, 3.0)),
                _ => self.pick(&["x", "y", "z"]).to_owned(),
            };
        }
        let shape = if !smooth && self.below(6) == 0 { self.pick(&KINKED) } else { self.pick(&SMOOTH) };
        let mut formula = String::new();
        for symbol in shape.chars() {
            if symbol == 'A' || symbol == 'B' {
                formula.extend(["(", &self.formula(depth - 1, smooth), ")"]);
            } else {
                formula.push(symbol);
            }
        }
        formula
    }
}

const SMOOTH: [&str; 32] = [
    "A + B",
    "A - B",
    "A*B",
    "A*B + 1.5",
    "2.5 - A*B",
    "-A",
    "A/(2 + B^2)",
    "A/3",
    "A/4",
    "1.5/(1 + A^2)",
    "A^2",
    "0.3*A^3",
    "(1.5 + sin A)^-2",
    "(1.5 + sin A)^1.7",
    "(1.5 + sin A)^cos B",
    "1.3^sin A",
    "(2 + cos A)^-0.5",
    "sqrt(1 + A^2)",
    "exp(-A^2)",
    "exp(sin A)",
    "log(2 + A^2)",
    "sin A",
    "cos A",
    "tan(0.4*sin A)",
    "sinh(sin A)",
    "cosh(cos A)",
    "tanh A",
    "2*A - 3*B",
    "A*2 + 3",
    "A*B*0.5 - 1",
    "A*B - A",
    "A - A*B",
];

const KINKED: [&str; 4] = ["abs A", "min(A, B)", "max(A, B)", "max(A, 0.2, B)"];
