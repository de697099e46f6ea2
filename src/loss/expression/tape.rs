//! Straight-line programs over a few registers, and the loop that runs them.

use std::marker::PhantomData;

use super::names::Function;
use super::op::{Op, larger, smaller, where_attained};
use crate::loss::{Scalar, Work, array};

/// One instruction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub op: Op,
    /// What [`Op::Call`] calls.
    pub function: Function,
    /// The registers of the results (twice the same where there is one); they may be arguments'.
    pub targets: [u16; 2],
    /// The registers of the arguments, 0 where there is none.
    pub arguments: [u16; 6],
    pub constants: [f64; 2],
}

/// A program: the variables are in the first registers, the results in `outputs` when it has run.
#[derive(Clone, Debug)]
pub(super) struct Tape {
    pub steps: Box<[Step]>,
    pub outputs: Box<[u16]>,
    /// The number of registers, those of the variables included.
    pub registers: usize,
}

/// The sizes of a register file on the stack; programs that need more have theirs on the heap, where they
/// are long enough for that not to matter.
const SMALL: usize = 16;
const MEDIUM: usize = 64;

impl Tape {
    /// The first output.
    #[inline(always)]
    pub fn value<T: Scalar, const D: usize>(&self, x: &[T; D]) -> T {
        let [value] = self.run(x);
        value
    }

    /// Every output, and 0 for the coordinates that have none.
    #[inline(always)]
    pub fn gradient<T: Scalar, const D: usize>(&self, x: &[T; D]) -> [T; D] {
        self.run(x)
    }

    // Short programs are run where they are called: point and outputs would go through memory once more each,
    // and waiting for them takes as long as several instructions.
    #[inline(always)]
    fn run<T: Scalar, const D: usize, const N: usize>(&self, x: &[T; D]) -> [T; N] {
        if self.registers <= SMALL { self.run_in([T::constant(0.0); SMALL], x) } else { self.run_long(x) }
    }

    #[inline(never)]
    fn run_long<T: Scalar, const D: usize, const N: usize>(&self, x: &[T; D]) -> [T; N] {
        if self.registers <= MEDIUM {
            self.run_in([T::constant(0.0); MEDIUM], x)
        } else {
            self.run_in(vec![T::constant(0.0); self.registers], x)
        }
    }

    #[inline(always)]
    fn run_in<T: Scalar, F: Registers<T>, const D: usize, const N: usize>(&self, mut file: F, x: &[T; D]) -> [T; N] {
        // Padding lands in registers that are written before they are read.
        for (register, value) in file.as_mut().iter_mut().zip(x) {
            *register = *value;
        }
        execute(&self.steps, &mut file);
        array(|i| self.outputs.get(i).map_or(T::constant(0.0), |&output| file.get(output)))
    }
}

/// A register file.
trait Registers<T>: AsMut<[T]> {
    fn get(&self, index: u16) -> T;
    fn set(&mut self, index: u16, value: T);
}

/// With a power of two of registers a mask says that every index is in bounds, so that nothing is checked.
impl<T: Copy, const N: usize> Registers<T> for [T; N] {
    #[inline(always)]
    fn get(&self, index: u16) -> T {
        const { assert!(N.is_power_of_two()) };
        self[usize::from(index) & (N - 1)]
    }

    #[inline(always)]
    fn set(&mut self, index: u16, value: T) {
        self[usize::from(index) & (N - 1)] = value;
    }
}

impl<T: Copy> Registers<T> for Vec<T> {
    #[inline(always)]
    fn get(&self, index: u16) -> T {
        self[usize::from(index)]
    }

    #[inline(always)]
    fn set(&mut self, index: u16, value: T) {
        self[usize::from(index)] = value;
    }
}

#[inline(never)]
fn execute<T: Scalar, F: Registers<T>>(steps: &[Step], file: &mut F) {
    T::vectorized(Execution { steps, file, of: PhantomData });
}

/// A program on its registers.
struct Execution<'a, T, F> {
    steps: &'a [Step],
    file: &'a mut F,
    of: PhantomData<T>,
}

impl<T: Scalar, F: Registers<T>> Work for Execution<'_, T, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { steps, file, .. } = self;
        for step in steps {
            let [a, b, c, d, e, f] = step.arguments;
            let [k, l] = step.constants;
            let r = |index| file.get(index);
            // Both are computed before either is written: a target may be an argument's register.
            macro_rules! twins {
                ($first:expr, $second:expr) => {{
                    let (first, second) = ($first, $second);
                    file.set(step.targets[1], second);
                    first
                }};
            }
            let value = match step.op {
                Op::Constant => T::constant(k),
                Op::Negate => -r(a),
                Op::Add => r(a) + r(b),
                Op::Sub => r(a) - r(b),
                Op::Mul => r(a) * r(b),
                Op::Div => r(a) / r(b),
                Op::AddConstant => r(a) + k,
                Op::ConstantSub => -r(a) + k,
                Op::MulConstant => r(a) * k,
                Op::DivConstant => r(a) / T::constant(k),
                Op::ConstantDiv => T::constant(k) / r(a),
                Op::MulAdd => r(a) * r(b) + r(c),
                Op::MulSub => r(a) * r(b) - r(c),
                Op::SubMul => r(c) - r(a) * r(b),
                Op::MulAddConstant => r(a) * r(b) + k,
                Op::ConstantSubMul => -(r(a) * r(b)) + k,
                Op::MulAddAddConstant => r(a) * r(b) + r(c) + k,
                Op::Affine => r(a) * k + l,
                Op::ScaleAdd => r(a) * k + r(b),
                Op::MulMul => r(a) * r(b) * r(c),
                Op::MulMulAdd => r(a) * r(b) * r(c) + r(d),
                Op::MulMulConstant => r(a) * r(b) * k,
                Op::MulMulConstantAdd => r(a) * r(b) * k + r(c),
                Op::Call => step.function.apply(r(a)),
                Op::PowConstant => r(a).powf(k),
                Op::Pow => r(a).pow(r(b)),
                Op::OverSquaredCosh => r(a).over_squared_cosh(r(b)),
                Op::Sign => r(a).sign(),
                Op::Min => smaller(r(a), r(b)),
                Op::Max => larger(r(a), r(b)),
                Op::Choose => where_attained(r(a), r(b), r(c), r(d)),
                Op::Add2 => twins!(r(a) + r(b), r(c) + r(d)),
                Op::Sub2 => twins!(r(a) - r(b), r(c) - r(d)),
                Op::Mul2 => twins!(r(a) * r(b), r(c) * r(d)),
                Op::AddConstant2 => twins!(r(a) + k, r(b) + l),
                Op::ConstantSub2 => twins!(-r(a) + k, -r(b) + l),
                Op::MulAdd2 => twins!(r(a) * r(b) + r(c), r(d) * r(e) + r(f)),
                Op::MulAddAddConstant2 => twins!(r(a) * r(b) + r(c) + k, r(d) * r(e) + r(f) + l),
                Op::MulMulConstant2 => twins!(r(a) * r(b) * k, r(c) * r(d) * l),
                Op::MulMulConstantAdd2 => twins!(r(a) * r(b) * k + r(c), r(d) * r(e) * l + r(f)),
            };
            file.set(step.targets[0], value);
        }
    }
}
