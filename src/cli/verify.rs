//! `samscope verify`.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use super::args::VerifyArgs;
use super::errors::CliError;
use super::files::show;
use super::lists::{precise, table};
use crate::loss::brief;
use crate::theory::claims::{self, Claim, Kind, Verdict};

/// INTERFACE's JSON.
#[derive(Serialize)]
struct Report<'a> {
    claims: &'a [Verdict],
    held: usize,
    failed: usize,
}

pub(super) fn verify(args: &VerifyArgs) -> Result<(), CliError> {
    let claims = chosen(&args.ids)?;
    let verdicts = run_on_all_cores(&claims);
    let held = verdicts.iter().filter(|verdict| verdict.holds).count();
    let failed = verdicts.len() - held;
    show(args.json, &Report { claims: &verdicts, held, failed }, || in_rows(&claims, &verdicts, held))?;
    match verdicts.iter().find(|verdict| !verdict.holds) {
        Some(first) => Err(CliError::Failed(format!("{failed} of {} claims fail, first `{}`", claims.len(), first.id))),
        None => Ok(()),
    }
}

fn chosen(ids: &[String]) -> Result<Vec<&'static Claim>, CliError> {
    if ids.is_empty() {
        return Ok(claims::all().collect());
    }
    let find = |id: &String| {
        claims::find(id).ok_or_else(|| {
            CliError::Input(format!("ID: `{id}` is not a claim; `samscope verify` without an ID names all of them"))
        })
    };
    ids.iter().map(find).collect()
}

/// Each core takes the next claim that nobody has taken yet; the verdicts come in the claims' order.
fn run_on_all_cores(claims: &[&Claim]) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(claims.len()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(claims.len());
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(claim) = claims.get(place) else { break };
                    let verdict = claim.verify();
                    if let Ok(mut done) = done.lock() {
                        done.push((place, verdict));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, verdict)| verdict).collect()
}

fn in_rows(claims: &[&Claim], verdicts: &[Verdict], held: usize) -> String {
    let rows = claims.iter().zip(verdicts).map(|(claim, verdict)| {
        let sign = if verdict.holds { "✓" } else { "✗" };
        let number = |value: Option<f64>| value.map_or("no number".to_owned(), precise);
        let numbers = format!(
            "predicted {}{}\nmeasured {}\n± {}: {}",
            claim.bound.sign(),
            number(verdict.predicted),
            number(verdict.measured),
            brief(verdict.tolerance),
            claim.why
        );
        [
            format!("{sign} {}\n{}: {}", claim.id, claim.kind.name(), claim.source),
            format!("{}\n{numbers}", claim.statement),
        ]
    });
    let found = table(["claim", "what it says, and what was found"], rows);
    let kinds = counted(verdicts);
    let kinds = if kinds.is_empty() { kinds } else { format!(": {kinds}") };
    format!("{found}{held} of {} claims hold{kinds}.\n", claims.len())
}

/// How many of each kind hold.
fn counted(verdicts: &[Verdict]) -> String {
    let count = |kind: Kind| verdicts.iter().filter(|verdict| verdict.holds && verdict.kind == kind).count();
    let counts = Kind::ALL.map(|(kind, plural)| (count(kind), kind, plural));
    let shown = counts.iter().filter(|(count, ..)| *count > 0);
    shown
        .map(|&(count, kind, plural)| format!("{count} {}", if count == 1 { kind.name() } else { plural }))
        .collect::<Vec<_>>()
        .join(", ")
}
