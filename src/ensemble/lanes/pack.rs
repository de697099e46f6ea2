//! Eight numbers that are worked on at once.

use crate::calculus::Entry;

/// How many numbers. As many are worked on by twice as many instructions as a register needs, which wait less for one another.
pub(super) const PACKED: usize = 8;

/// Eight numbers at once, each as f64 has it to the last bit: the sums, products, quotients and roots of IEEE 754, and the
/// functions of `libm`, one number after the other.
pub(super) trait Pack: Entry {
    /// A truth that holds for none.
    const NEVER: Self::Truth;

    fn of(numbers: [f64; PACKED]) -> Self;

    fn numbers(self) -> [f64; PACKED];

    /// A truth as bits, the first number's lowest.
    fn bits(truth: Self::Truth) -> u32;

    /// Whether it is not below another: NaN, too.
    fn is_not_below(self, other: Self) -> Self::Truth;

    /// The first where it is below the second, else the second.
    fn lower(self, other: Self) -> Self;
}

/// All numbers of a pack, as bits.
pub(super) const ALL: u32 = (1 << PACKED) - 1;

/// Makes a [`Pack`] of a type with `numbers`, `of`, and what is named: what a truth is, and the operations, of which each is an
/// expression.
macro_rules! pack {
    ($pack:ident, $truth:ty, $splat:expr, $add:expr, $sub:expr, $mul:expr, $div:expr, $neg:expr, $sqrt:expr, $abs:expr,
     $below:expr, $equals:expr, $choose:expr, $vectorized:item) => {
        pack!(@operator $pack Add add $add, $splat);
        pack!(@operator $pack Sub sub $sub, $splat);
        pack!(@operator $pack Mul mul $mul, $splat);

        impl std::ops::Div for $pack {
            type Output = Self;
            #[inline(always)]
            fn div(self, other: Self) -> Self {
                $div(self, other)
            }
        }

        impl std::ops::Neg for $pack {
            type Output = Self;
            #[inline(always)]
            fn neg(self) -> Self {
                $neg(self)
            }
        }

        impl Scalar for $pack {
            type Truth = $truth;

            $vectorized

            #[inline(always)]
            fn constant(value: f64) -> Self {
                $splat(value)
            }

            #[inline(always)]
            fn is_below(self, other: Self) -> $truth {
                $below(self, other)
            }

            #[inline(always)]
            fn equals(self, other: Self) -> $truth {
                $equals(self, other)
            }

            #[inline(always)]
            fn choose(truth: $truth, then: Self, otherwise: Self) -> Self {
                $choose(truth, then, otherwise)
            }

            #[inline(always)]
            fn sqrt(self) -> Self {
                $sqrt(self)
            }

            #[inline(always)]
            fn abs(self) -> Self {
                $abs(self)
            }

            #[inline(always)]
            fn sign(self) -> Self {
                let zero = Self::constant(0.0);
                let below = Self::choose(self.is_below(zero), Self::constant(-1.0), self);
                Self::choose(zero.is_below(self), Self::constant(1.0), below)
            }

            // What goes number by number is a call of its own: where arrays and registers shared a place on the stack, the compiler
            // gave it (LLVM 22) the arrays' alignment.
            #[inline(never)]
            fn powf(self, p: f64) -> Self {
                Self::of(self.numbers().map(|x| x.powf(p)))
            }

            #[inline(never)]
            fn pow(self, p: Self) -> Self {
                let (x, p) = (self.numbers(), p.numbers());
                Self::of(std::array::from_fn(|k| Scalar::pow(x[k], p[k])))
            }

            pack!(@each exp ln sin cos tan sinh cosh tanh logistic softplus);
        }
    };
    (@operator $pack:ident $trait:ident $name:ident $of:expr, $splat:expr) => {
        impl std::ops::$trait for $pack {
            type Output = Self;
            #[inline(always)]
            fn $name(self, other: Self) -> Self {
                $of(self, other)
            }
        }

        impl std::ops::$trait<f64> for $pack {
            type Output = Self;
            #[inline(always)]
            fn $name(self, other: f64) -> Self {
                $of(self, $splat(other))
            }
        }
    };
    (@each $($function:ident)+) => {
        $(#[inline(never)]
        fn $function(self) -> Self {
            Self::of(self.numbers().map(<f64 as Scalar>::$function))
        })+
    };
}

pub(super) use pack;
