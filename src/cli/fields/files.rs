//! A field's values as files: all arrays (NPZ), one value (CSV), a picture.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::values::Shard;
use crate::cli::errors::CliError;
use crate::cli::figure::INCH;
use crate::ensemble::End;
use crate::field::{Ends, Field, Kind, Values};
use crate::figure::{Computed, Design, Figure, Paper, raster};
use crate::loss::quoted;
use crate::platform::arrays::{self, Array};
use crate::run::Scenario;

/// A PNG's pixels per inch.
const DPI: f64 = 300.0;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Product {
    Arrays,
    Table,
    Drawing,
    Pixels,
}

impl Product {
    const ALL: [(&'static str, Self); 4] =
        [("npz", Self::Arrays), ("csv", Self::Table), ("svg", Self::Drawing), ("png", Self::Pixels)];

    /// The one that a file's name ends in.
    pub(super) fn of(out: &Path) -> Result<Self, CliError> {
        let kind = crate::cli::files::kind("--out", out, &Self::ALL.map(|(extension, _)| extension))?;
        Self::ALL
            .into_iter()
            .find(|(extension, _)| *extension == kind)
            .map(|(_, product)| product)
            .ok_or_else(|| CliError::Input("--out: must end in .npz, .csv, .svg or .png".to_owned()))
    }
}

/// A field with what has been computed of it.
pub(super) struct Kept {
    pub field: Field,
    pub shard: Option<Shard>,
    pub values: Values,
}

impl Kept {
    pub(super) fn new(field: Field, shard: Option<Shard>) -> Self {
        let values = Values::none(&field);
        Self { field, shard, values }
    }
}

/// The file's bytes.
pub(super) fn product(product: Product, kept: &Kept, of: &str) -> Result<Vec<u8>, CliError> {
    match product {
        Product::Arrays => {
            arrays::write(&in_arrays(kept)?).map_err(|error| CliError::Output(format!("--out: {error}")))
        }
        Product::Table => Ok(in_rows(kept, of).into_bytes()),
        Product::Drawing => Ok(drawing(kept, of).into_bytes()),
        Product::Pixels => {
            let pixels = (Paper::default().width / INCH * DPI).round() as u32;
            raster::png(&drawing(kept, of), pixels).map_err(CliError::Output)
        }
    }
}

/// The figure, as SVG.
fn drawing(kept: &Kept, of: &str) -> String {
    let computed = Computed { field: kept.field.clone(), values: kept.values.clone(), of: of.to_owned() };
    let (design, subject) = Design::of_computed(computed);
    Figure::of(design, &subject, Paper::default()).svg()
}

fn in_arrays(kept: &Kept) -> Result<Vec<(&'static str, Array)>, CliError> {
    let Kept { field, shard, values } = kept;
    let [u, v] = field.nodes();
    let shape = [v.count, u.count];
    let json = |text: serde_json::Result<String>| text.map_err(|error| CliError::Output(format!("--out: {error}")));
    let mut all = vec![
        ("u", Array::floats(&[u.count], &u.values())),
        ("v", Array::floats(&[v.count], &v.values())),
        ("scenario", Array::texts(&[], &[json(serde_json::to_string(&field.scenario))?])),
        ("field", Array::texts(&[], &[json(serde_json::to_string(&field.kind))?])),
    ];
    match values {
        Values::Numbers(numbers) => all.push(("value", Array::floats(&shape, numbers))),
        Values::Ends(ends) => {
            let names = field.classes().map(|classes| classes.names()).unwrap_or_default();
            all.push(("classes", Array::texts(&[names.len()], &names)));
            all.push(("class", Array::bytes(&shape, &ends.class)));
            all.push(("steps", Array::wholes(&shape, &ends.steps)));
            let numbers = End::NUMBERS.iter().zip(&ends.numbers);
            all.extend(numbers.map(|(name, numbers)| (*name, Array::floats(&shape, numbers))));
            all.push(("x", Array::floats(&[shape[0], shape[1], ends.dim], &ends.x)));
        }
    }
    all.extend(shard.map(|Shard { k, n }| ("shard", Array::wholes(&[2], &[k, n]))));
    Ok(all)
}

/// One row for each node: u, v, the value.
fn in_rows(kept: &Kept, of: &str) -> String {
    let [u, v] = kept.field.nodes();
    let names = match (&kept.field.classes(), of) {
        (Some(classes), "class") => classes.names(),
        _ => Vec::new(),
    };
    let cell = |value: f64| match names.get(value as usize) {
        Some(name) => name.clone(),
        // `{:?}` reads back to the same f64; an empty cell stands for null.
        None if value.is_finite() => format!("{value:?}"),
        None => String::new(),
    };
    let [first, second] = kept.field.axis_names();
    let mut text = format!("{first},{second},{of}\n");
    for (node, value) in kept.values.named(of).unwrap_or_default().into_iter().enumerate() {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{:?},{:?},{}", u.at(node % u.count), v.at(node / u.count), cell(value));
    }
    text
}

/// Reads a file of arrays that `product` made, whole or in part.
pub(super) fn read(path: &Path) -> Result<Kept, CliError> {
    let name = quoted(&path.display().to_string());
    let bytes = std::fs::read(path).map_err(|error| CliError::Input(format!("cannot read {name}: {error}")))?;
    let arrays = arrays::read(&bytes).map_err(|error| CliError::Input(format!("cannot read {name}: {error}")))?;
    kept_in(&arrays).ok_or_else(|| {
        CliError::Input(format!("cannot read {name}: its arrays are not those of a field, basin or sweep"))
    })
}

fn kept_in(arrays: &BTreeMap<String, Array>) -> Option<Kept> {
    let scenario = Scenario::from_json(&arrays.get("scenario")?.to_text()?).ok()?;
    let kind: Kind = serde_json::from_str(&arrays.get("field")?.to_text()?).ok()?;
    let field = Field { scenario, kind };
    field.validate().ok()?;
    let shard = match arrays.get("shard") {
        Some(shard) => match shard.to_wholes()?[..] {
            [k, n] if (1..=n).contains(&k) => Some(Shard { k, n }),
            _ => return None,
        },
        None => None,
    };
    let floats = |name: &str, len: usize| arrays.get(name)?.to_floats().filter(|numbers| numbers.len() == len);
    let (len, dim) = (field.count(), field.scenario.dim());
    let values = if field.classes().is_none() {
        Values::Numbers(floats("value", len)?)
    } else {
        let numbers: Option<Vec<_>> = End::NUMBERS.iter().map(|name| floats(name, len)).collect();
        Values::Ends(Ends {
            dim,
            class: arrays.get("class")?.to_bytes().filter(|class| class.len() == len)?,
            steps: arrays.get("steps")?.to_wholes().filter(|steps| steps.len() == len)?,
            numbers: numbers?.try_into().ok()?,
            x: floats("x", len * dim)?,
        })
    };
    Some(Kept { field, shard, values })
}

/// What an interrupted command left of the same work.
pub(super) fn resumed(wanted: &Kept, part: &Path) -> Result<Kept, CliError> {
    let found = read(part).map_err(|error| CliError::Input(format!("--resume: {error}")))?;
    if found.field == wanted.field && found.shard == wanted.shard {
        return Ok(found);
    }
    let name = quoted(&part.display().to_string());
    Err(CliError::Input(format!("--resume: {name} is of another command; give its flags, or remove it")))
}
