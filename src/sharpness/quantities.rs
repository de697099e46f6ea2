//! The table of what is measured: a new quantity is one row of it.
//!
//! A row has what the glossary says of it (symbol, name, definition, formula, source; see [`Entry`]), and what there is of it:
//! - `point`: a field of [`Point`], so a column of records and of CSV, under its name or the one after `as`; its type (a
//!   number, a number that may be null, a list of one per dimension), what it takes ([`Effort`]), how it is measured at a
//!   place ([`At`]), and when it is null;
//! - `curve`: of that field, its public id, its variant, its plot and its look;
//! - `map`: the same measure on the map, under the same id;
//! - `only map`, `only curve`: of what is no field of a point. `race/lines.rs` has such curves' lines.

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::curve::{CurveGroup, CurveInfo, Dash, Effort, Look, MapInfo};
use super::entry::{Entry, PAPER};
use super::measured::Measured;
use super::{At, alignment_at, ascent_rise, average_rise, lambda_edge, rayleigh, worst_direction};
use crate::calculus::{Landscape, lambda_m};

macro_rules! quantities {
    ($(
        $symbol:literal, $name:literal, $about:literal, $formula:literal, $source:tt:
        $(point $field:ident $(as $column:literal)?: $type:ty, $effort:ident = $measure:expr $(, null $null:literal)?;
            $(curve $id:literal $Curve:ident in $group:ident, $look:expr; $(map $Map:ident;)?)?
        )?
        $(only map $map_id:literal $OnlyMap:ident, $map_effort:ident = $on_map:expr;)?
        $(only curve $curve_id:literal $OnlyCurve:ident in $only_group:ident, $only_look:expr;)?
    )+) => {
        /// What the glossary says of each, in the order of the table.
        pub const MEASURED: &[Entry] = &[$(Entry {
            // Its own public name: a curve's, a map's, or else a column's.
            id: [$($($id,)?)? $($map_id,)? $($curve_id,)? $(stringify!($field),)?][0],
            symbol: $symbol,
            name: $name,
            definition: $about,
            formula: $formula,
            source: $source,
        },)+];

        /// One iterate and what is measured there (INTERFACE's POINT). Stochastic methods are measured with the full
        /// gradient.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        pub struct Point {
            /// The number of updates before this iterate.
            pub step: u64,
            /// The iterate.
            pub x: Vec<f64>,
            $($(
                #[doc = concat!($symbol, ": ", $about $(, "; null ", $null)?)]
                pub $field: $type,
            )?)+
        }

        impl Point {
            /// Measures iterate `step` at `x` for learning rate `eta` and perturbation radius `rho`; what takes more than
            /// derivatives is left out.
            #[must_use]
            pub fn measure(loss: &dyn Landscape, step: u64, x: &[f64], eta: f64, rho: f64) -> Self {
                let at = At::new(loss, x, rho, eta);
                // Vectors are asked for: the eigenvalues come with them.
                at.eigen();
                Self {
                    step,
                    x: x.to_vec(),
                    $($($field: match Effort::$effort {
                        Effort::Derivatives => measured(&at, $measure),
                        _ => Default::default(),
                    },)?)+
                }
            }

            /// Adds what was left out: the three notions of sharpness for radius `rho` ≥ 0.
            pub fn measure_sharpness(&mut self, loss: &dyn Landscape, rho: f64) {
                let at = At::new(loss, &self.x, rho, f64::NAN);
                $($(if Effort::$effort != Effort::Derivatives {
                    self.$field = measured(&at, $measure);
                })?)+
            }

            /// The names of a table's columns for points in dimension `dim`.
            #[must_use]
            pub fn columns(dim: usize) -> Vec<String> {
                let mut columns = vec!["step".to_owned()];
                columns.extend(Vec::<f64>::columns("x", dim));
                $($(columns.extend(<$type>::columns([$($column,)? stringify!($field)][0], dim));)?)+
                columns
            }

            /// Its cells under them; empty where there is no number.
            #[must_use]
            pub fn cells(&self) -> Vec<String> {
                let mut cells = vec![self.step.to_string()];
                cells.extend(self.x.cells());
                $($(cells.extend(self.$field.cells());)?)+
                cells
            }
        }

        /// Points as one list for each of [`Point`]'s fields.
        #[derive(Clone, Copy, Debug)]
        pub struct Columns<'a>(pub &'a [Point]);

        impl Serialize for Columns<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut columns = serializer.serialize_map(None)?;
                columns.serialize_entry("step", &Column(self.0, |point| &point.step))?;
                columns.serialize_entry("x", &Column(self.0, |point| &point.x))?;
                $($(columns.serialize_entry(stringify!($field), &Column(self.0, |point| &point.$field))?;)?)+
                columns.end()
            }
        }

        /// A live curve against the step.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Curve {
            $(
                $($(#[doc = concat!($symbol, ": ", $about)] #[serde(rename = $id)] $Curve,)?)?
                $(#[doc = concat!($symbol, ": ", $about)] #[serde(rename = $curve_id)] $OnlyCurve,)?
            )+
        }

        impl Curve {
            /// Every curve, in the order in which legends show them.
            pub const ALL: &[Self] = &[$($($(Self::$Curve,)?)? $(Self::$OnlyCurve,)?)+];

            /// Its row.
            #[must_use]
            pub fn info(self) -> CurveInfo {
                match self {$(
                    $($(Self::$Curve => CurveInfo {
                        entry: entry($symbol),
                        group: CurveGroup::$group,
                        look: $look,
                        effort: Effort::$effort,
                        value: Some(|point| point.$field.number()),
                    },)?)?
                    $(Self::$OnlyCurve => CurveInfo {
                        entry: entry($symbol),
                        group: CurveGroup::$only_group,
                        look: $only_look,
                        effort: Effort::Derivatives,
                        value: None,
                    },)?
                )+}
            }
        }

        /// What the map's colours show.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum MapQuantity {
            $(
                $($($(#[doc = concat!($symbol, ": ", $about)] #[serde(rename = $id)] $Map,)?)?)?
                $(#[doc = concat!($symbol, ": ", $about)] #[serde(rename = $map_id)] $OnlyMap,)?
            )+
        }

        impl MapQuantity {
            /// Every quantity, in the order in which menus show them.
            pub const ALL: &[Self] = &[$($($($(Self::$Map,)?)?)? $(Self::$OnlyMap,)?)+];

            /// Its row.
            #[must_use]
            pub fn info(self) -> MapInfo {
                match self {$(
                    $($($(Self::$Map => MapInfo {
                        entry: entry($symbol),
                        effort: Effort::$effort,
                        value: |at| measured::<$type>(at, $measure).number().unwrap_or(f64::NAN),
                    },)?)?)?
                    $(Self::$OnlyMap => MapInfo {
                        entry: entry($symbol),
                        effort: Effort::$map_effort,
                        value: |at| measured(at, $on_map).number().unwrap_or(f64::NAN),
                    },)?
                )+}
            }
        }
    };
}

/// A row's entry, by its symbol.
fn entry(symbol: &str) -> &'static Entry {
    MEASURED.iter().find(|entry| entry.symbol == symbol).expect("a row has a symbol of its own")
}

/// Tells the compiler what a row's measure is of.
fn measured<T>(at: &At, measure: impl FnOnce(&At) -> T) -> T {
    measure(at)
}

/// One field of many points, as a list.
struct Column<'a, T>(&'a [Point], fn(&Point) -> &T);

impl<T: Serialize> Serialize for Column<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(self.1))
    }
}

const fn solid(width: f32, opacity: f32) -> Look {
    Look { dash: Dash::Solid, width, opacity }
}

const fn dashed(dash: Dash, width: f32, opacity: f32) -> Look {
    Look { dash, width, opacity }
}

quantities! {
    "L", "loss", "the loss", r"L(x)", PAPER:
        point loss: f64, Derivatives = |at| at.loss.value(&at.x);
        curve "loss" Loss in Loss, solid(1.8, 1.0);
        map Loss;
    "‖g‖", "gradient norm", "the gradient's norm", r"\|g\| = \|\nabla L(x)\|", PAPER:
        point grad_norm: f64, Derivatives = |at| at.gradient().norm();
        curve "grad_norm" GradNorm in Loss, solid(1.0, 0.65);
    "λ_{1}", "largest eigenvalue", "the Hessian's top eigenvalue, which full-batch SAM minimizes",
        r"\lambda_1 = \max_{\|v\|=1} v^{\top} H v", "Thm 4.5":
        // The first of all of them.
        point eigenvalues as "lambda": Vec<f64>, Derivatives = |at| at.eigenvalues().to_vec();
        curve "lambda_1" Lambda1 in Hessian, solid(1.8, 1.0);
        map Lambda1;
    "λ_{2}…λ_{D}", "other eigenvalues", "the Hessian's other eigenvalues", r"\lambda_2 \ge \ldots \ge \lambda_D", PAPER:
        only curve "other_eigenvalues" OtherEigenvalues in Hessian, solid(1.0, 0.55);
    "λ_{M}", "smallest non-zero eigenvalue", "the smallest non-zero eigenvalue, which descent on L^Asc minimizes",
        r"\lambda_M", "Thm 4.2, Table 1":
        only map "lambda_m" LambdaM, Derivatives = |at| lambda_m(at.eigenvalues());
    "Tr H", "trace", "the sum of the eigenvalues, which 1-SAM minimizes",
        r"\Tr H = \lambda_1 + \ldots + \lambda_D", "Thm 5.4":
        point trace: f64, Derivatives = |at| at.hessian().trace();
        curve "trace" Trace in Hessian, dashed(Dash::Loose, 1.5, 0.9);
        map Trace;
    "|⟨ĝ,v_{1}⟩|", "alignment", "how well the gradient is aligned with the top eigenvector: 1 is perfect",
        r"|\langle\hat g, v_1\rangle|", "Thm 4.5, Thm 4.8":
        point alignment: Option<f64>, Derivatives = alignment_at,
            null "where g = 0, no more than rounding, or at the underflow floor";
        curve "alignment" Alignment in Alignment, solid(1.8, 1.0);
    "⟨ĝ,Hĝ⟩", "Rayleigh quotient", "the Rayleigh quotient: the curvature along the gradient",
        r"\langle\hat g, H\hat g\rangle", "Sec. 4.3":
        point rayleigh: Option<f64>, Derivatives = |at| rayleigh(at.gradient(), at.eigen()),
            null "where g = 0 or at the underflow floor";
        curve "rayleigh" Rayleigh in Hessian, solid(1.0, 0.8);
    "λ_{edge}", "SAM's edge of stability", "SAM's edge of stability, below 2/η",
        r"\frac{\|g\|}{2\rho}\left(\sqrt{1 + \frac{8\rho}{\eta\|g\|}} - 1\right)", "Long, Bartlett, arXiv 2309.12488":
        point lambda_edge: f64, Derivatives = |at| lambda_edge(at.gradient().norm(), at.eta, at.rho);
        // Dots would cost more than all other lines together, and so would dashes where a curve oscillates.
        curve "lambda_edge" LambdaEdge in Hessian, dashed(Dash::Short, 1.6, 0.9);
    "2/η", "edge of stability", "gradient descent's edge of stability", r"\frac{2}{\eta}", "classical":
        only curve "two_over_eta" TwoOverEta in Hessian, dashed(Dash::Dense, 1.0, 0.6);
    "λ^{*}", "a method's own edge", "a method's own edge: λ1 up to which USAM can rest, and λM(1+s/ρ)², which is least where descent on L^Asc rests",
        r"\frac{\sqrt{1 + \frac{8\rho}{\eta}} - 1}{2\rho}", "USAM: Dai, Ahn, Sra, arXiv 2305.15287; L^Asc: docs/mathematics.md":
        only curve "own_edge" OwnEdge in Hessian, dashed(Dash::Dense, 1.4, 0.9);
    "L^{Max}", "worst-direction loss", "the greatest loss within ρ", r"\max_{\|v\| \le 1} L(x + \rho v)", "Eq. 1":
        only map "l_max" LMax, Search = |at| worst_direction(at.loss, &at.x, at.rho).value;
    "L^{Asc}", "ascent-direction loss", "the loss at x + ρĝ", r"L(x + \rho\hat g)", "Eq. 2":
        only map "l_asc" LAsc, Step = |at| ascent_rise(at.loss, &at.x, at.rho).map(|rise| at.value() + rise);
    "L^{Avg}", "average-direction loss", "the mean loss at distance ρ", r"E_{u} L(x + \rho u)", "Eq. 4":
        only map "l_avg" LAvg, Quadrature = |at| at.value() + average_rise(at.loss, &at.x, at.rho).value;
    "R^{Max}", "worst-direction sharpness", "the greatest loss within ρ, minus the loss",
        r"R^{\text{Max}} = \max_{\|v\| \le 1} L(x + \rho v) - L(x)", "Eq. 1":
        point r_max: Option<f64>, Search = |at| Some(worst_direction(at.loss, &at.x, at.rho).r_max),
            null "until it is measured";
        curve "r_max" RMax in Sharpness, solid(1.8, 1.0);
        map RMax;
    "R^{Asc}", "ascent-direction sharpness", "the loss at x + ρĝ, minus the loss",
        r"R^{\text{Asc}} = L(x + \rho\hat g) - L(x)", "Eq. 2":
        point r_asc: Option<f64>, Step = |at| ascent_rise(at.loss, &at.x, at.rho),
            null "until it is measured, where g = 0 or at the underflow floor";
        curve "r_asc" RAsc in Sharpness, solid(1.1, 0.75);
        map RAsc;
    "R^{Avg}", "average-direction sharpness", "the mean loss at distance ρ, minus the loss",
        r"R^{\text{Avg}} = E_{u} L(x + \rho u) - L(x)", "Eq. 4":
        point r_avg: Option<f64>, Quadrature = |at| Some(average_rise(at.loss, &at.x, at.rho).value),
            null "until it is measured";
        curve "r_avg" RAvg in Sharpness, dashed(Dash::Loose, 1.5, 0.9);
        map RAvg;
    "limits ρ²S", "limiting regularizers", "what the three come to at a minimum: ρ²λ1/2, ρ²λM/2 and ρ² Tr H/(2D)",
        r"\rho^2 \frac{\lambda_1}{2} \quad \rho^2 \frac{\lambda_M}{2} \quad \rho^2 \frac{\Tr H}{2D}", "Def. 4.1, Table 1":
        only curve "limits" Limits in Sharpness, dashed(Dash::Dense, 1.0, 0.6);
    "distance to the flow", "distance to the flow", "how far Φ(x), the minimum below the iterate, is from the theorem's limiting flow (faint) and from the law for finite η",
        r"\|\Phi(x_t) - X(\eta\rho^2 t)\|", "Thm 4.5":
        only curve "flow_distance" FlowDistance in Theory, solid(1.8, 1.0);
}
