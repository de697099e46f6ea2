//! A folder that lasts as long as its owner: browser profiles, logs, scenario files.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use anyhow::{Context, Result};

pub struct TempDir(PathBuf);

impl TempDir {
    /// A new, empty folder; `purpose` makes its name readable.
    pub fn new(purpose: &str) -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let unique = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("samscope-{purpose}-{}-{unique}", process::id()));
        // A left-over of an earlier process of the same id would hold stale files.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
