//! How a scenario is looked at: the map's slice and quantity, the curves' axes, the speed.

use serde::{Deserialize, Serialize};

use super::{Pace, SweepAxis, read_json};
use crate::calculus::{VecN, landscape};
use crate::loss::{LossSpec, Refusal, exact, quoted};
use crate::sharpness::{Curve, MapQuantity};

/// What fills the window's middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// One map with every method's path.
    Map,
    /// The approximation gap: a map for each method, side by side.
    Gap,
    /// The map, coloured by where the run from each of its points ends.
    Basin,
    /// A plane of two settings, coloured by how sharp it is where the run with each pair of them ends.
    Sweep,
    /// The map, and at each method's head the loss over two coordinates as a surface in space.
    Surface,
}

/// What stands beside the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The curves.
    Curves,
    /// The anatomy of one SAM step.
    Anatomy,
}

/// A linear or a logarithmic scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Equal steps.
    Linear,
    /// Equal ratios.
    Log,
}

/// Where the map's 2-D slice lies in the other coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Through {
    /// On Γ where it is a coordinate subspace, else through the first landmark, else through the origin.
    Gamma,
    /// Through the first racer's current iterate: the slice moves with it.
    Head,
    /// Through the start.
    Start,
}

/// Everything about the picture that a link or a file must restore.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a view: an object in braces")]
pub struct View {
    /// The two coordinates that span the map, counted from 1 as in x1, x2; [1, 1] in one dimension.
    pub axes: [usize; 2],
    /// Where the slice lies in the other coordinates.
    pub through: Through,
    /// What the map's colours show.
    pub quantity: MapQuantity,
    /// The map's levels.
    pub levels: Scale,
    /// The map's visible rectangle x min, x max, y min, y max; null fits the run.
    pub bounds: Option<[f64; 4]>,
    /// What fills the window's middle.
    pub layout: Layout,
    /// The settings along the sweep's axes; left out, they are η and ρ around those of the method in focus.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sweep: Option<[SweepAxis; 2]>,
    /// The two coordinates under the surfaces; null takes the first two that do not span the map, where there are.
    pub surface_axes: Option<[usize; 2]>,
    /// Half the width of the surfaces' window; null fits it to the start and ρ.
    pub surface_reach: Option<f64>,
    /// From where the surfaces are seen: yaw within ±180 and pitch from 5 to 85, in degrees.
    pub camera: [f64; 2],
    /// The steps at which the figure `fig1` has surfaces, ascending, at most 8; none are the start and the ends.
    pub surface_steps: Vec<u64>,
    /// What stands beside the map.
    pub side: Side,
    /// Whether the limiting flows are drawn on the map.
    pub flows: bool,
    /// Updates per frame while playing, 1 … 10^6; with pace `time` those of the largest η.
    pub steps_per_frame: u64,
    /// The scenario's pace in what was written when it stood here; read, taken over, and never written.
    #[serde(rename = "pace", skip_serializing)]
    pub former_pace: Option<Pace>,
    /// The curves' step axis.
    pub step_scale: Scale,
    /// The curves' value axes (alignment is always linear).
    pub value_scale: Scale,
    /// The curves that are shown.
    pub curves: Vec<Curve>,
}

impl Default for View {
    fn default() -> Self {
        Self {
            axes: [1, 2],
            through: Through::Gamma,
            quantity: MapQuantity::Loss,
            levels: Scale::Log,
            bounds: None,
            layout: Layout::Map,
            sweep: None,
            surface_axes: None,
            surface_reach: None,
            camera: Self::CAMERA,
            surface_steps: Vec::new(),
            side: Side::Curves,
            flows: true,
            steps_per_frame: 10,
            former_pace: None,
            step_scale: Scale::Linear,
            value_scale: Scale::Log,
            curves: vec![Curve::Loss, Curve::GradNorm, Curve::Lambda1, Curve::Trace, Curve::Alignment],
        }
    }
}

impl View {
    /// The view that shows the story of a resolved loss, for a run from `start`.
    ///
    /// # Panics
    /// The catalogue has a view that cannot be read; the tests read them all.
    #[must_use]
    pub fn of(loss: &LossSpec, start: &[f64]) -> Self {
        let Some(info) = loss.info() else {
            let negative = landscape(loss, start.len()).value(&VecN::from_slice(start)) < 0.0;
            let scale = if negative { Scale::Linear } else { Scale::Log };
            let axes = [1, start.len().min(2)];
            return Self { axes, levels: scale, value_scale: scale, ..Self::default() };
        };
        let mut view: Self = match read_json(info.view) {
            Ok(view) => view,
            Err(error) => unreachable!("the view of `{}`: {error}", info.id),
        };
        // A start elsewhere has to be seen too.
        let [x, y] = view.axes.map(|axis| start[axis - 1]);
        view.bounds = view.bounds.filter(|[x0, x1, y0, y1]| (x0..=x1).contains(&&x) && (y0..=y1).contains(&&y));
        view
    }

    /// The most updates per frame.
    pub const MAX_STEPS_PER_FRAME: u64 = 1_000_000;
    /// Each of the map's bounds lies within ± this.
    pub const BOUNDS_MAX: f64 = 1e9;
    /// The camera at the beginning.
    pub const CAMERA: [f64; 2] = [28.0, 26.0];
    /// The smallest and the largest half-width of the surfaces' window.
    pub const SURFACE_REACHES: [f64; 2] = [1e-6, 1e6];

    /// The most steps at which a figure has surfaces.
    pub const MAX_SURFACE_STEPS: usize = 8;

    /// The two coordinates under the surfaces, counted from 1.
    #[must_use]
    pub fn surface_axes(&self, dim: usize) -> [usize; 2] {
        let mut others = (1..=dim).filter(|axis| !self.axes.contains(axis));
        let fitting = if dim < 4 { None } else { others.next().zip(others.next()).map(|(a, b)| [a, b]) };
        self.surface_axes.or(fitting).unwrap_or(self.axes)
    }

    /// Checks the view against the dimension of the scenario.
    pub(super) fn validate(&self, dim: usize) -> Result<(), Refusal> {
        let [a, b] = self.axes;
        let is_line = dim == 1 && self.axes == [1, 1];
        if !is_line && (a == b || !(1..=dim).contains(&a) || !(1..=dim).contains(&b)) {
            let allowed = format!("must be two different coordinates from 1 to {dim}, but is [{a}, {b}]");
            return Err(Refusal::new(["view", "axes"], allowed));
        }
        if let Some([x_min, x_max, y_min, y_max]) = self.bounds {
            let max = Self::BOUNDS_MAX;
            let fits = |low: f64, high: f64| low.abs() <= max && high.abs() <= max && high - low >= 1e-12;
            if !(fits(x_min, x_max) && fits(y_min, y_max)) {
                let allowed = format!("must be null or x min < x max, y min < y max, each within ±{max:e}");
                return Err(Refusal::new(["view", "bounds"], allowed));
            }
        }
        self.sweep.as_ref().map_or(Ok(()), SweepAxis::validate)?;
        self.validate_surface(dim)?;
        if !(1..=Self::MAX_STEPS_PER_FRAME).contains(&self.steps_per_frame) {
            let allowed = format!(
                "must be a whole number from 1 to {}, but is {}",
                Self::MAX_STEPS_PER_FRAME,
                self.steps_per_frame
            );
            return Err(Refusal::new(["view", "steps_per_frame"], allowed));
        }
        Ok(())
    }

    fn validate_surface(&self, dim: usize) -> Result<(), Refusal> {
        if let Some([a, b]) = self.surface_axes
            && (a == b || !(1..=dim).contains(&a) || !(1..=dim).contains(&b))
        {
            let allowed = format!("must be null or two different coordinates from 1 to {dim}, but is [{a}, {b}]");
            return Err(Refusal::new(["view", "surface_axes"], allowed));
        }
        let [low, high] = Self::SURFACE_REACHES;
        if let Some(reach) = self.surface_reach.filter(|reach| !(low..=high).contains(reach)) {
            let allowed = format!("must be null or a number from {low:e} to {high:e}, but is {}", exact(reach));
            return Err(Refusal::new(["view", "surface_reach"], allowed));
        }
        let steps = &self.surface_steps;
        if steps.len() > Self::MAX_SURFACE_STEPS || !steps.is_sorted_by(|a, b| a < b) {
            let allowed = format!(
                "must be at most {} whole numbers, each greater than the one before, but is {}",
                Self::MAX_SURFACE_STEPS,
                quoted(&format!("{steps:?}"))
            );
            return Err(Refusal::new(["view", "surface_steps"], allowed));
        }
        let [yaw, pitch] = self.camera;
        if !((-180.0..=180.0).contains(&yaw) && (5.0..=85.0).contains(&pitch)) {
            let allowed = format!(
                "must be a yaw within ±180 and a pitch from 5 to 85, but is [{}, {}]",
                exact(yaw),
                exact(pitch)
            );
            return Err(Refusal::new(["view", "camera"], allowed));
        }
        Ok(())
    }
}
