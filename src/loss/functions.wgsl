// What the language lacks or has without precision: made of sums, products, quotients and roots, each as `Single` has it.
// What f32 cannot tell is not a number.

fn unknown(x: f32) -> f32 {
    return bitcast<f32>(bitcast<u32>(x) | 0x7fc00000u);
}

// 2ⁿ for a whole n, the nearest one that there is.
fn two_to(n: f32) -> f32 {
    return bitcast<f32>(u32(i32(clamp(n, -126.0, 127.0)) + 127) << 23u);
}

fn exp_(x: f32) -> f32 {
    let n = floor(x * 1.442695 + 0.5);
    let r = (x - n * 0.693359375) + n * 2.1219444e-4;
    let p = 1.0 + r * (1.0 + r * (0.5 + r * (0.16666667 + r * (0.041666667
        + r * (0.0083333333 + r * (0.0013888889 + r * 1.984127e-4))))));
    let half = floor(n * 0.5);
    return p * two_to(half) * two_to(n - half);
}

fn ln_(x: f32) -> f32 {
    let bits = bitcast<u32>(x);
    if (bits < 0x00800000u || bits >= 0x7f800000u) {
        return unknown(x);
    }
    var e = f32(bits >> 23u) - 127.0;
    var m = bitcast<f32>((bits & 0x007fffffu) | 0x3f800000u);
    if (m > 1.4142135) {
        m = m * 0.5;
        e = e + 1.0;
    }
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let p = s * (2.0 + z * (0.6666667 + z * (0.4 + z * (0.2857143 + z * 0.22222222))));
    return e * 0.693359375 + (p - e * 2.1219444e-4);
}

// log(1 + t) for t from 0 to 1.
fn ln_one_plus(t: f32) -> f32 {
    let s = t / (2.0 + t);
    let z = s * s;
    return s * (2.0 + z * (0.6666667 + z * (0.4 + z * (0.2857143 + z * (0.22222222
        + z * (0.18181819 + z * (0.15384616 + z * 0.13333334)))))));
}

// sin(x + quarter·π/2)
fn turned(x: f32, quarter: i32) -> f32 {
    if (abs(x) > 4096.0) {
        return unknown(x);
    }
    let n = floor(x * 0.63661975 + 0.5);
    let r = ((x - n * 1.5703125) - n * 4.837513e-4) - n * 7.54979e-8;
    let z = r * r;
    let sine = r * (1.0 + z * (-0.16666667 + z * (0.0083333333 + z * (-1.984127e-4 + z * 2.7557319e-6))));
    let cosine = 1.0 + z * (-0.5 + z * (0.041666667 + z * (-0.0013888889 + z * (2.4801587e-5 - z * 2.7557319e-7))));
    let q = (i32(n) + quarter) & 3;
    let one = select(sine, cosine, (q & 1) == 1);
    return select(one, -one, q >= 2);
}

fn sin_(x: f32) -> f32 {
    return turned(x, 0);
}

fn cos_(x: f32) -> f32 {
    return turned(x, 1);
}

fn tan_(x: f32) -> f32 {
    return turned(x, 0) / turned(x, 1);
}

// sinh x for |x| up to 1.
fn small_sinh(x: f32) -> f32 {
    let z = x * x;
    return x * (1.0 + z * (0.16666667 + z * (0.0083333333 + z * (1.984127e-4 + z * 2.7557319e-6))));
}

fn sinh_(x: f32) -> f32 {
    let e = exp_(abs(x));
    let large = 0.5 * (e - 1.0 / e);
    return select(select(large, -large, x < 0.0), small_sinh(x), abs(x) < 1.0);
}

fn cosh_(x: f32) -> f32 {
    let e = exp_(abs(x));
    return 0.5 * (e + 1.0 / e);
}

fn tanh_(x: f32) -> f32 {
    let large = 1.0 - 2.0 / (exp_(2.0 * min(abs(x), 20.0)) + 1.0);
    return select(select(large, -large, x < 0.0), small_sinh(x) / cosh_(x), abs(x) < 1.0);
}

fn logistic(x: f32) -> f32 {
    let e = exp_(-abs(x));
    return select(1.0, e, x < 0.0) / (1.0 + e);
}

fn softplus(x: f32) -> f32 {
    return max(x, 0.0) + ln_one_plus(exp_(-abs(x)));
}

fn over_squared_cosh(a: f32, u: f32) -> f32 {
    let e = exp_(-abs(u));
    let inverse = 2.0 * e / (1.0 + e * e);
    return a * inverse * inverse;
}

fn pow_(x: f32, p: f32) -> f32 {
    if (p == 0.0) {
        return 1.0;
    }
    if (x == 0.0) {
        return select(0.0, unknown(x), p < 0.0);
    }
    let size = exp_(p * ln_(abs(x)));
    if (x > 0.0) {
        return size;
    }
    if (floor(p) != p) {
        return unknown(x);
    }
    return select(size, -size, p - 2.0 * floor(0.5 * p) == 1.0);
}

fn sign_(x: f32) -> f32 {
    return select(select(x, -1.0, x < 0.0), 1.0, x > 0.0);
}

fn is_finite(x: f32) -> bool {
    return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}
