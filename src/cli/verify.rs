//! `samscope verify`.

use std::path::Path;

use serde::Serialize;

use super::args::VerifyArgs;
use super::errors::CliError;
use super::files::{Output, kind, show};
use super::lists::{precise, table};
use super::progress::Progress;
use crate::figure::claims::{Found, html, markdown};
use crate::loss::brief;
use crate::platform::measure;
use crate::theory::claims::{self, Claim, Compared, Verdict, held};

/// INTERFACE's JSON.
#[derive(Serialize)]
struct Report<'a> {
    claims: &'a [Verdict],
    held: usize,
    failed: usize,
}

pub(super) fn verify(args: &VerifyArgs) -> Result<(), CliError> {
    let claims = chosen(&args.ids)?;
    let document = args.report.as_deref().map(document).transpose()?;
    let numbers = measured(&claims);
    let verdicts: Vec<_> = claims.iter().zip(&numbers).map(|(claim, numbers)| claim.judge(*numbers)).collect();
    if let Some((write, out)) = document {
        let claims: Vec<_> = claims.iter().copied().zip(numbers).collect();
        out.write(write(Found { claims: &claims, page: args.page.as_deref() }))?;
    }
    let failed: Vec<_> = verdicts.iter().filter(|verdict| !verdict.holds).collect();
    let report = Report { claims: &verdicts, held: verdicts.len() - failed.len(), failed: failed.len() };
    show(args.json, &report, || in_rows(&claims, &verdicts))?;
    match failed.first() {
        Some(first) => {
            Err(CliError::Failed(format!("{} of {} claims fail, first `{}`", failed.len(), claims.len(), first.id)))
        }
        None => Ok(()),
    }
}

type Writer = fn(Found) -> String;

/// How the document is written, and where.
fn document(path: &Path) -> Result<(Writer, Output), CliError> {
    let write: Writer = match kind("--report", path, &["html", "md"])? {
        "html" => html,
        _ => markdown,
    };
    Ok((write, Output::new("--report", Some(path))?))
}

/// What the claims' runs give, with the progress on a terminal.
fn measured(claims: &[&'static Claim]) -> Vec<Compared> {
    let progress = Progress::new(claims.len() as u64, "claims");
    let show_progress = |done: usize| {
        progress.show(done as u64, String::new);
        false
    };
    measure(claims, &show_progress).unwrap_or_else(|| unreachable!("nothing stops it"))
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

fn in_rows(claims: &[&Claim], verdicts: &[Verdict]) -> String {
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
            format!("{}\n{numbers}", claim.in_words()),
        ]
    });
    let found = table(["claim", "what it says, and what was found"], rows);
    format!("{found}{}.\n", held(verdicts))
}
