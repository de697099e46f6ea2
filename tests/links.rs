//! Permalinks: the same scenario bit for bit, whatever it holds, and one sentence for whatever is no link.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use proptest::prelude::*;
use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use samscope::loss::{CATALOGUE, LossSpec, Reduction};
use samscope::optimizer::METHODS;
use samscope::run::{LINK_JSON_MAX, LINK_TEXT_MAX, LinkError, OptimizerSpec, Recording, Scenario, Underflow};
use samscope::sharpness::Curve;

fn packed(json: &str) -> String {
    format!("v1.{}", BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(json.as_bytes(), 6)))
}

/// Every bit of it: texts of numbers read back to the same bits, and unlike `==` they tell the two zeros apart.
fn bits(scenario: &Scenario) -> String {
    serde_json::to_string(scenario).expect("JSON")
}

#[track_caller]
fn assert_round_trip(scenario: &Scenario) {
    let link = scenario.to_link();
    let again = Scenario::from_link(&link).expect("a link of our own");
    assert_eq!(bits(&again), bits(scenario), "{link}");
}

#[test]
fn the_default_is_short_and_every_loss_and_method_comes_back() {
    let start = |loss: LossSpec| Scenario { loss, ..Scenario::default() }.resolved().expect("valid");
    assert!(start(LossSpec::default()).to_link().len() < 60, "{}", start(LossSpec::default()).to_link());
    assert!(Scenario::welcome().to_link().len() < 420, "{}", Scenario::welcome().to_link().len());
    for info in CATALOGUE {
        for &dim in info.dims {
            let loss = LossSpec::new(info.id).in_dim(dim);
            let scenario = Scenario { loss, init: info.start[..dim].to_vec(), ..Scenario::default() };
            assert_round_trip(&scenario.resolved().expect(info.id));
        }
    }
    for &method in METHODS {
        let optimizers = vec![OptimizerSpec { on: false, ..OptimizerSpec::new(method) }];
        assert_round_trip(&Scenario { optimizers, ..Scenario::default() }.resolved().expect("valid"));
    }
    let texts = vec!["0.5*(x*y - c)^2".to_owned(), "a*z^2".to_owned()];
    let params = [("c".to_owned(), -0.0), ("a".to_owned(), 1e-300)].into();
    assert_round_trip(&start(LossSpec::typed(texts, Reduction::Sum, params)));
}

#[test]
fn numbers_are_exact_to_the_bit() {
    let numbers = [-0.0, f64::MIN_POSITIVE, 5e-324, -5e-324, 0.1 + 0.2, 1.0 / 3.0, 1e8, 99_999_999.999_999_99];
    for window in numbers.windows(4) {
        let scenario = Scenario { init: window.to_vec(), tol: window[0].abs(), ..Scenario::default() };
        let scenario = scenario.resolved().expect("valid");
        let again = Scenario::from_link(&scenario.to_link()).expect("a link");
        let pairs = again.init.iter().zip(window);
        assert!(
            pairs.into_iter().all(|(a, b)| a.to_bits() == b.to_bits()),
            "{window:?} comes back as {:?}",
            again.init
        );
    }
    // Equal to the default as a number, but not to the bit.
    let mut loss = LossSpec::new("quadratic");
    loss.params_mut().insert("angle12".to_owned(), -0.0);
    let scenario = Scenario { loss, ..Scenario::default() }.resolved().expect("valid");
    let again = Scenario::from_link(&scenario.to_link()).expect("a link");
    assert_eq!(again.loss.params()["angle12"].to_bits(), (-0.0_f64).to_bits());
}

/// Wherever a link has been: in an address, in a mail, in a sentence.
#[test]
fn links_are_recognized_as_people_paste_them() {
    let scenario = Scenario::welcome();
    let link = scenario.to_link();
    let broken = format!("{}\n  {}", &link[..40], &link[40..]);
    for text in [
        link.clone(),
        format!("#{link}"),
        format!("https://example.org/samscope/#{link}"),
        format!("http://127.0.0.1:8080/?embed=1#{link}"),
        format!("https://example.org/%23{}", link.replace('.', "%2E").replace('-', "%2D")),
        format!("  <https://example.org/#{link}>.\n"),
        format!("{link}=="),
        format!("https://example.org/#{broken}"),
    ] {
        assert_eq!(Scenario::from_link(&text).as_ref(), Ok(&scenario), "{text}");
    }
}

#[test]
fn what_is_no_link_is_refused_in_one_sentence() {
    let link = Scenario::welcome().to_link();
    let zeros = packed(&format!("{{\"seed\": 0{}}}", " ".repeat(LINK_JSON_MAX)));
    let deep = packed(&format!("{{\"loss\": {}", "[".repeat(100_000)));
    let cases = [
        (String::new(), "not a samscope link"),
        ("hello".to_owned(), "not a samscope link"),
        ("https://example.org/".to_owned(), "not a samscope link"),
        ("#section-2".to_owned(), "not a samscope link"),
        ("v0.AAAA".to_owned(), "not a samscope link"),
        ("v2.AAAA".to_owned(), "newer version of samscope"),
        ("https://example.org/#v17.anything at all".to_owned(), "newer version of samscope"),
        ("v1.".to_owned(), "damaged"),
        (link[..link.len() - 7].to_owned(), "damaged"),
        (link[..link.len() / 2].to_owned(), "damaged"),
        (link.replacen("v1.", "v1.AAAA", 1), "damaged"),
        (link.replacen("v1.", "v1.ä", 1), "damaged"),
        ("v1.@@@@".to_owned(), "damaged"),
        (format!("v1.{}", "A".repeat(LINK_TEXT_MAX)), "too long"),
        (zeros, "too long"),
        (deep, "cannot be used: loss[0]: cannot be read"),
        (packed("7"), "cannot be used: must be a JSON object"),
        (packed("{\"optimizers\": [{\"eta\": -1}]}"), "cannot be used: optimizers[0].eta: must be a number above 0"),
        (packed("{\"version\": 2}"), "cannot be used: version: must be 1"),
        (packed("{\"speed\": 2}"), "cannot be used: speed: cannot be read: unknown field"),
    ];
    for (text, words) in cases {
        let shown: String = text.chars().take(60).collect();
        let error = Scenario::from_link(&text).map(|_| ()).expect_err(&shown);
        let sentence = error.to_string();
        assert!(sentence.contains(words), "{shown}: `{sentence}` should say `{words}`");
        assert!(!sentence.contains('\n') && !sentence.ends_with('.'), "one sentence: {sentence}");
    }
    assert_eq!(Scenario::from_link("v3.x"), Err(LinkError::Newer(3)));
}

/// The links of the first version stay valid: to exactly this scenario.
#[test]
fn golden_links() {
    let expected = Scenario::from_json(include_str!("links/v1.json")).expect("a scenario");
    let link = include_str!("links/v1.txt");
    assert_eq!(Scenario::from_link(link).map(|scenario| bits(&scenario)), Ok(bits(&expected)));
    // What a link leaves out means this.
    let defaults: serde_json::Value = serde_json::from_str(include_str!("links/v1_defaults.json")).expect("JSON");
    let empty = Scenario::from_link(include_str!("links/v1_empty.txt")).expect("a link");
    assert_holds(&serde_json::to_value(empty).expect("JSON"), &defaults);
}

/// Every field of `expected` is in `value` and the same; newer fields may stand beside them.
fn assert_holds(value: &serde_json::Value, expected: &serde_json::Value) {
    match expected.as_object() {
        Some(fields) => fields.iter().for_each(|(name, expected)| assert_holds(&value[name], expected)),
        None => assert_eq!(value, expected),
    }
}

/// 10^5 links that went wrong, before and after they were packed: a scenario or a sentence, never a panic or a hang.
#[test]
fn mutated_links_never_panic() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
    let typed = LossSpec::typed(vec!["0.5*(x*y - c)^2".to_owned()], Reduction::Mean, [("c".to_owned(), 1.0)].into());
    let mut rich = Scenario { seeds: Some([0, 7]), record: Recording::Points(64), ..Scenario::welcome() };
    rich.view.curves = Curve::ALL.to_vec();
    let typed = Scenario { loss: typed, init: vec![2.0, 0.6], underflow: Underflow::Ieee, ..Scenario::default() };
    let originals: Vec<_> = [Scenario::welcome(), rich, typed.resolved().expect("valid")].iter().map(bits).collect();
    let links: Vec<_> = originals.iter().map(|json| packed(json)).collect();
    let (mut read, mut parsed, mut refused) = (0, 0, 0);
    for i in 0..100_000 {
        let text = if i % 2 == 0 {
            String::from_utf8_lossy(&mutated(links[i % 3].as_bytes(), &mut random)).into_owned()
        } else {
            packed(&String::from_utf8_lossy(&mutated(originals[i % 3].as_bytes(), &mut random)))
        };
        match Scenario::from_link(&text) {
            Ok(_) => read += 1,
            Err(LinkError::Scenario(_)) => parsed += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(read > 500 && parsed > 40_000 && refused > 40_000, "{read} read, {parsed} parsed, {refused} refused");
}

/// One to three bytes changed, cut out or put in.
fn mutated(text: &[u8], random: &mut Xoshiro256PlusPlus) -> Vec<u8> {
    const INSERTED: &[u8] = b"0123456789-+.eE{}[]\",:% \\#av_\xff";
    let mut bytes = text.to_vec();
    for _ in 0..=random.next_u64() % 3 {
        if bytes.is_empty() {
            break;
        }
        let at = random.next_u64() as usize % bytes.len();
        let inserted = INSERTED[random.next_u64() as usize % INSERTED.len()];
        match random.next_u64() % 6 {
            0 => bytes[at] ^= 1 << (random.next_u64() % 8),
            1 => bytes[at] = inserted,
            2 => bytes.insert(at, inserted),
            3 => {
                bytes.remove(at);
            }
            4 if random.next_u64().is_multiple_of(8) => bytes.truncate(at),
            _ => {
                let piece = bytes[at..(at + 12).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

proptest! {
    #[test]
    fn any_scenario_comes_back(
        init in prop::collection::vec(-1e8..1e8, 4),
        eta in 1e-300..1e6,
        rho in 0.0..1e6,
        seed in 0..(1_u64 << 53),
        steps in 0..1_000_000_000_000_u64,
        tol in prop::num::f64::POSITIVE | prop::num::f64::SUBNORMAL,
        method in 0..METHODS.len(),
        count in 1..4_usize,
        bounds in prop::option::of((-1e9..0.0, 1e-3..1e9)),
        on in any::<bool>(),
    ) {
        let mut scenario = Scenario { init, seed, steps, tol: tol.abs(), ..Scenario::default() };
        scenario.optimizers = vec![OptimizerSpec { eta, rho, on, ..OptimizerSpec::new(METHODS[method]) }; count];
        scenario.view.bounds = bounds.map(|(low, high)| [low, high, low, high]);
        assert_round_trip(&scenario.resolved().expect("valid"));
    }
}
