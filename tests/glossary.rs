//! The glossary: every symbol that the window shows has an entry, and docs/glossary.md is what the tables say.

use std::collections::BTreeSet;

use samscope::formula::in_unicode;
use samscope::lesson::{explained, glossary, in_markdown};
use samscope::sharpness::{Curve, MapQuantity};

#[test]
fn every_symbol_has_an_entry() {
    for &curve in Curve::ALL {
        assert_eq!(serde_json::to_value(curve).expect("an id"), curve.info().entry.id, "a curve's entry has its id");
    }
    for &quantity in MapQuantity::ALL {
        assert_eq!(
            serde_json::to_value(quantity).expect("an id"),
            quantity.info().entry.id,
            "a map's entry has its id"
        );
    }
}

/// The window names entries by their ids: each that stands in its source exists.
#[test]
fn what_the_window_explains_is_there() {
    let mut asked = BTreeSet::new();
    for file in ["src/app/setup.rs", "src/app/map/toolbar.rs"] {
        let source = std::fs::read_to_string(file).expect(file);
        // `explain_id(ui.label("η"), "eta")`: the last text before the end of the statement.
        for call in source.split("explain_id(").skip(1).filter_map(|call| call.split(';').next()) {
            asked.extend(call.rsplit('"').nth(1).filter(|_| call.ends_with("\")")).map(str::to_owned));
        }
    }
    assert!(asked.len() >= 9, "the scan sees them: {asked:?}");
    for id in asked {
        assert!(explained(&id).is_some(), "`{id}` has no entry");
    }
}

#[test]
fn entries_are_well_formed() {
    let ids: BTreeSet<_> = glossary().map(|entry| entry.id).collect();
    assert_eq!(ids.len(), glossary().count(), "ids are unique");
    for entry in glossary() {
        assert!(!entry.name.is_empty() && !entry.source.is_empty() && !entry.symbol.is_empty(), "{}", entry.id);
        assert!(entry.definition.len() > 6 && !entry.definition.ends_with('.'), "{}", entry.id);
        assert!(!in_unicode(entry.formula).contains('\\'), "{}: {}", entry.id, in_unicode(entry.formula));
    }
}

/// `SAMSCOPE_UPDATE=1 cargo test --test glossary` writes it anew.
#[test]
fn the_documentation_has_the_same_glossary() {
    let file = "docs/glossary.md";
    if std::env::var_os("SAMSCOPE_UPDATE").is_some() {
        std::fs::write(file, in_markdown()).expect(file);
    }
    assert!(std::fs::read_to_string(file).is_ok_and(|text| text == in_markdown()), "{file} is not what the tables say");
}
