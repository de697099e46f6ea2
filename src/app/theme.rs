//! Every colour of the interface but the methods', which figures have too, and its fonts.

use std::sync::Arc;

use egui::{Color32, FontData, FontFamily, Stroke, Theme, Visuals};

use crate::figure::style::{self, METHODS_DARK, METHODS_LIGHT};
use crate::formula::FONT;
use crate::sharpness::Term;

/// The colours of the theme in use.
#[derive(Clone, Copy, Debug)]
pub struct Colours {
    dark: bool,
}

impl Colours {
    /// Those of the interface's present theme.
    pub fn of(ui: &egui::Ui) -> Self {
        Self { dark: ui.visuals().dark_mode }
    }

    /// Whether the theme is dark.
    pub fn is_dark(self) -> bool {
        self.dark
    }

    /// The colour of the optimizer at this place in the scenario.
    pub fn method(self, index: usize) -> Color32 {
        let methods = if self.dark { &METHODS_DARK } else { &METHODS_LIGHT };
        let [r, g, b] = methods[index % methods.len()].0;
        Color32::from_rgb(r, g, b)
    }

    /// The same for letters, which need more contrast than lines.
    pub fn letters(self, index: usize) -> Color32 {
        let (towards, share) = if self.dark { (Color32::WHITE, 0.2) } else { (Color32::BLACK, 0.3) };
        self.method(index).lerp_to_gamma(towards, share)
    }

    /// The colour of a vector of the anatomy.
    pub fn term(self, term: Term) -> Color32 {
        self.method(style::term(term))
    }

    /// Around paths and labels on the map, so that they stand out on every colour of it.
    pub fn halo(self) -> Color32 {
        if self.dark { Color32::from_black_alpha(170) } else { Color32::from_white_alpha(200) }
    }

    /// Labels, Γ and marked points on the map.
    pub fn ink(self) -> Color32 {
        if self.dark { Color32::from_gray(245) } else { Color32::from_gray(15) }
    }

    /// Isolines.
    pub fn isoline(self) -> Color32 {
        if self.dark { Color32::from_white_alpha(38) } else { Color32::from_black_alpha(46) }
    }

    /// Grid lines of the curves.
    pub fn grid(self) -> Color32 {
        if self.dark { Color32::from_white_alpha(46) } else { Color32::from_black_alpha(46) }
    }

    /// The manifold of minimizers.
    pub fn gamma(self) -> Color32 {
        if self.dark { Color32::from_rgb(0xFF, 0xF3, 0xB0) } else { Color32::from_rgb(0x20, 0x20, 0x50) }
    }

    /// Behind labels that lie on the map.
    pub fn plate(self) -> Color32 {
        if self.dark { Color32::from_black_alpha(150) } else { Color32::from_white_alpha(190) }
    }

    /// The pointer in a lecture.
    pub fn pointer(self) -> Color32 {
        let [r, g, b] = if self.dark { [0xFF, 0x4A, 0x4A] } else { [0xE0, 0x20, 0x20] };
        Color32::from_rgba_unmultiplied(r, g, b, 190)
    }

    /// A condition that does not hold.
    pub fn caution(self) -> Color32 {
        if self.dark { Color32::from_rgb(0xF2, 0xC1, 0x4E) } else { Color32::from_rgb(0x8A, 0x5A, 0x00) }
    }

    /// Refused input.
    pub fn error(self) -> Color32 {
        if self.dark { Color32::from_rgb(0xFF, 0x8A, 0x80) } else { Color32::from_rgb(0xB0, 0x1C, 0x1C) }
    }
}

/// What a finger hits, in points.
pub const FINGER: f32 = 40.0;

/// Makes what is pressed as large as a finger or a pointer needs.
pub fn fit(ctx: &egui::Context, for_fingers: bool) {
    let plain = egui::Spacing::default();
    let (height, padding) = if for_fingers { (FINGER, 11.0) } else { (plain.interact_size.y, plain.button_padding.x) };
    if ctx.global_style().spacing.interact_size.y == height {
        return;
    }
    ctx.all_styles_mut(|style| {
        style.spacing.interact_size.y = height;
        style.spacing.button_padding.x = padding;
    });
}

/// Sets fonts and styles for both themes.
pub fn install(ctx: &egui::Context) {
    install_fonts(ctx);
    ctx.style_mut_of(Theme::Dark, |style| {
        style.visuals = Visuals::dark();
        style.visuals.panel_fill = Color32::from_rgb(0x14, 0x17, 0x1D);
        style.visuals.window_fill = Color32::from_rgb(0x1B, 0x1F, 0x27);
        style.visuals.extreme_bg_color = Color32::from_rgb(0x0D, 0x0F, 0x14);
        style.visuals.faint_bg_color = Color32::from_rgb(0x1B, 0x1F, 0x27);
        style.visuals.widgets.noninteractive.fg_stroke = Stroke::new(1.0, Color32::from_gray(205));
        style.visuals.widgets.inactive.fg_stroke = Stroke::new(1.0, Color32::from_gray(215));
        // Dark enough for the methods' colours on it.
        style.visuals.selection.bg_fill = Color32::from_rgb(0x1C, 0x3D, 0x55);
    });
    ctx.style_mut_of(Theme::Light, |style| {
        style.visuals = Visuals::light();
        style.visuals.panel_fill = Color32::from_rgb(0xFA, 0xFA, 0xF8);
        style.visuals.extreme_bg_color = Color32::WHITE;
        style.visuals.faint_bg_color = Color32::from_rgb(0xF0, 0xF0, 0xEC);
        style.visuals.widgets.noninteractive.fg_stroke = Stroke::new(1.0, Color32::from_gray(45));
        style.visuals.widgets.inactive.fg_stroke = Stroke::new(1.0, Color32::from_gray(35));
        style.visuals.widgets.active.weak_bg_fill = Color32::from_gray(205);
    });
    ctx.all_styles_mut(|style| {
        style.visuals.weak_text_alpha = 0.78;
        // Selectable labels swallow drags; read-outs opt in.
        style.interaction.selectable_labels = false;
        style.spacing.slider_width = 104.0;
        // Seen before anybody scrolls: there is more.
        style.spacing.scroll.dormant_handle_opacity = 0.5;
        style.spacing.scroll.dormant_background_opacity = 0.3;
        // Beside what is scrolled, never on it.
        style.spacing.scroll.floating_allocated_width = style.spacing.scroll.bar_width;
        style.spacing.item_spacing = egui::vec2(7.0, 5.0);
    });
}

/// egui's proportional font lacks ∇ ‖ ⟨ ⟩ and others that its monospace font has. Formulas have a font of their own.
fn install_fonts(ctx: &egui::Context) {
    let mut fonts = egui::FontDefinitions::default();
    if let Some(family) = fonts.families.get_mut(&FontFamily::Proportional)
        && !family.iter().any(|name| name == "Hack")
    {
        family.push("Hack".to_owned());
    }
    let name = super::formula::FAMILY;
    fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(FONT)));
    fonts.families.insert(FontFamily::Name(name.into()), vec![name.to_owned()]);
    ctx.set_fonts(fonts);
}

#[cfg(test)]
mod tests {
    use egui::Rgba;

    use super::*;

    /// What letters need of their background (WCAG 2.2, 1.4.3).
    const ENOUGH: f32 = 4.5;

    /// The contrast of a colour that lies on another.
    fn contrast(colour: Color32, ground: Color32) -> f32 {
        let luminance = |colour: Color32| {
            let colour = Rgba::from(colour);
            0.2126 * colour.r() + 0.7152 * colour.g() + 0.0722 * colour.b() + 0.05
        };
        let (a, b) = (luminance(ground.blend(colour)), luminance(ground));
        a.max(b) / a.min(b)
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 1e-3);
        assert!((contrast(Color32::from_gray(0x77), Color32::WHITE) - 4.478).abs() < 1e-2);
    }

    #[test]
    fn everything_that_is_written_stands_out() {
        let ctx = egui::Context::default();
        install(&ctx);
        for theme in [Theme::Dark, Theme::Light] {
            let colours = Colours { dark: theme == Theme::Dark };
            let visuals = &ctx.style_of(theme).visuals;
            let plain = [visuals.panel_fill, visuals.window_fill, visuals.extreme_bg_color, visuals.faint_bg_color];
            let widgets = &visuals.widgets;
            let buttons = [widgets.inactive, widgets.hovered, widgets.active, widgets.open];
            let chips = buttons.map(|button| button.weak_bg_fill).into_iter().chain([visuals.selection.bg_fill]);
            let any = || plain.into_iter().chain(chips.clone());
            let methods = (0..METHODS_DARK.len()).map(|index| colours.letters(index));
            let said = [visuals.text_color(), visuals.strong_text_color(), colours.caution(), colours.error()];
            let mut pairs: Vec<(Color32, Color32)> = Vec::new();
            pairs.extend(said.iter().flat_map(|&text| plain.map(|ground| (text, ground))));
            pairs.extend(any().map(|ground| (visuals.weak_text_color(), ground)));
            pairs.extend(methods.flat_map(|text| any().map(move |ground| (text, ground))));
            pairs.extend(buttons.map(|button| (button.fg_stroke.color, button.weak_bg_fill)));
            pairs.push((visuals.selection.stroke.color, visuals.selection.bg_fill));
            // Labels on the map, whatever is below their plates.
            let below = [Color32::WHITE, Color32::BLACK].map(|ground| ground.blend(colours.plate()));
            pairs.extend(below.map(|ground| (colours.ink(), ground)));
            for (text, ground) in pairs {
                let contrast = contrast(text, ground);
                assert!(contrast >= ENOUGH, "{theme:?}: {text:?} on {ground:?} has {contrast}");
            }
        }
    }
}
