//! A value at each node of a plane: what it is. How it is computed is a [`Backend`](super::Backend)'s business.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sweep::Over;
use super::values::{Ends, Values};
use super::{Nodes, Slice};
use crate::calculus::landscape;
use crate::ensemble::{Classes, End, Finals, Points, Settings, advance_each, ends, together};
use crate::loss::Refusal;
use crate::run::{RunSpec, Scenario, Setting, limits, read_json};
use crate::sharpness::{Effort, MapQuantity};

/// The nodes of all planes together, at most.
pub const NODES_MAX: usize = 1 << 26;

/// A value at each node of a plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Loss, method and steps.
    pub scenario: Scenario,
    /// What of it.
    pub kind: Kind,
}

/// What there is at a node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Kind {
    /// A point's quantity, with the first method's ρ.
    Quantity {
        /// Which.
        quantity: MapQuantity,
        /// Where.
        plane: Plane,
    },
    /// How the method's run from there ends.
    Basin {
        /// The starts.
        plane: Plane,
    },
    /// How the method's run ends with these settings.
    Sweep {
        /// The settings along u and v.
        over: [Over; 2],
        /// Each run goes on for this time τ = ηρ²t, in place of the scenario's steps.
        tau: Option<f64>,
    },
}

/// A part of a 2-D slice, with nodes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plane {
    /// The slice.
    pub slice: Slice,
    /// Nodes per row and rows, each at least 2.
    pub size: [usize; 2],
    /// u min, u max, v min, v max.
    pub bounds: [f64; 4],
}

impl Plane {
    /// The nodes along u and v.
    #[must_use]
    pub fn nodes(&self) -> [Nodes; 2] {
        let [u0, u1, v0, v1] = self.bounds;
        [Nodes::linear(u0, u1, self.size[0]), Nodes::linear(v0, v1, self.size[1])]
    }
}

impl Field {
    /// As JSON, of which [`from_json`](Self::from_json) makes the same field.
    ///
    /// # Panics
    /// A field always has a JSON form.
    #[must_use]
    pub fn to_json(&self) -> String {
        match serde_json::to_string(self) {
            Ok(text) => text,
            Err(error) => unreachable!("a field has no map with other keys than texts: {error}"),
        }
    }

    /// What [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// The text is something else.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        let mut field: Self = read_json(text)?;
        // The program of a typed loss is no part of it.
        field.scenario.loss = field.scenario.loss.resolved()?;
        Ok(field)
    }

    /// The nodes along u and v.
    #[must_use]
    pub fn nodes(&self) -> [Nodes; 2] {
        match &self.kind {
            Kind::Quantity { plane, .. } | Kind::Basin { plane } => plane.nodes(),
            Kind::Sweep { over, .. } => [over[0].nodes, over[1].nodes],
        }
    }

    /// The number of nodes.
    #[must_use]
    pub fn count(&self) -> usize {
        let [u, v] = self.nodes();
        u.count * v.count
    }

    /// The classes of ends, where nodes have ends.
    #[must_use]
    pub fn classes(&self) -> Option<Classes> {
        let of = || Classes::of(&self.scenario.loss, self.scenario.dim());
        (!matches!(self.kind, Kind::Quantity { .. })).then(of)
    }

    /// The updates of a run, at most; 0 where nothing runs.
    #[must_use]
    pub fn steps(&self) -> u64 {
        match &self.kind {
            Kind::Quantity { .. } => 0,
            Kind::Basin { .. } => self.scenario.steps,
            Kind::Sweep { .. } => self.corners().iter().map(|settings| settings.steps).max().unwrap_or(0),
        }
    }

    /// The settings of the runs at the corners.
    pub(super) fn corners(&self) -> [Settings; 4] {
        let [u, v] = self.nodes();
        let corners = [[u.from, v.from], [u.from, v.to], [u.to, v.from], [u.to, v.to]];
        corners.map(|values| Settings::of(&self.run_with(values)))
    }

    /// What a node costs, about, in updates of a plain method in few dimensions.
    #[must_use]
    pub fn cost(&self) -> u64 {
        match &self.kind {
            Kind::Quantity { quantity, .. } => match quantity.info().effort {
                Effort::Derivatives | Effort::Step => 1 << 6,
                Effort::Quadrature => 1 << 11,
                Effort::Search => 1 << 13,
            },
            Kind::Basin { .. } | Kind::Sweep { .. } => {
                let slow = self.run().optimizer.methods().any(|method| method.info().is_slow);
                // What its end is called is judged by its next 128 updates.
                self.steps().saturating_add(1 << 8).saturating_mul(if slow { 1 << 8 } else { 1 })
            }
        }
    }

    /// The nodes of a tile that costs about so many updates, at most `most`; runs that step together are not parted.
    #[must_use]
    pub fn tile_nodes(&self, updates: u64, most: usize) -> usize {
        let together = if let Kind::Quantity { .. } = self.kind { 1 } else { together(&self.run()) };
        (updates / self.cost()).clamp(1, most as u64).next_multiple_of(together as u64) as usize
    }

    /// Whether every node can be computed.
    ///
    /// # Errors
    /// A setting is refused, or there are too many nodes.
    pub fn validate(&self) -> Result<(), Refusal> {
        let [u, v] = self.nodes();
        if u.count < 2 || v.count < 2 || u.count.saturating_mul(v.count) > NODES_MAX {
            let allowed = format!("must be at least 2 nodes along each side, and at most {NODES_MAX} in all");
            return Err(Refusal::new("size", allowed));
        }
        match &self.kind {
            Kind::Quantity { .. } => Ok(()),
            Kind::Basin { plane } => {
                let most = limits::INIT_MAX;
                let is_start = plane.bounds.iter().all(|bound| bound.abs() <= most);
                let allowed = format!("must lie within ±{most:e}, where runs may start");
                if is_start { self.one_method() } else { Err(Refusal::new("bounds", allowed)) }
            }
            Kind::Sweep { over, tau } => {
                self.one_method()?;
                Over::validate(over, *tau, &self.scenario)?;
                let most = limits::STEPS_MAX;
                let allowed = format!("needs more than {most} steps where ηρ² is least");
                if self.steps() > most { Err(Refusal::new("tau", allowed)) } else { Ok(()) }
            }
        }
    }

    fn one_method(&self) -> Result<(), Refusal> {
        let is_one = self.scenario.optimizers.iter().filter(|spec| spec.on).count() == 1;
        if is_one { Ok(()) } else { Err(Refusal::new("optimizers", "must be one method")) }
    }

    /// The run of the method that takes part.
    #[must_use]
    pub fn run(&self) -> RunSpec {
        let index = self.scenario.optimizers.iter().position(|spec| spec.on).unwrap_or(0);
        self.scenario.run_spec(index)
    }

    /// The run with the settings of a sweep at (u, v).
    fn run_with(&self, values: [f64; 2]) -> RunSpec {
        let mut run = self.run();
        self.put_into(&mut run, values);
        run
    }

    fn put_into(&self, run: &mut RunSpec, values: [f64; 2]) {
        let Kind::Sweep { over, tau } = &self.kind else { return };
        for (over, value) in over.iter().zip(values) {
            over.setting.put(run, value);
        }
        if let Some(tau) = tau {
            let rate = run.optimizer.eta_along() * run.optimizer.rho * run.optimizer.rho;
            // What is infinite becomes the largest number of steps, which is refused.
            run.steps = (tau / rate).ceil() as u64;
        }
    }

    /// The values at all nodes.
    #[must_use]
    pub fn compute_all(&self) -> Values {
        self.compute(&(0..self.count()).collect::<Vec<_>>())
    }

    /// The values at some nodes, counted row by row from u min, v min: a function of them alone.
    #[must_use]
    pub fn compute(&self, nodes: &[usize]) -> Values {
        match &self.kind {
            Kind::Quantity { quantity, plane } => {
                let rho = self.run().optimizer.rho;
                Values::Numbers(super::quantity::values(&self.scenario.loss, plane, *quantity, rho, nodes))
            }
            Kind::Basin { plane } => Values::Ends(self.basin(plane, nodes)),
            Kind::Sweep { .. } => Values::Ends(self.sweep(nodes)),
        }
    }

    fn basin(&self, plane: &Plane, nodes: &[usize]) -> Ends {
        let (run, dim) = (self.run(), self.scenario.dim());
        let [u, v] = plane.nodes();
        let mut starts = Points::new(dim, nodes.len());
        for (k, &node) in nodes.iter().enumerate() {
            starts.put(k, &plane.slice.point(u.at(node % u.count), v.at(node / u.count)));
        }
        Ends::of(dim, self.ends(&run, &starts, &vec![Settings::of(&run); nodes.len()]))
    }

    fn ends(&self, run: &RunSpec, starts: &Points, settings: &[Settings]) -> Vec<End> {
        self.ends_at(run, &advance_each(run, starts, settings), settings)
    }

    /// What the ends of runs with these settings are.
    pub(super) fn ends_at(&self, run: &RunSpec, finals: &Finals, settings: &[Settings]) -> Vec<End> {
        let dim = self.scenario.dim();
        let (loss, classes) = (landscape(&run.loss, dim), Classes::of(&run.loss, dim));
        ends(run, loss.as_ref(), &classes, finals, settings)
    }

    /// The start of a node's run, and its settings; `run` is the method's, in which those of one node take the place of another's.
    pub(super) fn run_at(&self, run: &mut RunSpec, node: usize) -> (Vec<f64>, Settings) {
        if let Some(start) = self.start(node) {
            return (start, Settings::of(run));
        }
        let [u, v] = self.nodes();
        self.put_into(run, [u.at(node % u.count), v.at(node / u.count)]);
        (run.init.clone(), Settings::of(run))
    }

    /// Runs step together that are on the same loss with the same batches.
    fn sweep(&self, nodes: &[usize]) -> Ends {
        let [u, v] = self.nodes();
        let mut groups: BTreeMap<[u64; 2], Vec<(usize, RunSpec)>> = BTreeMap::new();
        for (place, &node) in nodes.iter().enumerate() {
            let values = [u.at(node % u.count), v.at(node / u.count)];
            groups.entry(self.apart(values)).or_default().push((place, self.run_with(values)));
        }
        let mut all: Vec<(usize, End)> = Vec::new();
        for group in groups.into_values() {
            let mut starts = Points::new(self.scenario.dim(), group.len());
            for (k, (_, run)) in group.iter().enumerate() {
                starts.put(k, &run.init);
            }
            let settings: Vec<_> = group.iter().map(|(_, run)| Settings::of(run)).collect();
            let ends = self.ends(&group[0].1, &starts, &settings);
            all.extend(group.iter().map(|(place, _)| *place).zip(ends));
        }
        all.sort_by_key(|(place, _)| *place);
        Ends::of(self.scenario.dim(), all.into_iter().map(|(_, end)| end))
    }

    /// What of a sweep's values keeps runs from stepping together.
    fn apart(&self, values: [f64; 2]) -> [u64; 2] {
        let Kind::Sweep { over, .. } = &self.kind else { return [0; 2] };
        std::array::from_fn(|i| if over[i].setting.is_of_each_run() { 0 } else { values[i].to_bits() })
    }

    /// The start of a node's run, or the place at which its quantity is; `None` in a sweep.
    #[must_use]
    pub fn start(&self, node: usize) -> Option<Vec<f64>> {
        let (Kind::Quantity { plane, .. } | Kind::Basin { plane }) = &self.kind else { return None };
        let [u, v] = plane.nodes();
        Some(plane.slice.point(u.at(node % u.count), v.at(node / u.count)))
    }

    /// The quantity, where it is one's.
    #[must_use]
    pub fn quantity(&self) -> Option<MapQuantity> {
        if let Kind::Quantity { quantity, .. } = self.kind { Some(quantity) } else { None }
    }

    /// Whether a picture of one may be seen where the other is wanted, until that is there: of the same loss over the same axes.
    #[must_use]
    pub fn is_akin(&self, other: &Self) -> bool {
        let (a, b) = (&self.scenario, &other.scenario);
        match (&self.kind, &other.kind) {
            (Kind::Quantity { plane: p, .. }, Kind::Quantity { plane: q, .. })
            | (Kind::Basin { plane: p }, Kind::Basin { plane: q }) => a.loss == b.loss && p.slice.axes == q.slice.axes,
            (Kind::Sweep { over: [u, v], .. }, Kind::Sweep { .. }) => {
                a.loss.id() == b.loss.id() && other.is_over([&u.setting, &v.setting])
            }
            _ => false,
        }
    }

    /// The names of u and v in a table: x1, x2, … of every loss of the catalogue, so that scripts read all alike.
    #[must_use]
    pub fn axis_names(&self) -> [String; 2] {
        let loss = &self.scenario.loss;
        let name = |axis| if loss.as_typed().is_some() { loss.coordinate(axis) } else { format!("x{}", axis + 1) };
        match &self.kind {
            Kind::Quantity { plane, .. } | Kind::Basin { plane } => plane.slice.axes.map(name),
            Kind::Sweep { over, .. } => [&over[0], &over[1]].map(|over| over.setting.name().to_owned()),
        }
    }

    /// Whether a sweep is over these settings, in this order.
    #[must_use]
    pub fn is_over(&self, settings: [&Setting; 2]) -> bool {
        matches!(&self.kind, Kind::Sweep { over, .. } if [&over[0].setting, &over[1].setting] == settings)
    }
}
