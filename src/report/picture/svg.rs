//! SVG as text: elements with escaped attributes and contents, well-formed whatever stands in the data.

use crate::report::xml::push_escaped;

/// A document, or a part of one, that is being written.
#[derive(Default)]
pub(super) struct Svg {
    out: String,
    open: Vec<&'static str>,
}

/// Attributes in order.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Svg {
    /// Begins an element that holds others.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.out.push_str(">\n");
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push_str(">\n");
        }
    }

    /// An element without contents.
    pub(super) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.out.push_str("/>\n");
    }

    /// An element that holds a text.
    pub(super) fn text(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.begin(name, attributes);
        self.out.push('>');
        push_escaped(text, &mut self.out);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// A line of text at a place.
    pub(super) fn words(&mut self, class: &str, (x, y): (i32, i32), words: &str) {
        let class = format!("jm-text {class}");
        let (x, y) = (x.to_string(), y.to_string());
        self.text("text", &[("class", &class), ("x", &x), ("y", &y)], words);
    }

    /// A filled or stroked shape.
    pub(super) fn path(&mut self, class: &str, line: &str) {
        self.leaf("path", &[("class", class), ("d", line)]);
    }

    /// A rectangle from its upper left corner, with rounded corners.
    pub(super) fn rectangle(
        &mut self,
        class: &str,
        place: (i32, i32),
        size: (i32, i32),
        round: i32,
    ) {
        let numbers = [place.0, place.1, size.0, size.1, round].map(|number| number.to_string());
        let [x, y, width, height, round] = &numbers;
        let place: Attributes<'_> = &[
            ("class", class),
            ("x", x),
            ("y", y),
            ("width", width),
            ("height", height),
            ("rx", round),
        ];
        self.leaf("rect", place);
    }

    /// A circle.
    pub(super) fn circle(&mut self, class: &str, (x, y): (i32, i32), radius: i32) {
        let [x, y, r] = [x, y, radius].map(|number| number.to_string());
        self.leaf("circle", &[("class", class), ("cx", &x), ("cy", &y), ("r", &r)]);
    }

    /// Text that is well-formed already.
    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn begin(&mut self, name: &str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            push_escaped(value, &mut self.out);
            self.out.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_well_formed_whatever_the_data() {
        let mut svg = Svg::default();
        svg.open("g", &[("aria-label", "\"<a>\" & '\u{1}'")]);
        svg.words("jm-name", (1, 2), "]]><script>\u{b}\u{ffff}");
        assert_eq!(
            svg.finish(),
            "<g aria-label=\"&quot;&lt;a&gt;&quot; &amp; &#39;\u{fffd}&#39;\">\n\
             <text class=\"jm-text jm-name\" x=\"1\" y=\"2\">]]&gt;&lt;script&gt;\u{fffd}\u{fffd}</text>\n\
             </g>\n"
        );
    }
}
