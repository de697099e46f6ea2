//! Tests of what is published beside the program: workflows, the citation, the package. They read files only.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, ensure};
use clap::CommandFactory;
use yaml_rust2::{Yaml, YamlLoader};

use crate::{Cli, process, repo};

fn read(path: &str) -> Result<String> {
    fs::read_to_string(repo::root().join(path)).with_context(|| format!("cannot read {path}"))
}

fn parse(path: &str) -> Result<Yaml> {
    let documents = YamlLoader::load_from_str(&read(path)?).with_context(|| format!("{path} is no YAML"))?;
    documents.into_iter().next().with_context(|| format!("{path} is empty"))
}

fn workflows() -> Result<Vec<String>> {
    let folder = fs::read_dir(repo::root().join(".github/workflows"))?;
    folder.map(|entry| Ok(format!(".github/workflows/{}", entry?.file_name().to_string_lossy()))).collect()
}

#[test]
fn workflows_have_jobs_and_may_do_little() -> Result<()> {
    let workflows = workflows()?;
    assert!(!workflows.is_empty());
    for path in workflows {
        let workflow = parse(&path)?;
        assert_eq!(workflow["permissions"]["contents"].as_str(), Some("read"), "{path}: permissions");
        let jobs = workflow["jobs"].as_hash().with_context(|| format!("{path} has no jobs"))?;
        for (name, job) in jobs {
            let steps = job["steps"].as_vec().with_context(|| format!("{path}: {name:?} has no steps"))?;
            for step in steps {
                check_step(step).with_context(|| path.clone())?;
            }
        }
    }
    Ok(())
}

/// A step runs something, or uses an action of a stated version.
fn check_step(step: &Yaml) -> Result<()> {
    let Some(action) = step["uses"].as_str() else {
        let script = step["run"].as_str().context("a step neither runs nor uses anything")?;
        return check_commands(script);
    };
    let version = action.split_once("@v").map(|(_, version)| version);
    ensure!(version.is_some_and(|version| version.parse::<u32>().is_ok()), "{action} names no major version");
    Ok(())
}

/// Every `cargo xtask` command in a script exists and takes these arguments, and every script called is there.
fn check_commands(script: &str) -> Result<()> {
    for line in script.lines() {
        if let Some((_, arguments)) = line.split_once("cargo xtask") {
            let words = arguments.split_whitespace().map(|word| word.trim_matches('"'));
            Cli::command().try_get_matches_from(std::iter::once("xtask").chain(words))?;
        }
        if line.starts_with(".ci/") {
            ensure!(repo::root().join(line).is_file(), "there is no {line}");
        }
    }
    Ok(())
}

#[test]
fn a_command_that_does_not_exist_is_found() {
    assert!(check_commands("cargo xtask build").is_ok());
    assert!(check_commands("cargo xtask bild").is_err());
    assert!(check_commands(".ci/rum").is_err());
}

#[test]
fn the_citation_is_of_this_version() -> Result<()> {
    let citation = parse("CITATION.cff")?;
    for field in ["cff-version", "message", "title"] {
        assert!(citation[field].as_str().is_some(), "CITATION.cff lacks {field}");
    }
    assert!(citation["authors"][0]["name"].as_str().is_some());
    assert_eq!(citation["references"][0]["url"].as_str(), Some("https://arxiv.org/abs/2211.05729"));
    assert_eq!(citation["version"].as_str(), Some(repo::locked_version("samscope")?.as_str()));
    Ok(())
}

/// The crate as it is published holds every file that its sources include, its tests and its licences, and no tool.
#[test]
fn the_package_holds_what_it_needs() -> Result<()> {
    let list = process::capture_text(process::cargo(["package", "--list", "--allow-dirty", "--package", "samscope"]))?;
    let packaged: BTreeSet<&str> = list.lines().collect();
    for file in [
        "Cargo.lock",
        "README.md",
        "CITATION.cff",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "src/main.rs",
        "docs/mathematics.md",
    ] {
        assert!(packaged.contains(file), "the package lacks {file}");
    }
    let mut git = process::command("git");
    git.args(["ls-files", "src", "tests", "examples", "assets"]);
    let tracked = process::capture_text(git)?;
    let missing: Vec<&str> = tracked.lines().filter(|file| !is_picture(file) && !packaged.contains(file)).collect();
    assert!(missing.is_empty(), "the package lacks {missing:?}");
    let needless: Vec<&&str> = packaged
        .iter()
        .filter(|file| is_picture(file) || file.starts_with("xtask/") || file.starts_with("web/"))
        .collect();
    assert!(needless.is_empty(), "the package need not hold {needless:?}");
    Ok(())
}

fn is_picture(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "png")
}
