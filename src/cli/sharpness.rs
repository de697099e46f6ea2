//! `samscope sharpness`.

use super::args::SharpnessArgs;
use super::errors::CliError;
use super::files::show;
use super::lists::{precise, table};
use crate::loss::{Part, brief, short};
use crate::run::SharpnessRequest;
use crate::sharpness::SharpnessReport;

pub(super) fn sharpness(args: &SharpnessArgs) -> Result<(), CliError> {
    let at = args.at.as_ref().map(|at| at.0.clone());
    let loss = args.loss.spec(at.as_deref())?;
    let request = SharpnessRequest { loss, at: at.unwrap_or_default(), rho: args.rho };
    let report = request.answer().map_err(|error| match error.field.parts()[..] {
        [Part::Name("rho")] => CliError::Input(format!("--rho: {}", error.allowed)),
        _ => args.loss.refusal(&error, "at", "--at"),
    })?;
    show(args.json, &report, || in_rows(&report))
}

const NO_EIGENVALUES: &str = "undefined: the Hessian is not finite";

fn in_rows(report: &SharpnessReport) -> String {
    let why = if report.rank.is_some() { "undefined: the gradient is 0" } else { NO_EIGENVALUES };
    let optional = |value: Option<f64>| value.map_or(why.to_owned(), precise);
    let vector = |v: &[f64]| v.iter().copied().map(precise).collect::<Vec<_>>().join(", ");
    let optional_vector = |v: &Option<Vec<f64>>| v.as_deref().map_or("undefined".to_owned(), vector);
    let degrees =
        |angle: Option<f64>| angle.map_or("undefined".to_owned(), |angle| format!("{}°", short(angle.to_degrees())));
    let limits = report.limits;
    let certificate = &report.certificate;
    let mut rows = vec![
        ["L".to_owned(), precise(report.value)],
        ["g".to_owned(), vector(&report.gradient)],
        ["λ1 … λD".to_owned(), vector(&report.eigenvalues)],
        ["rank".to_owned(), report.rank.map_or(NO_EIGENVALUES.to_owned(), |rank| rank.to_string())],
        ["on Γ".to_owned(), if report.on_gamma { "yes" } else { "no" }.to_owned()],
        ["alignment".to_owned(), optional(report.alignment)],
        ["R^Max".to_owned(), precise(report.r_max)],
        [
            "  found by".to_owned(),
            format!("{} of {} starts, KKT residual {}", certificate.agreed, certificate.starts, brief(certificate.kkt)),
        ],
        ["R^Asc".to_owned(), optional(report.r_asc)],
        ["R^Avg".to_owned(), format!("{} ± {}", precise(report.r_avg), brief(report.r_avg_error))],
        ["S^Max = λ1/2".to_owned(), precise(limits.s_max)],
        ["S^Asc = λM/2".to_owned(), precise(limits.s_asc)],
        ["S^Avg = Tr H/(2D)".to_owned(), precise(limits.s_avg)],
        ["∇L^Max".to_owned(), vector(&report.grad_l_max)],
        ["∇L^Asc".to_owned(), optional_vector(&report.grad_l_asc)],
        ["∇L^Avg".to_owned(), vector(&report.grad_l_avg)],
        ["SAM's gradient".to_owned(), vector(&report.sam_gradient)],
        ["  g".to_owned(), vector(&report.taylor.first)],
        ["  ρHĝ".to_owned(), vector(&report.taylor.second)],
        ["  (ρ²/2)∂²(∇L)[ĝ,ĝ]".to_owned(), vector(&report.taylor.third)],
        ["  remainder".to_owned(), vector(&report.taylor.remainder)],
        ["dropped by SAM".to_owned(), optional_vector(&report.dropped_term)],
        ["angle to ∇L^Asc".to_owned(), degrees(report.angles.sam_asc)],
        ["angle to ∇L^Max".to_owned(), degrees(report.angles.sam_max)],
    ];
    rows.extend(report.r_max_at.iter().map(|x| ["worst point".to_owned(), vector(x)]));
    if let Some(twins) = report.stochastic {
        rows.push(["E_k R_k^Max".to_owned(), precise(twins.e_r_max)]);
        rows.push(["E_k R_k^Asc".to_owned(), optional(twins.e_r_asc)]);
        rows.push(["E_k R_k^Avg".to_owned(), precise(twins.e_r_avg)]);
        rows.push(["S̃^Max = E_k λ1/2".to_owned(), precise(twins.s_max)]);
        rows.push(["S̃^Asc = E_k λM/2".to_owned(), precise(twins.s_asc)]);
        rows.push(["S̃^Avg = Tr H/(2D)".to_owned(), precise(twins.s_avg)]);
        let is_trace = if twins.is_trace(report.x.len()) {
            "S̃^Max and S̃^Asc are Tr H/2: every ∇²L_k has rank one"
        } else {
            "S̃^Max and S̃^Asc are not Tr H/2: some ∇²L_k has a higher rank"
        };
        rows.push(["  Thm 5.3".to_owned(), is_trace.to_owned()]);
    }
    table(["at", &vector(&report.x)], rows)
}
