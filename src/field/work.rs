//! A field in the making: coarse first, so that there is a picture at once; then finer, first where the picture still changes.

use std::sync::Arc;
use std::time::Duration;

use super::order::{COARSEST, stride_of};
use super::{Backend, Field, Grid, Tile, Values};

/// What a tile costs, in updates: some thousandths of a second.
const TILE_COST: u64 = 1 << 17;
/// No tile has more nodes.
const TILE_NODES: usize = 1 << 12;
/// Nothing is known there yet.
const NOWHERE: u32 = u32::MAX;

/// What comes after what, until every node is there once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// All nodes that belong to this stride.
    All(usize),
    /// Of these the ones between different classes.
    Changing(usize),
}

/// A field and the part of it that has been computed.
#[derive(Debug)]
pub struct Work {
    field: Arc<Field>,
    size: [usize; 2],
    values: Values,
    /// For each node the one whose value stands there: its own, or that of the nearest known one before it.
    shown: Vec<u32>,
    /// The stages that have not begun, the next one last.
    ahead: Vec<Stage>,
    /// The stage that is being computed, and how many of its nodes are missing.
    stage: Option<Stage>,
    open: usize,
    /// The stride of the finest picture that has all its nodes.
    stride: Option<usize>,
    /// How many nodes are there, and the updates of their runs.
    done: usize,
    updates: u64,
}

impl Work {
    /// Nothing of a field, whose nodes can all be computed.
    #[must_use]
    pub fn new(field: Field) -> Self {
        let size = field.nodes().map(|nodes| nodes.count);
        let finer = || std::iter::successors(Some(COARSEST / 2), |&stride| (stride > 1).then_some(stride / 2));
        // Numbers change everywhere.
        let changing = finer().filter(|_| field.classes().is_some()).map(Stage::Changing);
        let stages = std::iter::once(Stage::All(COARSEST)).chain(changing).chain(finer().map(Stage::All));
        let mut ahead: Vec<_> = stages.collect();
        ahead.reverse();
        let (values, shown) = (Values::none(&field), vec![NOWHERE; field.count()]);
        let field = Arc::new(field);
        Self { field, size, values, shown, ahead, stage: None, open: 0, stride: None, done: 0, updates: 0 }
    }

    /// Takes in what the backend has computed, and gives it more to do, until `is_late` says to stop or nothing comes for about
    /// `patience`; true where something has come. The backend has no tiles of anything else.
    pub fn advance(
        &mut self,
        backend: &mut dyn Backend,
        patience: Duration,
        mut is_late: impl FnMut() -> bool,
    ) -> bool {
        let before = self.done;
        while !self.is_complete() {
            if self.open == 0 {
                let has_begun = self.begin_stage(backend);
                debug_assert!(has_begun, "nodes are missing after the last stage");
                if has_begun {
                    continue;
                }
                break;
            }
            let Some(tile) = backend.poll(patience) else { break };
            self.take(&tile);
            if is_late() {
                break;
            }
        }
        self.done > before
    }

    /// What it is.
    #[must_use]
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// What is known.
    #[must_use]
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// Whether every node is there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.done == self.shown.len()
    }

    /// The part of all nodes that is there, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.done as f64 / self.shown.len() as f64
    }

    /// The updates that the runs have done.
    #[must_use]
    pub fn updates(&self) -> u64 {
        self.updates
    }

    /// The stride along both sides at which every node is there; `None` before the coarsest picture is.
    #[must_use]
    pub fn stride(&self) -> Option<usize> {
        self.stride
    }

    /// The node whose value stands for this one.
    #[must_use]
    pub fn shown(&self, node: usize) -> Option<usize> {
        Some(self.shown[node]).filter(|&shown| shown != NOWHERE).map(|shown| shown as usize)
    }

    /// The finest picture of numbers that has all its nodes, over a rectangle whose corners are those of the plane.
    #[must_use]
    pub fn grid(&self, numbers: &[f64], [u0, u1, v0, v1]: [f64; 4]) -> Option<Grid> {
        let (stride, [width, height]) = (self.stride?, self.size);
        // The last node of a coarse picture may lie before the border.
        let last = |nodes: usize| (nodes - 1) / stride * stride;
        let until = |from: f64, to: f64, nodes: usize| from + (to - from) * last(nodes) as f64 / (nodes - 1) as f64;
        let bounds = [u0, until(u0, u1, width), v0, until(v0, v1, height)];
        let rows = (0..height).step_by(stride);
        let values = rows.flat_map(|j| (0..width).step_by(stride).map(move |i| numbers[j * width + i])).collect();
        let [columns, rows] = self.size.map(|nodes| nodes.div_ceil(stride));
        (columns > 1 && rows > 1).then_some(Grid { width: columns, height: rows, bounds, values })
    }

    /// Submits the nodes of the next stage, if it has any; false after the last one.
    fn begin_stage(&mut self, backend: &mut dyn Backend) -> bool {
        self.end_stage();
        self.stage = self.ahead.pop();
        let Some(stage) = self.stage else { return false };
        let (Stage::All(stride) | Stage::Changing(stride)) = stage;
        let [width, height] = self.size;
        let lattice = (0..height).step_by(stride).flat_map(|j| (0..width).step_by(stride).map(move |i| [i, j]));
        let is_wanted = |&[i, j]: &[usize; 2]| {
            let node = j * width + i;
            self.shown[node] != node as u32 && (stage == Stage::All(stride) || self.changes([i, j], stride))
        };
        let nodes: Vec<usize> = lattice.filter(is_wanted).map(|[i, j]| j * width + i).collect();
        for tile in nodes.chunks(self.field.tile_nodes(TILE_COST, TILE_NODES)) {
            backend.submit(&self.field, tile.to_vec());
            self.open += tile.len();
        }
        true
    }

    fn end_stage(&mut self) {
        if let Some(Stage::All(stride)) = self.stage.take() {
            self.stride = Some(stride);
        }
    }

    /// Whether the classes around a place differ.
    fn changes(&self, [i, j]: [usize; 2], stride: usize) -> bool {
        let Values::Ends(ends) = &self.values else { return true };
        let [width, height] = self.size;
        let around = |at: usize, most: usize| [at.saturating_sub(stride), at, (at + stride).min(most - 1)];
        let class = |i: usize, j: usize| self.shown(j * width + i).map(|shown| ends.class[shown]);
        let own = class(i, j);
        around(j, height).iter().any(|&j| around(i, width).iter().any(|&i| class(i, j) != own))
    }

    fn take(&mut self, tile: &Tile) {
        self.values.put(&tile.nodes, &tile.values);
        if let Values::Ends(ends) = &tile.values {
            self.updates += ends.steps.iter().sum::<u64>();
        }
        let [width, height] = self.size;
        for &node in &tile.nodes {
            let [i, j] = [node % width, node / width];
            let stride = stride_of([i, j]);
            for row in j..(j + stride).min(height) {
                for place in row * width + i..row * width + (i + stride).min(width) {
                    // A finer picture may be there already.
                    let before = self.shown[place] as usize;
                    if self.shown[place] == NOWHERE || stride_of([before % width, before / width]) > stride {
                        self.shown[place] = node as u32;
                    }
                }
            }
            self.shown[node] = node as u32;
        }
        self.done += tile.nodes.len();
        self.open -= tile.nodes.len();
        if self.is_complete() {
            self.stride = Some(1);
        } else if self.open == 0 {
            self.end_stage();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{Here, Kind, Plane, Slice};
    use crate::loss::LossSpec;
    use crate::optimizer::Method;
    use crate::run::{OptimizerSpec, Scenario};
    use crate::sharpness::MapQuantity;

    fn plane(size: [usize; 2]) -> Plane {
        Plane { slice: Slice { base: vec![0.0; 2], axes: [0, 1] }, size, bounds: [-1.6, 1.6, -1.6, 1.6] }
    }

    /// A quantity, and a basin with several classes.
    fn fields() -> [Field; 2] {
        let optimizers = vec![OptimizerSpec { eta: 0.01, rho: 0.1, ..OptimizerSpec::new(Method::Sam) }];
        let scenario = Scenario { loss: LossSpec::new("himmelblau"), optimizers, steps: 60, ..Scenario::default() };
        let scenario = scenario.resolved().expect("a scenario");
        let basin = Field { scenario, kind: Kind::Basin { plane: plane([37, 34]) } };
        [Field::of_quantity(&LossSpec::new("ring"), plane([49, 33]), MapQuantity::Loss, 0.1), basin]
    }

    /// Counts the nodes that it is asked for.
    #[derive(Default)]
    struct Counted {
        here: Here,
        nodes: Vec<usize>,
    }

    impl Backend for Counted {
        fn name(&self) -> String {
            String::new()
        }

        fn submit(&mut self, field: &Arc<Field>, nodes: Vec<usize>) {
            self.nodes.extend(&nodes);
            self.here.submit(field, nodes);
        }

        fn poll(&mut self, patience: Duration) -> Option<Tile> {
            self.here.poll(patience)
        }

        fn cancel(&mut self) {
            self.here.cancel();
        }
    }

    #[test]
    fn every_node_is_computed_once_and_what_is_coarse_stands_for_what_is_fine() {
        for field in fields() {
            let (mut work, mut backend) = (Work::new(field.clone()), Counted::default());
            assert_eq!((work.stride(), work.shown(0)), (None, None));
            let mut strides = Vec::new();
            while !work.is_complete() {
                assert!(work.advance(&mut backend, Duration::ZERO, || true));
                strides.extend(work.stride());
                let Some(stride) = work.stride() else { continue };
                let [u, _] = field.nodes();
                for node in 0..field.count() {
                    let shown = work.shown(node).expect("a picture without holes");
                    // Never after it, and in its own block.
                    let [[i, j], [k, l]] = [node, shown].map(|node| [node % u.count, node / u.count]);
                    assert!((k..k + stride).contains(&i) && (l..l + stride).contains(&j), "{node} shows {shown}");
                }
            }
            assert!(strides.is_sorted_by(|a, b| a >= b) && strides.first() == Some(&16) && strides.last() == Some(&1));
            backend.nodes.sort_unstable();
            assert_eq!(backend.nodes, (0..field.count()).collect::<Vec<_>>());
            assert_eq!(work.values(), &field.compute_all());
            assert!((0..field.count()).all(|node| work.shown(node) == Some(node)));
        }
    }

    /// What lies between two classes is known before what lies among equals.
    #[test]
    fn borders_come_first() {
        let [_, field] = fields();
        let (mut work, mut backend) = (Work::new(field.clone()), Counted::default());
        while !work.is_complete() {
            work.advance(&mut backend, Duration::ZERO, || false);
        }
        let Values::Ends(ends) = work.values() else { panic!("a basin has ends") };
        let place = |node: usize| backend.nodes.iter().position(|&asked| asked == node).expect("asked for");
        let width = field.nodes()[0].count;
        let mut places: [Vec<usize>; 2] = Default::default();
        for node in (0..field.count() - width).filter(|node| node % width + 1 < width) {
            let beside = [node + 1, node + width, node + width + 1];
            places[usize::from(beside.iter().any(|&other| ends.class[other] != ends.class[node]))].push(place(node));
        }
        let mean = |places: &Vec<usize>| places.iter().sum::<usize>() / places.len();
        assert!(2 * mean(&places[1]) < mean(&places[0]), "borders {} others {}", mean(&places[1]), mean(&places[0]));
    }

    /// The coarse grids lie in the plane where their nodes are.
    #[test]
    fn a_coarse_grid_has_the_values_of_its_nodes() {
        let [field, _] = fields();
        let mut work = Work::new(Field::of_quantity(&field.scenario.loss, plane([40, 33]), MapQuantity::Loss, 0.1));
        let mut backend = Here::default();
        while work.stride().is_none() {
            work.advance(&mut backend, Duration::ZERO, || true);
        }
        let Values::Numbers(numbers) = work.values() else { panic!("a quantity has numbers") };
        let grid = work.grid(numbers, [-1.6, 1.6, -1.6, 1.6]).expect("a coarse grid");
        assert_eq!((grid.width, grid.height), (3, 3));
        for (column, row) in [(0, 0), (2, 1), (1, 2)] {
            let (u, v) = (grid.u(column as f64), grid.v(row as f64));
            let exact = 0.25 * (u * u + v * v - 1.0).powi(2);
            assert!((grid.at(column, row) - exact).abs() < 1e-12, "at ({u}, {v})");
        }
    }
}
