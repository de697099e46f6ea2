//! Data flows one way (ARCHITECTURE.md): a folder of src/ uses only those above it, and the core knows no window, no
//! GPU, no browser, no clock and no thread.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The folders in the order in which data flows; up to `lesson` they are the core.
const ORDER: [&str; 16] = [
    "formula",
    "loss",
    "calculus",
    "sharpness",
    "optimizer",
    "run",
    "theory",
    "ensemble",
    "race",
    "field",
    "figure",
    "lesson",
    "platform",
    "app",
    "cli",
    "entry",
];
const CORE: usize = 12;

/// What the core does not name.
const FOREIGN: [&str; 11] = [
    "egui",
    "eframe",
    "wgpu",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "web_time",
    "Instant",
    "SystemTime",
    "thread",
    "rayon",
];

/// Rust source without comments, texts, characters and `#[cfg(test)]` modules.
fn code_of(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(text) = rest.strip_prefix("r#\"") {
            text.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if first == '"' {
            end_of_text(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        rest = &rest[skipped..];
    }
    while let Some(begin) = code.find("#[cfg(test)]") {
        let open = code[begin..].find('{').map_or(code.len(), |i| begin + i);
        code.replace_range(begin..end_of_braces(&code, open), "");
    }
    code
}

/// The length of the text literal that `rest` begins with.
fn end_of_text(rest: &str) -> usize {
    let mut escaped = false;
    for (i, character) in rest.char_indices().skip(1) {
        if character == '"' && !escaped {
            return i + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    rest.len()
}

/// The position after the brace that closes the one at `open`.
fn end_of_braces(code: &str, open: usize) -> usize {
    let mut depth = 0_i32;
    for (i, character) in code[open..].char_indices() {
        depth += i32::from(character == '{') - i32::from(character == '}');
        if depth == 0 {
            return open + i + 1;
        }
    }
    code.len()
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The folders named after `crate::`, also within `crate::{…}`.
fn used_folders(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (position, _) in code.match_indices("crate::") {
        let path = &code[position + "crate::".len()..];
        if !path.starts_with('{') {
            used.extend(identifiers(path).next().map(str::to_owned));
            continue;
        }
        // The first name of each item of the outermost group.
        let mut depth = 0;
        let mut item = String::new();
        for character in path[..end_of_braces(path, 0)].chars() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 1 && character != ',' && character != '{' {
                item.push(character);
            } else if depth <= 1 && character != '{' {
                used.extend(identifiers(&item).next().map(str::to_owned));
                item.clear();
            }
        }
    }
    used.retain(|name| ORDER.contains(&name.as_str()));
    used
}

/// What is wrong with a file of `folder`.
fn violations(folder: &str, source: &str) -> Vec<String> {
    let code = code_of(source);
    let Some(place) = ORDER.iter().position(|&name| name == folder) else {
        return vec![format!("the folder `{folder}` has no place in the order")];
    };
    let below = used_folders(&code).into_iter().filter(|used| ORDER.iter().position(|name| name == used) > Some(place));
    let mut wrong: Vec<_> = below.map(|used| format!("`{folder}` uses `{used}`, which is below it")).collect();
    if place < CORE {
        let words: BTreeSet<_> = identifiers(&code).collect();
        wrong
            .extend(FOREIGN.iter().filter(|word| words.contains(*word)).map(|word| format!("the core names `{word}`")));
    }
    wrong
}

/// Every Rust file below `folder`, with its text.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.display().to_string(), fs::read_to_string(&path).expect("a source file")));
        }
    }
    found
}

#[test]
fn folders_use_only_those_above_them() {
    // Cargo runs tests in the package's root.
    let src = Path::new("src");
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(src).expect("src") {
        let path = entry.expect("an entry").path();
        if !path.is_dir() {
            continue;
        }
        let folder = path.file_name().and_then(|name| name.to_str()).expect("UTF-8").to_owned();
        for (file, source) in sources(&path) {
            wrong.extend(violations(&folder, &source).into_iter().map(|message| format!("{file}: {message}")));
            seen.extend(used_folders(&code_of(&source)).into_iter().map(|used| format!("{folder} → {used}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    // The scan sees what there is to see.
    for known in ["calculus → loss", "sharpness → calculus", "optimizer → loss", "run → optimizer", "cli → run"]
    {
        assert!(seen.contains(known), "{known} is among {seen:?}");
    }
}

/// The scan itself, on made-up files.
#[test]
fn the_scan_tells_good_from_bad() {
    let wrong = |folder, source| violations(folder, source).len();
    assert_eq!(wrong("loss", "use crate::calculus::Jet;"), 1);
    assert_eq!(wrong("loss", "//! See [`Jet`](crate::calculus::Jet).\nuse crate::loss::Scalar;"), 0);
    assert_eq!(wrong("run", "use crate::{loss::{Loss, Info}, app::State, cli};"), 2);
    assert_eq!(wrong("run", "use crate::{loss::{self, Info}, optimizer};"), 0);
    assert_eq!(wrong("run", "fn f() { let x = crate::theory::phi(); }"), 1);
    assert_eq!(wrong("run", "use std::time::Instant;"), 1);
    assert_eq!(wrong("cli", "use std::time::Instant; use crate::app::bench_frames; use crate::platform::now;"), 0);
    assert_eq!(wrong("run", "const S: &str = \"\\\"egui::Ui\\\" // \"; use crate::loss::Info;"), 0);
    assert_eq!(wrong("run", "const S: &str = \"/*\"; use egui::Ui; // \""), 1);
    assert_eq!(wrong("run", "#[cfg(test)]\nmod tests { use crate::cli; fn f() { {} } }\nuse crate::app;"), 1);
    assert_eq!(wrong("run", "fn f(instant: f64, threads: usize) {}"), 0);
    assert_eq!(wrong("extra", ""), 1);
}
