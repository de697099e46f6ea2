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

    /// The pointer in a lecture, on light and on dark.
    pub fn pointer() -> Color32 {
        Color32::from_rgba_unmultiplied(0xFF, 0x3A, 0x3A, 190)
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
    });
    ctx.style_mut_of(Theme::Light, |style| {
        style.visuals = Visuals::light();
        style.visuals.panel_fill = Color32::from_rgb(0xFA, 0xFA, 0xF8);
        style.visuals.extreme_bg_color = Color32::WHITE;
        style.visuals.faint_bg_color = Color32::from_rgb(0xF0, 0xF0, 0xEC);
        style.visuals.widgets.noninteractive.fg_stroke = Stroke::new(1.0, Color32::from_gray(45));
        style.visuals.widgets.inactive.fg_stroke = Stroke::new(1.0, Color32::from_gray(35));
    });
    ctx.all_styles_mut(|style| {
        // Selectable labels swallow drags; read-outs opt in.
        style.interaction.selectable_labels = false;
        style.spacing.slider_width = 104.0;
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
