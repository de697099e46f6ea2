//! `cargo xtask soak`: the page and the native window under random use for many minutes, with what they take of the
//! machine as a series. A step is one of what a person or a script does; refusals are fine, panics and errors aren't.

mod native;
mod page;

use anyhow::{Result, ensure};

use crate::{process, web};

/// For how long, from which random seed, and how much of it.
pub struct Soak {
    pub minutes: u32,
    pub seed: u64,
    pub no_build: bool,
    pub no_native: bool,
    pub no_page: bool,
}

/// Runs both, one after the other, or one of them, and prints a line a minute.
pub fn run(soak: &Soak) -> Result<()> {
    if !soak.no_page {
        if !soak.no_build {
            web::build(None)?;
        }
        page::soak(soak.minutes, &mut fastrand::Rng::with_seed(soak.seed))?;
    }
    if !soak.no_native {
        if !soak.no_build {
            process::build_samscope()?;
        }
        native::soak(soak.minutes, &mut fastrand::Rng::with_seed(soak.seed))?;
    }
    Ok(())
}

/// The resident memory of a process in MB, and the largest since this was last asked.
fn resident_mb(id: u64) -> Result<[f64; 2]> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let of = |field: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
        line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e3
    };
    // Sets the peak back to what is resident now.
    std::fs::write(format!("/proc/{id}/clear_refs"), "5")?;
    Ok([of("VmRSS"), of("VmHWM")])
}

/// The share by which a peak may grow between two thirds of the soak, after the first third as a warm-up: the garbage
/// that a collector has not come to yet differs by more than a leak of a minute.
const GROWTH: f64 = 1.15;

/// Fails where the largest of the last third is above that of the third before it.
fn ensure_flat(what: &str, peaks: &[f64]) -> Result<()> {
    let third = peaks.len() / 3;
    let largest = |part: &[f64]| part.iter().copied().fold(0.0, f64::max);
    let (before, after) = (largest(&peaks[third..2 * third]), largest(&peaks[2 * third..]));
    ensure!(third == 0 || after <= GROWTH * before, "{what} grows: at most {before:.0} MB, then {after:.0} MB");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leak_is_told_from_a_sawtooth() {
        assert!(ensure_flat("memory", &[10.0, 90.0, 50.0, 80.0, 60.0, 85.0]).is_ok());
        assert!(ensure_flat("memory", &[10.0, 20.0, 30.0, 40.0, 50.0, 60.0]).is_err());
        assert!(ensure_flat("memory", &[10.0, 20.0]).is_ok(), "too short to tell");
    }

    #[test]
    fn this_process_is_resident() -> Result<()> {
        let [now, peak] = resident_mb(std::process::id().into())?;
        assert!(now > 0.1 && peak >= now, "{now} MB of {peak} MB");
        Ok(())
    }
}
