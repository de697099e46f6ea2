//! `samscope losses`, `samscope optimizers` and `samscope glossary`.

use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::args::JsonArgs;
use super::errors::CliError;
use super::files::show;
use crate::figure::plain;
use crate::formula::in_unicode;
use crate::lesson::glossary as entries;
use crate::loss::{CATALOGUE, Info, LossSpec, exact, number};
use crate::optimizer::METHODS;

pub(super) fn losses(args: JsonArgs) -> Result<(), CliError> {
    let list = CATALOGUE.iter().map(|info| loss_json(info)).collect::<Vec<_>>();
    show(args, &list, losses_in_rows)
}

fn losses_in_rows() -> String {
    let rows = CATALOGUE.iter().map(|info| {
        let params = info.params.iter().map(|p| format!("{}={}", p.name, p.default)).collect::<Vec<_>>();
        [
            info.id.to_owned(),
            in_unicode(info.formula),
            dims_text(info),
            params.join(" "),
            point_text(&LossSpec::new(info.id).start()),
        ]
    });
    table(["loss", "formula", "D", "parameters", "start"], rows)
}

pub(super) fn optimizers(args: JsonArgs) -> Result<(), CliError> {
    let list = METHODS.iter().map(|method| method.info()).collect::<Vec<_>>();
    let rows = list.iter().map(|info| [info.id.to_owned(), info.name.to_owned(), in_unicode(info.update)]);
    show(args, &list, || table(["optimizer", "name", "update"], rows))
}

pub(super) fn glossary(args: JsonArgs) -> Result<(), CliError> {
    let list = entries().map(|entry| {
        json!({
            "id": entry.id,
            "symbol": plain(entry.symbol),
            "name": entry.name,
            "definition": entry.definition,
            "formula": entry.formula,
            "source": entry.source,
        })
    });
    let rows = entries().map(|entry| {
        let formula = in_unicode(entry.formula);
        let told = format!("{}\n{formula}", entry.definition);
        [plain(entry.symbol), entry.name.to_owned(), told.trim_end().to_owned(), entry.source.to_owned()]
    });
    show(args, &list.collect::<Vec<_>>(), || table(["symbol", "name", "what it is", "source"], rows))
}

/// A row of the catalogue; `minimizers` are its landmarks for the default parameters and start.
fn loss_json(info: &Info) -> serde_json::Value {
    let default = LossSpec::new(info.id);
    json!({
        "id": info.id,
        "formula": in_unicode(info.formula),
        "dims": info.dims,
        "params": info.params,
        "start": default.start(),
        "samples": default.samples(),
        "reduction": info.reduction,
        "minimizers": default.landmarks(default.start().len()),
        "gamma": (!info.gamma_text.is_empty()).then_some(info.gamma_text),
        "about": info.about,
    })
}

fn dims_text(info: &Info) -> String {
    info.dims.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn point_text(x: &[f64]) -> String {
    x.iter().copied().map(exact).collect::<Vec<_>>().join(",")
}

/// A number whose digits are what was asked for: `--json` has all of them.
pub(super) fn precise(value: f64) -> String {
    number(value, 10)
}

/// Rows under a header, wrapped at 100 columns.
pub(super) fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(100).set_header(header);
    for row in rows {
        table.add_row(row);
    }
    format!("{table}\n")
}
