//! A report as a flat table: the kept points, or the last point where none are kept.

use super::{Report, RunResult};
use crate::sharpness::Point;

impl Report {
    /// The report as CSV. No cell needs quotes: they are numbers and methods' names.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut header = ["run", "optimizer", "seed"].map(str::to_owned).to_vec();
        header.extend(Point::columns(self.scenario.dim()));
        let rows = self.runs.iter().enumerate().flat_map(|(index, run)| rows(index, run));
        std::iter::once(header).chain(rows).map(|row| row.join(",") + "\n").collect()
    }
}

fn rows(index: usize, run: &RunResult) -> impl Iterator<Item = Vec<String>> {
    let points = run.record.as_deref().unwrap_or(std::slice::from_ref(&run.last));
    points.iter().map(move |point| {
        let mut row = vec![index.to_string(), run.optimizer.info().id.to_owned(), run.seed.to_string()];
        row.extend(point.cells());
        row
    })
}
