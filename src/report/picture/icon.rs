//! Signs that are drawn and not written, since a font may not have them.

use super::svg::Svg;
use crate::map::End;

/// A sign of what a badge counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Icon {
    Exit,
    Repeat,
    Clock,
    Bubble,
    Cross,
    Smile,
}

impl Icon {
    /// Within ten pixels from the upper left corner.
    const fn line(self) -> &'static str {
        match self {
            Self::Exit => "m5 0v8m-3.5-3.5l3.5 3.5l3.5-3.5m-8 5h9",
            Self::Repeat => "m9 5a4 4 0 1 1-1.6-3.2m.6-2v3h-3",
            Self::Clock => "m5 .5a4.5 4.5 0 1 1-.01 0m.01 2v2.5l2 1.5",
            Self::Bubble => "m.5 1h9v6h-5l-2.5 2.5v-2.5h-1.5z",
            Self::Cross => "m1.5 1.5l7 7m0-7l-7 7",
            Self::Smile => "m5 .5a4.5 4.5 0 1 1-.01 0m-2 5.3q2 2.6 4 0m-3.4-2.6v.3m2.8-.3v.3",
        }
    }
}

/// Draws a sign with its upper left corner at a place.
pub(super) fn draw(svg: &mut Svg, class: &str, (x, y): (i32, i32), icon: Icon) {
    let line = format!("M{x} {y}{}", icon.line());
    svg.path(&format!("jm-icon {class}"), &line);
}

/// How a journey ends: a disc with a tick, a square with a bar, a stop sign with a cross; fourteen pixels wide.
pub(super) fn draw_end(svg: &mut Svg, (x, y): (i32, i32), end: Option<End>) {
    let (class, shape, sign) = match end {
        Some(End::Goal) => ("jm-good", "m7 0a7 7 0 1 1-.01 0z", "m3.5 7.2l2.5 2.6l4.5-5"),
        Some(End::Closed) => ("jm-neutral", "m1 1h12v12h-12z", "m4 7h6"),
        Some(End::Lost) => {
            ("jm-bad", "m4 0h6l4 4v6l-4 4h-6l-4-4v-6z", "m4.2 4.2l5.6 5.6m0-5.6l-5.6 5.6")
        }
        None => ("jm-neutral", "m7 0l7 7l-7 7l-7-7z", "m5 7h.2m1.7 0h.2m1.7 0h.2"),
    };
    svg.path(class, &format!("M{x} {y}{shape}"));
    svg.path("jm-icon jm-sign", &format!("M{x} {y}{sign}"));
}
