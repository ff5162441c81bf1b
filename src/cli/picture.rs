//! The map as a picture, as SVG and as PNG.

use std::path::PathBuf;

use clap::Args;
use touchpoint::report::{self, Analysis, ColourBy, Fonts, Page, Picture};

use super::failure::Failure;

/// Pixels of the PNG for one of the SVG: enough for a screen of high density, and for print.
const SCALE: f64 = 2.0;
/// Characters that a note names.
const MOST_NAMED: usize = 20;

/// The map as a picture.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct PictureOptions {
    /// What the colour of the map shows, as a picture and on the page: hotspot, friction, drop-off, complaints or satisfaction
    #[arg(long, value_name = "FIGURE", default_value_t)]
    pub(super) colour_by: ColourBy,
    /// A font for journey-map.png, in place of the system's; again for more
    #[arg(long, value_name = "FILE", requires = "out")]
    pub(super) font: Vec<PathBuf>,
}

impl PictureOptions {
    /// The map as SVG.
    pub(super) fn svg(&self, analysis: &Analysis<'_>, page: &Page) -> String {
        report::journey_map(analysis, page, &self.picture())
    }

    /// The page, with the map in it.
    pub(super) fn html(&self, analysis: &Analysis<'_>, page: &Page) -> String {
        report::html(analysis, page, &self.picture())
    }

    fn picture(&self) -> Picture {
        Picture::default().colour(self.colour_by)
    }

    /// An SVG as PNG; characters that no font has are told.
    pub(super) fn png(&self, svg: &str) -> Result<Vec<u8>, Failure> {
        let picture = report::png(svg, &self.fonts()?, SCALE)
            .map_err(|fault| Failure::new(format!("journey-map.png: {fault}")))?;
        if !picture.missing.is_empty() {
            anstream::eprintln!("touchpoint: {}", without_glyphs(&picture.missing));
        }
        Ok(picture.bytes)
    }

    fn fonts(&self) -> Result<Fonts, Failure> {
        if self.font.is_empty() {
            return Ok(Fonts::of_system());
        }
        let with_file = |fonts: Fonts, file: &PathBuf| {
            let bytes = std::fs::read(file).map_err(|error| Failure::about(file, error))?;
            fonts.with_file(bytes).map_err(|fault| Failure::about(file, fault))
        };
        self.font.iter().try_fold(Fonts::new(), with_file)
    }
}

fn without_glyphs(missing: &[char]) -> String {
    let named: Vec<String> = missing.iter().take(MOST_NAMED).map(char::to_string).collect();
    let more = missing.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("journey-map.png: no font has {}{more}; --font names one", named.join(" "))
}
