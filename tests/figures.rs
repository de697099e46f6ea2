//! Figures: every one of every kind of scenario is a sound SVG whose text lies on the canvas.

use samscope::figure::surface::SurfaceSpec;
use samscope::figure::{
    Caption, Design, Draughtsman, Figure, FigureRequest, GifWriter, Line, Mark, Paper, Subject, has_letter, raster,
};
use samscope::run::{Racer, Report, RunSpec, Scenario};

/// Scenarios that differ in what a figure has to draw.
fn scenarios() -> Vec<(&'static str, Scenario)> {
    let read = |text: &str| Scenario::from_json(text).expect("a scenario of this test");
    let methods = r#"[{"id": "gd"}, {"id": "sam"}, {"id": "m-sam"}, {"id": "asc-descent", "eta": 0.001}]"#;
    vec![
        ("welcome", Scenario { steps: 3000, ..Scenario::welcome() }),
        ("hyperbola", read(&format!(r#"{{"loss": {{"id": "hyperbola"}}, "optimizers": {methods}, "steps": 300}}"#))),
        (
            "saddle",
            read(
                r#"{"loss": {"id": "saddle"}, "optimizers": [{"id": "gd", "eta": 0.3}], "steps": 500, "view": {"curves": []}}"#,
            ),
        ),
        ("typed", read(r#"{"loss": {"id": "typed", "expressions": ["x^2*a"], "params": {"a": 2}}, "init": [0.5]}"#)),
        (
            "all-curves",
            read(
                r#"{"loss": {"id": "product3"}, "optimizers": [{"id": "sam"}, {"id": "avg-descent"}], "steps": 200,
                "view": {"quantity": "r_max", "axes": [1, 3], "curves": ["loss", "other_eigenvalues", "two_over_eta",
                "limits", "r_max", "r_asc", "r_avg", "flow_distance", "alignment", "lambda_edge", "rayleigh"]}}"#,
            ),
        ),
        (
            "seeds",
            read(
                r#"{"loss": {"id": "toy4d"}, "optimizers": [{"id": "one-sam"}, {"id": "sam"}, {"id": "sgd"}, {"id": "gd"},
                {"id": "ngd"}], "seeds": [0, 9], "steps": 300, "view": {"surface_steps": [0, 30, 31, 1000],
                "curves": ["loss", "r_avg", "alignment"]}}"#,
            ),
        ),
        ("no-steps", read(r#"{"loss": {"id": "ring"}, "steps": 0}"#)),
    ]
}

fn named(id: &str) -> &'static Design {
    Design::named(id).expect("a figure")
}

#[test]
fn every_figure_is_sound_and_its_text_is_on_the_canvas() {
    for (name, scenario) in scenarios() {
        for &design in Design::ALL {
            let subject = design.subject(&scenario);
            for width in [60.0, 84.0, 174.0, 400.0] {
                let figure = Figure::of(design, &subject, Paper { width, ..Paper::default() });
                let what = format!("{} of {name}, {width} mm wide", design.id);
                for mark in &figure.sheet.marks {
                    let Mark::Text { place, text, look } = mark else { continue };
                    assert!(text.chars().all(has_letter), "{what}: a letter of `{text}` is missing");
                    let line = Line::of(text, look.size);
                    let [dx, dy] = line.offset(look.anchor);
                    let (low, high) = if look.upwards {
                        ([place[0] + dy - look.size, place[1] - dx - line.width], [place[0] + dy, place[1] - dx])
                    } else {
                        ([place[0] + dx, place[1] + dy - 0.8 * look.size], [place[0] + dx + line.width, place[1] + dy])
                    };
                    let inside = (0..2).all(|axis| low[axis] >= -1.0 && high[axis] <= figure.sheet.size[axis] + 1.0);
                    assert!(inside, "{what}: `{text}` at {low:?} to {high:?} leaves {:?}", figure.sheet.size);
                }
                let svg = figure.svg();
                let finite = |mark: &Mark| match mark {
                    Mark::Line { points, .. } | Mark::Area { points, .. } => {
                        points.as_flattened().iter().all(|v| v.is_finite())
                    }
                    Mark::Disc { center, .. } => center.iter().all(|v| v.is_finite()),
                    Mark::Mesh { corners, .. } => corners.as_flattened().iter().all(|v| v.is_finite()),
                    Mark::Text { .. } | Mark::Picture { .. } => true,
                };
                assert!(figure.sheet.marks.iter().all(finite), "{what}: a number is not finite");
                let pixels = raster::pixels(&svg, 200).unwrap_or_else(|error| panic!("{what}: {error}"));
                let first = &pixels.rgba[..4];
                assert!(pixels.rgba.chunks_exact(4).any(|pixel| pixel != first), "{what}: it is empty");
                assert!(pixels.rgba.chunks_exact(4).all(|pixel| pixel[3] == 255), "{what}: it is transparent");
            }
        }
    }
}

#[test]
fn a_figure_has_its_scenario_in_words() {
    let figure = Figure::new(named("landscape"), &Scenario::welcome(), Paper::default());
    for part in ["toy4d", "0.5, 0.5, 0.3, 0.3", "one-sam η 0.01 ρ 0.1", "seed 0", "100000 steps", "samscope "] {
        assert!(figure.caption.contains(part), "`{part}` is not in `{}`", figure.caption);
    }
    assert!(figure.svg().contains(&format!("<desc>{}</desc>", figure.caption)));
}

/// What a figure says of its runs holds of what `Report::run` gives for the same scenario.
#[test]
fn captions_and_legends_tell_what_is_drawn() {
    let read = |text: &str| Scenario::from_json(text).expect("a scenario of this test");
    let words = |design: &Design, scenario: &Scenario| {
        let figure = Figure::new(design, scenario, Paper::default());
        let texts = figure.sheet.marks.iter().filter_map(|mark| match mark {
            Mark::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        (texts.collect::<Vec<_>>().join(" "), figure.caption)
    };
    // A race by time: each method's own steps.
    let timed = read(
        r#"{"loss": {"id": "toy4d"}, "optimizers": [{"id": "sam"}, {"id": "asc-descent", "eta": 0.001}], "steps": 30,
            "view": {"pace": "time"}}"#,
    );
    assert!(words(named("landscape"), &timed).1.contains("asc-descent η 0.001 ρ 0.1 (300 steps)"));
    let steps: Vec<u64> = Report::run(&timed, || 0.0).expect("it runs").runs.iter().map(|run| run.steps).collect();
    assert_eq!(steps, [30, 300], "a report keeps the pace too");
    // A run that ends early.
    let diverging = read(r#"{"loss": {"id": "quadratic"}, "optimizers": [{"id": "gd", "eta": 1.5}], "steps": 200}"#);
    let step = Report::run(&diverging, || 0.0).expect("it runs").runs[0].steps;
    assert!(words(named("curves"), &diverging).0.contains(&format!("diverged after step {step}")));
    // A loss of one variable stays one.
    let line = read(r#"{"loss": {"id": "typed", "expressions": ["x^4 - 2*x^2"]}, "init": [-1.6], "steps": 50}"#);
    let (texts, caption) = words(named("landscape"), &line);
    assert!(caption.contains("start (-1.6);") && !texts.contains("x_{2}"), "{caption}");
    assert_eq!(Figure::new(named("landscape"), &line, Paper::default()).scenario, line);
    // The curvature along the gradient is below 0 between the wells: shown, on a linear axis.
    let hill = read(
        r#"{"loss": {"id": "typed", "expressions": ["x^4 - 2*x^2"]}, "init": [0.1], "steps": 50,
            "view": {"curves": ["rayleigh"], "value_scale": "log"}}"#,
    );
    let (texts, _) = words(named("curves"), &hill);
    assert!(texts.contains("−3."), "{texts}");
}

/// A surface at the end of a run that has gone far from its start shows where it is.
#[test]
fn surfaces_hold_the_ends() {
    let scenario = Scenario::from_json(
        r#"{"loss": {"id": "typed", "expressions": ["0.5*(x*y - 1)^2"]}, "optimizers": [{"id": "sam"}], "init": [2, 0.6],
            "steps": 20000}"#,
    )
    .expect("a scenario of this test");
    let race = named("fig1").subject(&scenario).race;
    let spec = SurfaceSpec::of(&scenario, 9).holding([race.runs()[0].last().x.as_slice()]);
    let [u0, u1, v0, v1] = spec.bounds();
    let end = &race.runs()[0].last().x;
    assert!(u0 < end[0] && end[0] < u1 && v0 < end[1] && end[1] < v1, "{spec:?} does not hold {end:?}");
    let far = spec.holding([[1e9, 0.0].as_slice()]);
    assert_eq!(far, spec, "a diverged one is not followed");
}

/// An animation shows no seed's future, also where the first seed's run has ended already.
#[test]
fn a_band_goes_as_far_as_the_animation() {
    let scenario = Scenario::from_json(
        r#"{"loss": {"id": "two-moons-logistic"}, "optimizers": [{"id": "sgd", "eta": 0.05}], "seeds": [0, 7],
            "steps": 3000, "tol": 0.03}"#,
    )
    .expect("a scenario of this test");
    let mut subject = named("curves").subject(&scenario);
    let right_end = |subject: &Subject| {
        let figure = Figure::of(named("curves"), subject, Paper::default());
        let bands = figure.sheet.marks.iter().filter_map(|mark| match mark {
            Mark::Area { points, .. } if points.len() > 100 => Some(points),
            _ => None,
        });
        bands.flatten().map(|point| point[0]).fold(0.0, f64::max)
    };
    let whole = right_end(&subject);
    let first_end = subject.race.runs()[0].last().step;
    assert!((first_end as f64) < subject.race.last_step(), "the first seed's run is not the longest");
    subject.race.show_until(Some(first_end));
    assert!(right_end(&subject) < whole - 1.0, "{} of {whole}", right_end(&subject));
}

/// The band's mean is that of runs made one by one, and where the sheet has it.
#[test]
fn seeds_are_a_mean_and_a_band() {
    let json =
        r#"{"loss": {"id": "toy4d"}, "optimizers": [{"id": "one-sam", "eta": 0.03}], "seeds": [0, 9], "steps": 3000}"#;
    let scenario = Scenario::from_json(json).expect("a scenario of this test");
    let subject = named("curves").subject(&scenario);
    let crowd = subject.race.runs()[0].crowd().expect("several seeds");
    let spread = crowd.spread(|point| Some(point.eigenvalues[0]));
    let last = spread.last().expect("an end");
    let mut values: Vec<f64> = (0..10)
        .map(|seed| {
            let mut racer = Racer::new(RunSpec { seed, ..scenario.run_spec(0) });
            racer.advance(3000);
            racer.measure(3000, racer.x()).eigenvalues[0]
        })
        .collect();
    values.sort_by(f64::total_cmp);
    assert_eq!(last.step, 3000);
    assert!((last.mean - values.iter().sum::<f64>() / 10.0).abs() < 1e-12);
    assert!((last.low - (0.1 * values[0] + 0.9 * values[1])).abs() < 1e-12, "{last:?}, {values:?}");
    let figure = Figure::of(named("curves"), &subject, Paper::default());
    let bands =
        figure.sheet.marks.iter().filter(|mark| matches!(mark, Mark::Area { points, .. } if points.len() > 100));
    assert!(bands.count() >= 5, "an area for each curve of the view");
    assert!(figure.caption.contains("seeds 0 to 9"), "{}", figure.caption);
}

#[test]
fn paths_on_the_sheet_are_where_the_run_was() {
    // Hyperbola: SAM's last iterate lies on the map where the axes say, found by its mark's colour.
    let scenario = Scenario::from_json(
        r#"{"loss": {"id": "hyperbola"}, "optimizers": [{"id": "sam"}], "steps": 500,
            "view": {"bounds": [0, 3, 0, 3], "flows": false}}"#,
    )
    .expect("a scenario of this test");
    let subject = named("landscape").subject(&scenario);
    let head = subject.race.runs()[0].head().x.clone();
    let figure = Figure::of(named("landscape"), &subject, Paper::default());
    let discs: Vec<[f64; 2]> = figure
        .sheet
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Disc { center, radius: 4.2, .. } = mark { Some(*center) } else { None })
        .collect();
    let ticks = |axis: usize| -> Vec<(f64, f64)> {
        let of = |mark: &Mark| match mark {
            Mark::Text { place, text, look } if !look.upwards => {
                text.parse::<f64>().ok().map(|value| (value, place[axis]))
            }
            _ => None,
        };
        figure.sheet.marks.iter().filter_map(of).collect()
    };
    // The x axis's ticks share their height, the y axis's their right end.
    let bottom = ticks(1).iter().map(|tick| tick.1).fold(0.0, f64::max);
    let xs: Vec<(f64, f64)> =
        ticks(0).into_iter().zip(ticks(1)).filter(|(_, y)| y.1 == bottom).map(|(x, _)| x).collect();
    let ((v0, p0), (v1, p1)) = (xs[0], xs[xs.len() - 1]);
    let expected = p0 + (head[0] - v0) / (v1 - v0) * (p1 - p0);
    assert!(discs.iter().any(|disc| (disc[0] - expected).abs() < 0.1), "{discs:?} is not at {expected}");
}

#[test]
fn an_animation_ends_where_the_figure_does() {
    let scenario = Scenario { steps: 1000, ..Scenario::welcome() };
    let frames = FigureRequest::new(named("landscape"), scenario.clone()).frames(10).expect("a figure");
    let steps: Vec<u64> = frames.iter().map(|frame| frame.step.expect("a step")).collect();
    assert_eq!((steps[0], steps[9]), (0, 1000));
    assert!(steps.windows(2).all(|pair| pair[0] < pair[1]));
    let mut subject = named("landscape").subject(&scenario);
    let whole = Figure::of(named("landscape"), &subject, Paper::default()).svg();
    subject.race.show_until(Some(10));
    assert_ne!(Figure::of(named("landscape"), &subject, Paper::default()).svg(), whole);
    assert!(Figure::of(named("landscape"), &subject, Paper::default()).svg().contains("aria-label=\"step 10\""));
    subject.race.show_until(None);
    assert!(Figure::of(named("landscape"), &subject, Paper::default()).svg() == whole);
}

/// A basin while ρ grows, and a sweep while its runs grow longer: each frame another picture, the last one the figure.
#[test]
fn basins_and_sweeps_are_animated_over_their_own_settings() {
    let scenario =
        Scenario::from_json(r#"{"loss": {"id": "saddle"}, "optimizers": [{"id": "sam", "eta": 0.1}], "steps": 200}"#);
    let scenario = scenario.expect("a scenario");
    let frames = |id: &str| FigureRequest::new(named(id), scenario.clone()).frames(3).expect("a figure");
    let rho = |frame: &FigureRequest| frame.scenario.optimizers[0].rho;
    assert_eq!(frames("basin").iter().map(rho).collect::<Vec<_>>(), [0.0, 0.05, 0.1]);
    assert_eq!(frames("sweep").iter().map(|frame| frame.scenario.steps).collect::<Vec<_>>(), [0, 100, 200]);
    let gd = Scenario::from_json(r#"{"loss": {"id": "saddle"}, "optimizers": [{"id": "gd"}], "steps": 200}"#)
        .expect("a scenario");
    let gd = FigureRequest::new(named("basin"), gd).frames(3).expect("a figure");
    assert_eq!(gd.iter().map(|frame| frame.scenario.steps).collect::<Vec<_>>(), [0, 100, 200], "GD has no ρ");
    for id in ["basin", "sweep"] {
        let mut draughtsman = Draughtsman::default();
        let pictures: Vec<_> = frames(id).iter().map(|frame| draughtsman.svg(frame).expect("a figure")).collect();
        assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2], "{id}");
        assert!(pictures[2] == draughtsman.svg(&FigureRequest::new(named(id), scenario.clone())).expect("a figure"));
    }
}

/// Frames that are lower or higher than the samples: white below, or cut off.
#[test]
fn a_gif_has_one_height() {
    let frame = |rows: usize| vec![200; 4 * 40 * rows];
    let samples = [frame(20), frame(30)];
    let mut writer = GifWriter::new(40, samples.iter().map(Vec::as_slice)).expect("a small picture");
    for rows in [20, 30, 40] {
        writer.add(frame(rows), 7).expect("any height");
    }
    let file = writer.finish().expect("a file in memory");
    let decoder = gif::DecodeOptions::new().read_info(&file[..]).expect("a GIF");
    assert_eq!((decoder.width(), decoder.height()), (40, 30));
}

#[test]
fn a_gif_gives_its_frames_back() {
    let frame = |shift: usize| -> Vec<u8> {
        (0..40 * 30).flat_map(|i| if i % 40 == shift { [200, 30, 30, 255] } else { [255, 255, 255, 255] }).collect()
    };
    let frames: Vec<Vec<u8>> = (3..9).map(frame).collect();
    let samples = [&frames[0][..], &frames[5][..]];
    let mut writer = GifWriter::new(40, samples.into_iter()).expect("a small picture");
    for frame in &frames {
        writer.add(frame.clone(), 7).expect("a frame of its size");
    }
    let file = writer.finish().expect("a file in memory");
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(&file[..]).expect("a GIF");
    let mut screen = vec![0_u8; 40 * 30 * 4];
    for expected in &frames {
        let frame = decoder.read_next_frame().expect("a frame").expect("there is one more");
        assert_eq!(frame.delay, 7);
        for (i, pixel) in frame.buffer.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] > 0) {
            let (column, row) = (i % usize::from(frame.width), i / usize::from(frame.width));
            let at = 4 * ((row + usize::from(frame.top)) * 40 + column + usize::from(frame.left));
            screen[at..at + 4].copy_from_slice(pixel);
        }
        let worst = screen.iter().zip(expected).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst < Some(12), "a colour is off by {worst:?}");
    }
    assert!(decoder.read_next_frame().expect("the end").is_none());
}

/// Every figure can be made for a slide: it has the shape that is asked for, and nothing leaves the sheet.
#[test]
fn a_figure_has_the_ratio_that_is_asked_for() {
    for design in Design::ALL {
        let mut scenario = (design.scenario)();
        scenario.steps = scenario.steps.min(400);
        let subject = design.subject(&scenario);
        for ratio in [16.0 / 9.0, 4.0 / 3.0] {
            let paper = Paper { ratio: Some(ratio), caption: Caption::None, ..Paper::default() };
            let sheet = Figure::of(design, &subject, paper).sheet;
            let [width, height] = sheet.size;
            assert!((width / height - ratio).abs() < 1e-2, "{}: {width} × {height}", design.id);
        }
    }
}

#[test]
fn a_ratio_without_room_is_refused() {
    let design = Design::named("landscape").expect("a figure");
    let scenario = Scenario { steps: 100, ..(design.scenario)() };
    let narrow = FigureRequest { ratio: Some(4.0), width: 60.0, ..FigureRequest::new(design, scenario.clone()) };
    let error = Draughtsman::default().svg(&narrow).expect_err("no room");
    assert!(error.contains("ratio leaves no room"), "{error}");
    let request = FigureRequest { ratio: Some(16.0 / 9.0), ..FigureRequest::new(design, scenario) };
    assert!(Draughtsman::default().svg(&request).is_ok());
    for (text, ratio) in
        [("16:9", Some(16.0 / 9.0)), ("4 : 3", Some(4.0 / 3.0)), ("9:1", None), ("1:0", None), ("x", None)]
    {
        assert_eq!(Paper::ratio(text).ok(), ratio, "{text}");
    }
}
