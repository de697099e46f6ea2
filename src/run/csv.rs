//! A report as a flat table: the kept points, or the last point where none are kept.

use super::{Record, Report, RunResult};

impl Report {
    /// The report as CSV. No cell needs quotes: they are numbers and methods' names.
    #[must_use]
    pub fn csv(&self) -> String {
        let header = header(self.scenario.dim());
        let rows = self.runs.iter().enumerate().flat_map(|(i, run)| rows(i, run));
        std::iter::once(header).chain(rows).map(|row| row.join(",") + "\n").collect()
    }
}

fn header(dim: usize) -> Vec<String> {
    let numbered = |name: &str| (1..=dim).map(|i| format!("{name}{i}")).collect::<Vec<_>>();
    let mut header: Vec<String> = ["run", "optimizer", "seed", "step"].map(str::to_owned).to_vec();
    header.extend(numbered("x"));
    header.extend(["loss", "grad_norm"].map(str::to_owned));
    header.extend(numbered("lambda"));
    header.extend(["trace", "alignment", "rayleigh", "lambda_edge", "r_max", "r_asc", "r_avg"].map(str::to_owned));
    header
}

fn rows(index: usize, run: &RunResult) -> Vec<Vec<String>> {
    let last;
    let record = if let Some(record) = &run.record {
        record
    } else {
        last = std::iter::once(run.last.clone()).collect::<Record>();
        &last
    };
    (0..record.step.len()).map(|k| row(index, run, record, k)).collect()
}

fn row(index: usize, run: &RunResult, record: &Record, k: usize) -> Vec<String> {
    // `{:?}` reads back to the same f64; empty cells stand for null.
    let number = |value: f64| if value.is_finite() { format!("{value:?}") } else { String::new() };
    let optional = |value: Option<f64>| value.map_or(String::new(), number);
    let mut row =
        vec![index.to_string(), run.optimizer.info().id.to_owned(), run.seed.to_string(), record.step[k].to_string()];
    row.extend(record.x[k].iter().copied().map(number));
    row.extend([number(record.loss[k]), number(record.grad_norm[k])]);
    row.extend(record.eigenvalues[k].iter().copied().map(number));
    row.push(number(record.trace[k]));
    row.extend([optional(record.alignment[k]), optional(record.rayleigh[k]), number(record.lambda_edge[k])]);
    row.extend([record.r_max[k], record.r_asc[k], record.r_avg[k]].map(optional));
    row
}
