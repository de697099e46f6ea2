//! What kinds of file the Export window makes.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Svg,
    Png,
    Gif,
    Webm,
    Csv,
    Json,
    Claims,
}

impl Kind {
    pub(super) const ALL: [Self; 7] =
        [Self::Svg, Self::Png, Self::Gif, Self::Webm, Self::Csv, Self::Json, Self::Claims];

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Svg => "SVG: vectors, for print",
            Self::Png => "PNG: pixels",
            Self::Gif => "GIF: the run as an animation",
            Self::Webm => "WebM: the run as a video",
            Self::Csv => "CSV: the runs' numbers as a table",
            Self::Json => "JSON: the runs' numbers with their scenario",
            Self::Claims => "HTML: every claim, verified now",
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webm => "webm",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Claims => "html",
        }
    }

    pub(super) fn mime(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webm => "video/webm",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::Claims => "text/html",
        }
    }

    pub(super) fn is_picture(self) -> bool {
        !matches!(self, Self::Csv | Self::Json | Self::Claims)
    }
}
