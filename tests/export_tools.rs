//! Exports are read by the programs that they are made for: Graphviz, Mermaid's own parser and networkx.

mod support;
#[path = "support/tools.rs"]
mod tools;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::exported::{Case, EXPORTS, pages};
use tempfile::TempDir;
use tools::is_there;

/// Every export of one kind, in a folder of its own.
fn written(endings: &[&str]) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = Vec::new();
    for case in [Case::loan(), Case::hostile()] {
        case.analyse(|analysis| {
            for (page, name) in pages() {
                for (ending, export) in EXPORTS.iter().filter(|(it, _)| endings.contains(it)) {
                    let file = folder.path().join(format!("{}.{name}.{ending}", case.name));
                    fs::write(&file, export(analysis, &page)).expect("a writable folder");
                    files.push(file);
                }
            }
        });
    }
    (folder, files)
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

#[test]
fn graphviz_draws_it_without_a_warning() {
    let mut version = Command::new("dot");
    version.arg("-V");
    if !is_there("dot", &mut version) {
        return;
    }
    let (_folder, files) = written(&["dot"]);
    for file in files {
        let output = Command::new("dot").arg("-Tsvg").arg(&file).output().expect("dot runs");
        assert!(output.status.success() && output.stderr.is_empty(), "{file:?}: {}", said(&output));
        let svg = String::from_utf8(output.stdout).expect("SVG is UTF-8");
        let labels = svg.matches("class=\"cluster\"").count();
        assert!(labels >= 6 && !svg.contains("<script"), "{file:?}");
    }
}

/// Parses each file named, and tells what kind of diagram it is and how many things are in it.
const MERMAID: &str = r"
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const [folder, ...files] = process.argv.slice(2);
const require = createRequire(folder + '/');
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('<!doctype html><body></body>');
Object.assign(globalThis, { window, document: window.document });
const entry = folder + '/node_modules/mermaid/dist/mermaid.core.mjs';
const { default: mermaid } = await import(pathToFileURL(entry));
mermaid.initialize({ startOnLoad: false });
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const { diagramType, config } = await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const things = { 'flowchart-v2': () => db.getVertices().size, journey: () => db.getTasks().length,
    sankey: () => db.getGraph().links.length }[diagramType]();
  const theme = config.theme === undefined ? '' : ' directive obeyed';
  console.log(`${file.split('/').pop()}: ${diagramType} ${things > 1 && text.length < 50000 ? 'good' : 'bad'}${theme}`);
}
";

#[test]
fn mermaid_parses_all_three_diagrams() {
    let folder = tools::folder();
    let mut version = Command::new("node");
    let package = folder.join("node_modules/mermaid/package.json");
    version.args(["-e", "require(process.argv[1])"]).arg(&package);
    if !is_there("node with mermaid", &mut version) {
        return;
    }
    let (place, files) = written(&["mmd", "scores.mmd", "sankey.mmd"]);
    let script = place.path().join("parse.mjs");
    fs::write(&script, MERMAID).expect("a writable folder");
    let output = Command::new("node").arg(&script).arg(&folder).args(&files).output();
    let output = output.expect("node runs");
    assert!(output.status.success(), "{}", said(&output));
    let lines: Vec<String> = files.iter().map(|file| expected(file)).collect();
    assert_eq!(said(&output).lines().collect::<Vec<_>>(), lines);
}

/// What the script says of a file that is as it should be.
fn expected(file: &Path) -> String {
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    let kind = match name.as_str() {
        name if name.ends_with("scores.mmd") => "journey",
        name if name.ends_with("sankey.mmd") => "sankey",
        _ => "flowchart-v2",
    };
    format!("{name}: {kind} good")
}

/// Reads each file named, and checks types, names and sums.
const NETWORKX: &str = r"
import sys
import networkx
for file in sys.argv[1:]:
    graph = networkx.read_graphml(file)
    assert graph.is_directed() and not graph.is_multigraph(), file
    assert graph.nodes['start']['type'] == 'start', file
    places = [data for _, data in graph.nodes(data=True) if data['type'] == 'touchpoint']
    assert len(places) > 10 and all(data['label'] and data['touchpoint'] for data in places), file
    assert all(type(data['protective']) is bool for data in places), file
    for node, data in graph.nodes(data=True):
        flows = [flow['all'] for _, _, flow in graph.in_edges(node, data=True) if 'all' in flow]
        hidden = any('hidden' in flow for _, _, flow in graph.in_edges(node, data=True))
        assert all(type(flow) is int for flow in flows), (file, node)
        if data['type'] == 'touchpoint' and 'visits' in data and not hidden:
            assert sum(flows) == data['visits'], (file, node)
";

#[test]
fn networkx_reads_types_names_and_sums() {
    let python = |code: &str| {
        let mut python = Command::new("python3");
        python.env("PYTHONPATH", tools::folder().join("python")).args(["-c", code]);
        python
    };
    if !is_there("networkx", &mut python("import networkx")) {
        return;
    }
    let (_folder, files) = written(&["graphml"]);
    let output = python(NETWORKX).args(&files).output().expect("python runs");
    assert!(output.status.success(), "{}", said(&output));
}
