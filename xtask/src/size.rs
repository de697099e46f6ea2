//! The page's transfer size, as a host that compresses with brotli 11 would send it: of all files that a visitor's
//! browser loads. What only other programs ask for (link previews, a home screen) is listed apart.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::table;

/// What no visit loads; the page's tests hold that against what the browser asks for.
pub const APART: [&str; 2] = ["social.png", "icon-512.png"];

/// The most bytes that the whole page may take.
const BUDGET: usize = 2_100_000;

/// Prints every file's size and the sum, and fails above the budget.
pub fn check(folder: &Path) -> Result<()> {
    let mut rows = vec![["file", "bytes", "brotli 11"].map(str::to_owned)];
    let (mut raw_sum, mut sent_sum) = (0, 0);
    for path in files_below(folder)? {
        let content = fs::read(&path)?;
        let sent = brotli_len(&content)?;
        let name = path.strip_prefix(folder)?.display().to_string();
        let apart = APART.contains(&name.as_str());
        let label = if apart { format!("({name}: no visit loads it)") } else { name };
        rows.push([label, content.len().to_string(), sent.to_string()]);
        if !apart {
            raw_sum += content.len();
            sent_sum += sent;
        }
    }
    rows.push(["sum".to_owned(), raw_sum.to_string(), sent_sum.to_string()]);
    print!("{}", table::align(rows));
    ensure!(sent_sum <= BUDGET, "the page takes {sent_sum} bytes; at most {BUDGET} are allowed");
    Ok(())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            let list = if path.is_dir() { &mut folders } else { &mut files };
            list.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn brotli_len(content: &[u8]) -> Result<usize> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 22);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(compressed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_is_compressed_away() -> Result<()> {
        assert!(brotli_len(&[7; 10_000])? < 100);
        Ok(())
    }

    #[test]
    fn every_file_counts() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("inner"))?;
        fs::write(folder.path().join("a"), "a")?;
        fs::write(folder.path().join("inner/b"), "b")?;
        assert_eq!(files_below(folder.path())?.len(), 2);
        check(folder.path())
    }
}
