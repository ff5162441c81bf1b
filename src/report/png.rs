//! The picture as PNG: an SVG and fonts in, bytes out, and the characters that no font has.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::roxmltree::{Document, Node as Element, ParsingOptions};
use resvg::usvg::{GlyphId, Group, ImageHrefResolver, Node, Options, Text, Tree};

/// No picture has more pixels.
const MOST_PIXELS: f64 = 64e6;
/// The names of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";
/// What stands for a character that a font does not have.
const NO_GLYPH: GlyphId = GlyphId(0);

/// The fonts that text is drawn with; the first is used where the SVG names none of them.
///
/// With the same font files in the same order a picture has the same bytes.
#[derive(Clone, Debug, Default)]
pub struct Fonts {
    database: Database,
}

/// A file that holds no font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this holds no TrueType or OpenType font")]
#[non_exhaustive]
pub struct FontFault;

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PngFault {
    /// The text is no SVG.
    #[error("not an SVG: {0}")]
    NotSvg(String),
    /// The picture would have too many pixels, or none.
    #[error("{width:.0} by {height:.0} pixels are none, or too many")]
    Size {
        /// Pixels from left to right.
        width: f64,
        /// Pixels from top to bottom.
        height: f64,
    },
    /// The picture could not be packed.
    #[error("{0}")]
    Packing(String),
}

/// A picture in pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that no font has, once each, in their order; boxes or nothing stand for them.
    pub missing: Vec<char>,
}

impl Fonts {
    /// No font yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The fonts of this machine, found where its system keeps them.
    #[must_use]
    pub fn of_system() -> Self {
        let mut fonts = Self::new();
        fonts.database.load_system_fonts();
        fonts.choose_default();
        fonts
    }

    /// With the fonts of a file.
    ///
    /// # Errors
    ///
    /// If there is no font in it.
    pub fn with_file(mut self, bytes: Vec<u8>) -> Result<Self, FontFault> {
        let faces = self.database.load_font_source(Source::Binary(Arc::new(bytes)));
        if faces.is_empty() {
            return Err(FontFault);
        }
        self.choose_default();
        Ok(self)
    }

    fn choose_default(&mut self) {
        let families = self.database.faces().filter_map(|face| face.families.first());
        let first: Option<String> = families.map(|(name, _)| name.clone()).next();
        if let Some(first) = first {
            self.database.set_sans_serif_family(first.as_str());
            self.database.set_serif_family(first);
        }
    }
}

/// Draws an SVG, `scale` pixels for each of its own; images that it refers to are not fetched.
///
/// ```
/// use touchpoint::report::{Fonts, png};
///
/// let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>"#;
/// let picture = png(svg, &Fonts::new(), 2.0)?;
/// assert!(picture.bytes.starts_with(b"\x89PNG") && picture.missing.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If the text is no SVG, or the picture would have no pixels or more than 64 million.
pub fn png(svg: &str, fonts: &Fonts, scale: f64) -> Result<Png, PngFault> {
    let nothing = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options {
        fontdb: Arc::new(fonts.database.clone()),
        image_href_resolver: nothing,
        ..Options::default()
    };
    let tree =
        Tree::from_str(svg, &options).map_err(|fault| PngFault::NotSvg(fault.to_string()))?;
    let mut pixels = canvas(&tree, scale)?;
    let transform = Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    let bytes = pixels.encode_png().map_err(|fault| PngFault::Packing(fault.to_string()))?;
    let mut missing = BTreeSet::new();
    if fonts.database.is_empty() {
        missing.extend(letters(svg));
    } else {
        gather_missing(tree.root(), &mut missing);
    }
    Ok(Png { bytes, missing: missing.into_iter().collect() })
}

fn canvas(tree: &Tree, scale: f64) -> Result<Pixmap, PngFault> {
    let size = [tree.size().width(), tree.size().height()];
    let [width, height] = size.map(|side| (f64::from(side) * scale).ceil());
    let fault = PngFault::Size { width, height };
    let fits = width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS;
    let made = if fits { pixmap(width, height) } else { None };
    made.ok_or(fault)
}

#[expect(clippy::cast_sign_loss, reason = "checked to be at least 1 each, and few together")]
fn pixmap(width: f64, height: f64) -> Option<Pixmap> {
    Pixmap::new(width as u32, height as u32)
}

fn gather_missing(group: &Group, missing: &mut BTreeSet<char>) {
    for node in group.children() {
        match node {
            Node::Group(group) => gather_missing(group, missing),
            Node::Text(text) => gather_missing_of(text, missing),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

fn gather_missing_of(text: &Text, missing: &mut BTreeSet<char>) {
    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
    let absent = glyphs.filter(|glyph| glyph.id == NO_GLYPH);
    missing.extend(absent.flat_map(|glyph| glyph.text.chars()).filter(|letter| is_seen(*letter)));
}

/// All that the texts of an SVG say; without any font they are not in its tree.
fn letters(svg: &str) -> BTreeSet<char> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(svg, options) else { return BTreeSet::new() };
    let texts = document.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    let words = texts.flat_map(|text| text.descendants()).filter(Element::is_text);
    words
        .filter_map(|words| words.text())
        .flat_map(str::chars)
        .filter(|letter| is_seen(*letter))
        .collect()
}

fn is_seen(letter: char) -> bool {
    !letter.is_whitespace() && !letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text x="1" y="15" font-size="12">a b 中</text></svg>"#;

    #[test]
    fn characters_without_a_font_are_told_once_each() {
        let picture = png(WORDS, &Fonts::new(), 1.0).expect("a picture");
        assert_eq!(picture.missing, ['a', 'b', '中']);
    }

    #[test]
    fn what_is_no_font_or_no_svg_or_too_large_is_an_error() {
        assert_eq!(Fonts::new().with_file(b"no font".to_vec()).err(), Some(FontFault));
        assert!(matches!(png("<svg", &Fonts::new(), 1.0), Err(PngFault::NotSvg(_))));
        for scale in [0.0, -1.0, f64::NAN, 1e9] {
            assert!(matches!(png(WORDS, &Fonts::new(), scale), Err(PngFault::Size { .. })));
        }
    }

    #[test]
    fn the_same_picture_has_the_same_bytes() {
        let draw = || png(WORDS, &Fonts::of_system(), 1.5).expect("a picture").bytes;
        assert_eq!(draw(), draw());
    }
}
