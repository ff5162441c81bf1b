//! The import table of docs/architecture.md, enforced.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Module, and the modules that it may use.
type Table = BTreeMap<String, BTreeSet<String>>;

/// A module that a file reaches, or what else its path begins with at the root.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reach {
    module: String,
    to: String,
}

#[test]
fn every_import_is_in_the_table() {
    let table = table();
    let mut broken = Vec::new();
    for file in source_files() {
        let text = fs::read_to_string(&file).expect("a source file");
        for Reach { module, to } in reaches(&file, &text) {
            if module != to && !table.get(&module).is_some_and(|allowed| allowed.contains(&to)) {
                broken.push(format!("{}: {module} uses {to}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "not in the table of docs/architecture.md:\n{}", broken.join("\n"));
}

#[test]
fn every_module_is_in_the_table_and_no_other() {
    let in_table: BTreeSet<String> = table().into_keys().collect();
    let in_source: BTreeSet<String> = source_files().iter().map(|file| module_of(file)).collect();
    assert_eq!(in_table, in_source);
}

#[test]
fn imports_by_every_way_are_seen() {
    let file = Path::new("graph/sums.rs");
    let seen = |text: &str| -> Vec<String> {
        reaches(file, text).into_iter().map(|reach| reach.to).collect()
    };
    assert_eq!(seen("use crate::score::Scorer;"), ["score"]);
    assert_eq!(seen("use crate::{map::JourneyMap, report};"), ["map", "report"]);
    assert_eq!(seen("use crate::{self as root};"), ["self"]);
    assert_eq!(seen("fn f() { crate::score::go(); }"), ["score"]);
    assert_eq!(seen("fn f() { println!(\"{}\", crate::score::X); }"), ["score"]);
    assert_eq!(seen("use super::super::score::Scorer;"), ["score"]);
    assert_eq!(seen("mod tests { use super::super::super::score; }"), ["score"]);
    assert_eq!(seen("use crate::JourneyMap;"), ["JourneyMap"]);
    assert_eq!(seen("use super::traffic::Traffic; mod tests { use super::*; }"), [""; 0]);
}

/// Reads the table: a row is `| module | may use | ... |`.
fn table() -> Table {
    let text = fs::read_to_string(root().join("docs/architecture.md")).expect("the architecture");
    let section = text.split("## Who may use whom").nth(1).expect("the section of the table");
    section
        .lines()
        .skip_while(|line| !line.starts_with("|-"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let allowed = cells[2].split(", ").filter(|module| *module != "nothing");
            (cells[1].to_owned(), allowed.map(str::to_owned).collect())
        })
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the library, relative to `src`; the program reaches it as another crate.
fn source_files() -> Vec<PathBuf> {
    let source = root().join("src");
    let mut files = Vec::new();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            let inside = path.strip_prefix(&source).expect("inside src");
            if inside == Path::new("cli")
                || inside == Path::new("main.rs")
                || inside == Path::new("lib.rs")
            {
                continue;
            }
            let is_rust = path.extension().is_some_and(|ending| ending == "rs");
            if path.is_dir() {
                folders.push(path);
            } else if is_rust {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn inside_source(file: &Path) -> &Path {
    file.strip_prefix(root().join("src")).unwrap_or(file)
}

fn module_of(file: &Path) -> String {
    let first = inside_source(file).iter().next().expect("a file in src");
    Path::new(first).file_stem().expect("a name").to_string_lossy().into_owned()
}

/// How many modules deep a file's own module is: `graph.rs` and `graph/mod.rs` 1, `graph/sums.rs` 2.
fn depth_of(file: &Path) -> usize {
    let parts = inside_source(file).iter().count();
    if file.file_name().is_some_and(|name| name == "mod.rs") { parts - 1 } else { parts }
}

fn reaches(file: &Path, text: &str) -> Vec<Reach> {
    let tokens: TokenStream = text.parse().expect("a source file is Rust");
    let mut found = Vec::new();
    walk(tokens, depth_of(file), &mut |to| found.push(Reach { module: module_of(file), to }));
    found
}

/// Finds `crate::...` and chains of `super` that leave the crate's first level, in code and in macros alike.
fn walk(tokens: TokenStream, depth: usize, found: &mut impl FnMut(String)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut place = 0;
    while place < tokens.len() {
        if is_word(&tokens, place, "crate") && is_path(&tokens, place + 1) {
            roots(&tokens, place + 3, found);
        }
        if is_word(&tokens, place, "super") {
            let mut supers = 1;
            while is_path(&tokens, place + 1) && is_word(&tokens, place + 3, "super") {
                place += 3;
                supers += 1;
            }
            if supers >= depth && is_path(&tokens, place + 1) {
                roots(&tokens, place + 3, found);
            }
        }
        if let TokenTree::Group(group) = &tokens[place] {
            let is_module = group.delimiter() == Delimiter::Brace
                && place >= 2
                && is_word(&tokens, place - 2, "mod");
            walk(group.stream(), depth + usize::from(is_module), found);
        }
        place += 1;
    }
}

/// The first names after the root: one, or those of a group.
fn roots(tokens: &[TokenTree], place: usize, found: &mut impl FnMut(String)) {
    match tokens.get(place) {
        Some(TokenTree::Ident(name)) => found(name.to_string()),
        Some(TokenTree::Group(group)) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            inner
                .split(is_comma)
                .filter_map(<[TokenTree]>::first)
                .for_each(|name| found(name.to_string()));
        }
        Some(other) => found(other.to_string()),
        None => {}
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

fn is_word(tokens: &[TokenTree], place: usize, word: &str) -> bool {
    matches!(tokens.get(place), Some(TokenTree::Ident(name)) if name == word)
}

fn is_path(tokens: &[TokenTree], place: usize) -> bool {
    let is_colon = |place: usize| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    is_colon(place) && is_colon(place + 1)
}
