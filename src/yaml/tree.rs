//! The text as a tree of values that know where they stand; what YAML allows and a document of ours does not is refused here.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};

use super::faults::Faults;
use super::source::position_after;
use super::{Document, START};
use crate::position::{Position, quoted};

/// Documents nest six to ten deep; the limit keeps recursion far from the end of the stack.
const DEEPEST: usize = 32;

/// A value and where it stands.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) position: Position,
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A single value; only a plain one can be a number, true, false or nothing.
    Scalar { text: String, plain: bool },
    /// Values in order.
    List(Vec<Node>),
    /// Keys and values in order; a key stands once.
    Mapping(Vec<Entry>),
    /// What was refused, with a fault that says so.
    Refused,
}

/// A key and its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) position: Position,
    pub(crate) value: Node,
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let Kind::Mapping(entries) = &self.kind else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The values of a list; a single value is a list of itself, except where it is nothing.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            Kind::Scalar { .. } if !self.is_empty() => std::slice::from_ref(self),
            _ => &[],
        }
    }

    /// The keys of a mapping and their values, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Node)> {
        let entries = match &self.kind {
            Kind::Mapping(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(|entry| (entry.key.as_str(), &entry.value))
    }

    /// Whether it has keys.
    pub(crate) fn is_mapping(&self) -> bool {
        matches!(self.kind, Kind::Mapping(_))
    }

    /// The values of a list; any other value is a list of itself, a mapping too.
    pub(crate) fn members(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The text of a single value.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } if !self.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Whether two values say the same: keys in any order, a single value as a list of itself.
    pub(crate) fn says_what(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Mapping(own), Kind::Mapping(others)) => {
                let same = |entry: &Entry| {
                    other.get(&entry.key).is_some_and(|value| entry.value.says_what(value))
                };
                own.len() == others.len() && own.iter().all(same)
            }
            (Kind::Scalar { text, .. }, Kind::Scalar { text: other, .. }) => text == other,
            (Kind::List(_), _) | (_, Kind::List(_)) => {
                let (own, others) = (self.members(), other.members());
                own.len() == others.len()
                    && own.iter().zip(others).all(|(own, other)| own.says_what(other))
            }
            _ => false,
        }
    }

    /// Whether it is YAML's way to say nothing.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { text, plain: true }
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }
}

/// Reads one document; nothing where its syntax is broken.
pub(crate) fn parse(text: &str, document: &Document, faults: &mut Faults) -> Option<Node> {
    let places = Places::new(text);
    let mut reader = Reader { parser: Parser::new_from_str(text), places, document, faults };
    reader
        .document()
        .map_err(|halt| halt.report(&reader.places, document, reader.faults))
        .ok()
        .flatten()
}

/// Why reading cannot go on.
enum Halt {
    Syntax(ScanError),
    TooDeep(Marker),
}

impl Halt {
    fn report(self, places: &Places, document: &Document, faults: &mut Faults) {
        match self {
            Self::Syntax(error) => {
                let message = format!("not YAML: {}{}", error.info(), advice(error.info()));
                faults.add(places.of(*error.marker()), message);
            }
            Self::TooDeep(at) => {
                let message = format!(
                    "nested deeper than {DEEPEST}; a {} nests {} deep",
                    document.noun, document.depth
                );
                faults.add(places.of(at), message);
            }
        }
    }
}

/// What an analyst does about the parser's most frequent complaints.
fn advice(info: &str) -> &'static str {
    match info {
        "mapping values are not allowed in this context" => {
            "; a text with `: ` in it needs quotes, and the keys of one mapping begin in one column"
        }
        "illegal placement of ':' indicator" | "invalid indentation in quoted scalar" => {
            "; it seems that a bracket, brace or quote before it is not closed"
        }
        info if info.contains("tabs disallowed") => "; indent with blanks",
        info if info.contains("anchor") => "; a text that begins with `*` needs quotes",
        info if info.contains("unexpected character") => {
            "; a text that begins with it needs quotes"
        }
        info if info.contains("while parsing a flow") => {
            "; it seems that a bracket or brace is not closed"
        }
        _ => "",
    }
}

/// Positions for the parser's marks, which count characters and, at the end, a line that is not there.
struct Places {
    bytes: Vec<u64>,
    end: Position,
}

impl Places {
    fn new(text: &str) -> Self {
        let bytes = text.char_indices().map(|(byte, _)| byte as u64).collect();
        Self { bytes, end: position_after(text.as_bytes()) }
    }

    fn of(&self, mark: Marker) -> Position {
        let Some(byte) = self.bytes.get(mark.index()) else { return self.end };
        Position { line: mark.line() as u64, column: mark.col() as u64 + 1, byte: *byte }
    }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    places: Places,
    document: &'a Document,
    faults: &'a mut Faults,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Option<Node>, Halt> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    let message = format!(
                        "a second document begins here; a {} is one document",
                        self.document.noun
                    );
                    self.refuse(span.start, &message);
                    break;
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                content => root = Some(self.node(content, span, 0)?),
            }
        }
        Ok(self.content(root))
    }

    /// A document that says nothing would lack every key; one fault is enough.
    fn content(&mut self, root: Option<Node>) -> Option<Node> {
        let root = root.filter(|node| !node.is_empty());
        if root.is_none() && self.faults.is_empty() {
            let Document { noun, needs, .. } = self.document;
            self.faults.add(START, format!("the {noun} is empty; it needs at least {needs}"));
        }
        root
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Halt> {
        match self.parser.next_event() {
            Some(event) => event.map_err(Halt::Syntax),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Halt> {
        if depth > DEEPEST {
            return Err(Halt::TooDeep(span.start));
        }
        let kind = match event {
            Event::Scalar(text, style, _, tag) => {
                self.untagged(tag.as_deref(), span.start);
                Kind::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain }
            }
            Event::SequenceStart(_, tag) => {
                self.untagged(tag.as_deref(), span.start);
                self.list(depth)?
            }
            Event::MappingStart(_, tag) => {
                self.untagged(tag.as_deref(), span.start);
                self.mapping(depth)?
            }
            _ => {
                self.refuse(
                    span.start,
                    "an alias (`*name`) stands here; write out what it stands for",
                );
                Kind::Refused
            }
        };
        Ok(Node { position: self.places.of(span.start), kind })
    }

    fn list(&mut self, depth: usize) -> Result<Kind, Halt> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Kind::List(items)),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Kind, Halt> {
        let mut entries = Entries::default();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(Kind::Mapping(entries.list));
            }
            let key = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            self.enter(&mut entries, key, value);
        }
    }

    fn enter(&mut self, entries: &mut Entries, key: Node, value: Node) {
        let position = key.position;
        match key.kind {
            Kind::Scalar { text, .. } => match entries.line_of(&text) {
                Some(first) => {
                    let key = quoted(&text);
                    self.faults.add(
                        position,
                        format!("the key {key} stands twice; the first is on line {first}"),
                    );
                }
                None => entries.add(Entry { key: text, position, value }),
            },
            Kind::Refused => {}
            _ => self.faults.add(position, "a key must be a text".to_owned()),
        }
    }

    fn untagged(&mut self, tag: Option<&Tag>, at: Marker) {
        if let Some(tag) = tag {
            let handle = if tag.is_yaml_core_schema() { "!!" } else { &tag.handle };
            let tag = quoted(format!("{handle}{}", tag.suffix));
            self.refuse(
                at,
                &format!("the tag {tag} stands here; a {} has no tags", self.document.noun),
            );
        }
    }

    fn refuse(&mut self, at: Marker, message: &str) {
        self.faults.add(self.places.of(at), message.to_owned());
    }
}

/// The entries of a mapping, with an index: a hostile mapping can have very many.
#[derive(Default)]
struct Entries {
    list: Vec<Entry>,
    lines: hashbrown::HashMap<String, u64>,
}

impl Entries {
    fn line_of(&self, key: &str) -> Option<u64> {
        self.lines.get(key).copied()
    }

    fn add(&mut self, entry: Entry) {
        self.lines.insert(entry.key.clone(), entry.position.line);
        self.list.push(entry);
    }
}
