//! How a curve's points are joined. What alternates from step to step is two strokes, through the even steps and through the
//! odd ones: a single one would go up and down and fill what lies between, also where steps are left out.

use std::cell::LazyCell;

/// Fewer points than these don't alternate: what is random goes up and down as often.
const FEWEST: usize = 8;
/// Up and down by less than this share of the value, and of the whole curve's range, can't be seen.
const VISIBLE: f64 = 1e-3;

/// Steps of a record, ascending, and for each its neighbours of the other phase, which all curves through them share.
#[derive(Clone, Debug, Default)]
pub struct Phases {
    is_odd: Vec<bool>,
    /// Before and behind it; itself where there is none.
    neighbours: Vec<[usize; 2]>,
}

impl Phases {
    /// Those of these steps.
    #[must_use]
    pub fn of(steps: &[u64]) -> Self {
        let is_odd: Vec<bool> = steps.iter().map(|step| step % 2 == 1).collect();
        let is_other = |i: usize, j: &usize| is_odd[i] != is_odd[*j];
        // At the end of a run's record two points of the same phase may stand beside each other.
        let before = |i: usize| (i.saturating_sub(2)..i).rev().find(|j| is_other(i, j));
        let behind = |i: usize| (i + 1..steps.len().min(i + 3)).find(|j| is_other(i, j));
        let neighbours = |i: usize| [before(i), behind(i)].map(|j| j.unwrap_or(i));
        Self { neighbours: (0..steps.len()).map(neighbours).collect(), is_odd }
    }

    /// The strokes of a curve with a value at each of the steps; each as places in the lists. The first goes through every point but
    /// the odd steps of what alternates; each other one through those of one stretch, from the point before to the point behind.
    #[must_use]
    pub fn strokes(&self, values: &[f64]) -> Vec<Vec<usize>> {
        let (count, is_odd) = (self.is_odd.len(), &self.is_odd);
        let stretches = self.alternating(values);
        if stretches.is_empty() {
            return vec![(0..count).collect()];
        }
        // Both strokes begin and end in the points where a stretch meets the rest of the curve, if there is any.
        let is_joint = |&i: &usize| i > 0 && i + 1 < count;
        let branch = |&[first, last]: &[usize; 2]| -> Vec<usize> {
            let is_end = |i: &usize| [first, last].contains(i) && is_joint(i);
            (first..=last).filter(|i| is_odd[*i] || is_end(i)).collect()
        };
        let mut is_inside = vec![false; count];
        for &[first, last] in &stretches {
            is_inside[first] |= !is_joint(&first);
            is_inside[last] |= !is_joint(&last);
            is_inside[first + 1..last].fill(true);
        }
        let trunk = (0..count).filter(|&i| !(is_odd[i] && is_inside[i])).collect();
        std::iter::once(trunk).chain(stretches.iter().map(branch)).collect()
    }

    /// The first and the last point of each stretch that goes up and down with every step.
    fn alternating(&self, values: &[f64]) -> Vec<[usize; 2]> {
        // Most curves never turn, and don't need it.
        let range = LazyCell::new(|| range(values));
        let mut stretches: Vec<[usize; 2]> = Vec::new();
        for (i, (&value, &[before, behind])) in values.iter().zip(&self.neighbours).enumerate() {
            let (rise, fall) = (value - values[before], value - values[behind]);
            let is_extreme = (rise > 0.0 && fall > 0.0) || (rise < 0.0 && fall < 0.0);
            if is_extreme && rise.abs().min(fall.abs()) > VISIBLE * value.abs().min(*range) {
                match stretches.last_mut() {
                    Some([_, last]) if *last == i => *last = i + 1,
                    _ => stretches.push([i - 1, i + 1]),
                }
            }
        }
        stretches.retain(|[first, last]| last - first + 1 >= FEWEST);
        stretches
    }
}

fn range(values: &[f64]) -> f64 {
    let finite = values.iter().copied().filter(|value| value.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (v.min(low), v.max(high)));
    high - low
}

/// At most two points of a stroke in each column of the step axis, the least and the greatest there: what goes up and down within
/// a column shows as a band. Each point comes with its column, a whole number; without one, or without a value, it is left out.
#[must_use]
pub fn thinned(stroke: impl Iterator<Item = (f64, [f64; 2])>) -> Vec<[f64; 2]> {
    let mut kept = Vec::new();
    let mut open: Option<Column> = None;
    for (at, point) in stroke {
        if !(at.is_finite() && point[1].is_finite()) {
            continue;
        }
        match &mut open {
            Some(column) if column.at == at => column.extend(point),
            _ => {
                let full = open.replace(Column { at, low: point, high: point });
                kept.extend(full.iter().flat_map(Column::points));
            }
        }
    }
    kept.extend(open.iter().flat_map(Column::points));
    kept
}

/// The least and the greatest point so far of one column.
struct Column {
    at: f64,
    low: [f64; 2],
    high: [f64; 2],
}

impl Column {
    fn extend(&mut self, point: [f64; 2]) {
        if point[1] < self.low[1] {
            self.low = point;
        }
        if point[1] >= self.high[1] {
            self.high = point;
        }
    }

    /// One or two points, from left to right.
    fn points(&self) -> impl Iterator<Item = [f64; 2]> + use<> {
        let (first, second) = if self.low[0] <= self.high[0] { (self.low, self.high) } else { (self.high, self.low) };
        std::iter::once(first).chain((first != second).then_some(second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_alternates_is_two_strokes() {
        // Pairs of steps with gaps between them, and single steps around: 9 falls, then 3 and 5 in turn, then 4.
        let steps = [0, 1, 2, 3, 8, 9, 16, 17, 32, 33, 64, 65, 66];
        let values = [9.0, 8.0, 3.0, 5.0, 3.0, 5.0, 3.0, 5.0, 3.0, 5.0, 3.0, 4.0, 4.0];
        let [trunk, branch] = &Phases::of(&steps).strokes(&values)[..] else { panic!("two strokes") };
        let of = |stroke: &[usize]| stroke.iter().map(|&i| (steps[i], values[i])).collect::<Vec<_>>();
        assert_eq!(
            of(trunk),
            [(0, 9.0), (1, 8.0), (2, 3.0), (8, 3.0), (16, 3.0), (32, 3.0), (64, 3.0), (65, 4.0), (66, 4.0)]
        );
        assert_eq!(of(branch), [(1, 8.0), (3, 5.0), (9, 5.0), (17, 5.0), (33, 5.0), (65, 4.0)]);
    }

    #[test]
    fn at_the_ends_of_a_curve_its_strokes_stay_apart() {
        let of = |steps: &[u64]| {
            let phases: Vec<f64> = steps.iter().map(|&step| (step % 2) as f64).collect();
            Phases::of(steps).strokes(&phases)
        };
        assert_eq!(of(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), [[0, 2, 4, 6, 8], [1, 3, 5, 7, 9]]);
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8]), [[1, 3, 5, 7], [0, 2, 4, 6]]);
        let odd_and_even = of(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14]);
        assert_eq!(odd_and_even, [[0, 2, 4, 6, 8, 11], [1, 3, 5, 7, 9, 10]], "a last pair of both phases");
    }

    #[test]
    fn what_does_not_alternate_is_one_stroke() {
        let one = |values: &dyn Fn(u64) -> f64, steps: &dyn Fn(u64) -> u64| {
            let (steps, values): (Vec<u64>, Vec<f64>) = (0..40).map(|k| (steps(k), values(k))).unzip();
            Phases::of(&steps).strokes(&values) == [(0..40).collect::<Vec<_>>()]
        };
        let up_and_down = |k: u64| (k % 2) as f64;
        assert!(!one(&up_and_down, &|k| k), "the test's own curve alternates");
        assert!(one(&|k| (k as f64).sin(), &|k| k), "up and down slowly");
        assert!(one(&|k| 1.0 + 1e-4 * (up_and_down(k) + k as f64), &|k| k), "too little to be seen");
        assert!(one(&up_and_down, &|k| 2 * k), "even steps only");
        assert!(one(&|k| if k % 7 == 0 { f64::NAN } else { up_and_down(k) }, &|k| k), "never long enough");
        let none: &[usize] = &[];
        assert_eq!(Phases::of(&[]).strokes(&[]), [none]);
        assert_eq!(Phases::of(&[0]).strokes(&[1.0]), [[0]]);
    }

    #[test]
    fn a_column_keeps_its_least_and_its_greatest() {
        let stroke = [[0.0, 1.0], [0.1, f64::NAN], [0.2, 5.0], [0.3, 2.0], [1.0, 3.0], [1.5, 0.0], [2.0, 7.0]];
        let shown = thinned(stroke.into_iter().map(|point| (point[0].floor(), point)));
        assert_eq!(shown, [[0.0, 1.0], [0.2, 5.0], [1.0, 3.0], [1.5, 0.0], [2.0, 7.0]]);
    }
}
