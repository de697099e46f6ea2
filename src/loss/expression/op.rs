//! What one instruction can do.

use crate::loss::Scalar;

/// What a step computes from its arguments a, b, c, d, e, f and its constants k, l.
///
/// The fused ones round after every operation, as the separate ones would: they save dispatches, not roundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// k
    Constant,
    /// −a
    Negate,
    /// a + b
    Add,
    /// a − b
    Sub,
    /// a b
    Mul,
    /// a / b
    Div,
    /// a + k
    AddConstant,
    /// k − a
    ConstantSub,
    /// a k
    MulConstant,
    /// a / k
    DivConstant,
    /// k / a
    ConstantDiv,
    /// a b + c
    MulAdd,
    /// a b − c
    MulSub,
    /// c − a b
    SubMul,
    /// a b + k
    MulAddConstant,
    /// k − a b
    ConstantSubMul,
    /// a b + c + k
    MulAddAddConstant,
    /// a k + l
    Affine,
    /// a k + b
    ScaleAdd,
    /// a b c
    MulMul,
    /// a b c + d
    MulMulAdd,
    /// a b k
    MulMulConstant,
    /// a b k + c
    MulMulConstantAdd,
    /// f(a)
    Call,
    /// aᵏ
    PowConstant,
    /// aᵇ
    Pow,
    /// a/cosh²b
    OverSquaredCosh,
    /// sign(a)
    Sign,
    /// min(a, b)
    Min,
    /// max(a, b)
    Max,
    /// c where a attains the extreme b, else d.
    Choose,
    /// a + b and c + d
    Add2,
    /// a − b and c − d
    Sub2,
    /// a b and c d
    Mul2,
    /// a + k and b + l
    AddConstant2,
    /// k − a and l − b
    ConstantSub2,
    /// a b + c and d e + f
    MulAdd2,
    /// a b + c + k and d e + f + l
    MulAddAddConstant2,
    /// a b k and c d l
    MulMulConstant2,
    /// a b k + c and d e l + f
    MulMulConstantAdd2,
}

impl Op {
    /// The operation that does two of this kind at once, where there is one.
    pub fn twin(self) -> Option<Self> {
        Some(match self {
            Self::Add => Self::Add2,
            Self::Sub => Self::Sub2,
            Self::Mul => Self::Mul2,
            Self::AddConstant => Self::AddConstant2,
            Self::ConstantSub => Self::ConstantSub2,
            Self::MulAdd => Self::MulAdd2,
            Self::MulAddAddConstant => Self::MulAddAddConstant2,
            Self::MulMulConstant => Self::MulMulConstant2,
            Self::MulMulConstantAdd => Self::MulMulConstantAdd2,
            _ => return None,
        })
    }
}

/// min(a, b): the first where they tie, NaN where either is NaN.
#[inline(always)]
pub(super) fn smaller<T: Scalar>(a: T, b: T) -> T {
    T::choose(b.is_below(a), b, unless_nan(b, a))
}

/// max(a, b): the first where they tie, NaN where either is NaN.
#[inline(always)]
pub(super) fn larger<T: Scalar>(a: T, b: T) -> T {
    T::choose(a.is_below(b), b, unless_nan(b, a))
}

/// `then` where the first argument of a minimum or maximum is what was chosen, elsewhere `otherwise`. A NaN is.
#[inline(always)]
pub(super) fn where_attained<T: Scalar>(argument: T, extreme: T, then: T, otherwise: T) -> T {
    T::choose(argument.equals(extreme), then, T::choose(argument.equals(argument), otherwise, then))
}

/// `otherwise`, but NaN where `a` is NaN.
#[inline(always)]
fn unless_nan<T: Scalar>(a: T, otherwise: T) -> T {
    T::choose(a.equals(a), otherwise, a)
}
