//! Every claim holds, and would fail were its formula wrong: each constant that a prediction uses is spoilt in turn
//! (λ1 to λ2, 2 to 1, a sign to the other …), and the prediction is shifted by three tolerances.

use std::collections::BTreeSet;

use samscope::theory::claims::{Bound, Claim, Compared, Formula, Kind, Knob, all};

/// What is wrong with a claim, one line each, and the constants that it uses.
fn faults(claim: &Claim) -> (Vec<String>, Vec<Knob>) {
    let mut faults = Vec::new();
    // The runs are done once, and held against the right formula and all wrong ones.
    let evidence = (claim.evidence)(&(claim.scenario)());
    let formula = Formula::right();
    let right = evidence(&formula);
    if !claim.accepts(right) {
        faults.push(format!("{}: fails: {right:?} ± {}", claim.id, claim.tolerance));
    }
    let used = formula.used();
    if used.is_empty() {
        faults.push(format!("{}: its prediction has no constant that could be wrong", claim.id));
    }
    for &knob in &used {
        let wrong = evidence(&Formula::spoilt(knob));
        if claim.accepts(wrong) {
            faults.push(format!("{}: {knob:?} doesn't matter: {wrong:?} ± {}", claim.id, claim.tolerance));
        }
    }
    let shift = 3.0 * claim.tolerance;
    let shifted: &[f64] = match claim.bound {
        Bound::Equal => &[shift, -shift],
        Bound::AtLeast => &[shift],
        Bound::AtMost => &[-shift],
    };
    for by in shifted {
        let wrong = Compared { predicted: right.predicted + by, ..right };
        if claim.accepts(wrong) {
            faults.push(format!("{}: a prediction shifted by {by} passes: {wrong:?}", claim.id));
        }
    }
    (faults, used)
}

#[test]
fn every_claim_holds_and_fails_when_spoilt() {
    let claims: Vec<_> = all().collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let found = std::sync::Mutex::new((Vec::new(), Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(claim) = claims.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    let (faults, used) = faults(claim);
                    let mut found = found.lock().expect("no panic");
                    found.0.extend(faults);
                    found.1.extend(used);
                }
            });
        }
    });
    let (found, used) = found.into_inner().expect("no panic");
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    let idle: Vec<_> = Knob::ALL.into_iter().filter(|knob| !used.contains(knob)).collect();
    assert!(idle.is_empty(), "no claim uses {idle:?}");
}

/// A claim that never fails would prove nothing: the test above sees a knob that doesn't matter.
#[test]
fn a_prediction_without_the_constant_that_it_names_is_found() {
    fn blunt(_: &samscope::run::Scenario) -> samscope::theory::claims::Evidence {
        Box::new(|_| Compared { predicted: 1.0, measured: 1.0 })
    }
    let claim = Claim { evidence: blunt, ..*all().next().expect("a claim") };
    assert_eq!(faults(&claim).0.len(), 1, "{:?}", faults(&claim));
    let loose = Claim { tolerance: 1e3, ..*all().next().expect("a claim") };
    assert_eq!(faults(&loose).0.len(), 2, "{:?}", faults(&loose));
}

/// Names are unique and fit for a command line; texts are sentences.
#[test]
fn claims_are_well_formed() {
    let ids: BTreeSet<_> = all().map(|claim| claim.id).collect();
    assert_eq!(ids.len(), all().count(), "names are unique");
    for claim in all() {
        assert!(claim.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b)));
        for text in [claim.statement, claim.why] {
            assert!(text.ends_with('.') && text.len() > 5, "{}: {text}", claim.id);
        }
        assert!(!claim.in_words().contains(['$', '\\', '{']), "{}: {}", claim.id, claim.in_words());
        assert!(!claim.source.is_empty() && claim.tolerance > 0.0, "{}", claim.id);
        (claim.scenario)().resolved().expect("a valid scenario");
    }
}

/// docs/mathematics.md names claims like `two-cycle`, families of them like `ring-…`, and nothing that isn't one. Its table of
/// the paper's statements has every theorem.
#[test]
fn the_documentation_names_claims_that_exist() {
    let text = std::fs::read_to_string("docs/mathematics.md").expect("the documentation");
    let named = codes(&text);
    assert!(named.len() > 60, "{named:?}");
    for name in named {
        assert!(all().any(|claim| is_named(name, claim)), "`{name}` is not a claim");
    }
    let table = text.split("## 16 Statements").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the table");
    let named = codes(table);
    for claim in all().filter(|claim| claim.kind == Kind::Theorem) {
        assert!(named.iter().any(|name| is_named(name, claim)), "{} is not in the table", claim.id);
    }
}

/// What stands between backticks, but for commands and flags.
fn codes(text: &str) -> BTreeSet<&str> {
    let codes = text.split('`').skip(1).step_by(2);
    codes.filter(|code| !code.contains("samscope") && !code.starts_with("--")).collect()
}

/// Whether a name, or the family that it is with `…`, is this claim's.
fn is_named(name: &str, claim: &Claim) -> bool {
    match name.strip_suffix('…') {
        Some(family) => claim.id.starts_with(family),
        None => claim.id == name,
    }
}
