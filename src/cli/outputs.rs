//! The folder of `--out`: every format, and, unless it is for the public, the ledger of rejected rows and a map that was
//! proposed.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use touchpoint::report::{self, Analysis, Audience, Page};

use super::arguments::PageOptions;
use super::draft_file::{DraftFile, make_folder, spare};
use super::failure::Failure;
use super::lock::LOCK;
use super::picture::PictureOptions;
use super::temporary::Readers;

/// Files on their way into a folder; they appear once all are written.
pub(super) struct Outputs {
    folder: PathBuf,
    ledger: Option<LedgerDraft>,
    drafts: Vec<DraftFile>,
    names: Vec<String>,
}

/// Where rejected rows are written, and the name that messages have for it.
pub(super) struct LedgerDraft {
    pub(super) path: PathBuf,
    pub(super) writer: BufWriter<File>,
}

const LEDGER: &str = "rejects.csv";
const MAP: &str = "map.yaml";
/// Writes an analysis in a format.
type Report = fn(&Analysis<'_>, &Page) -> String;

/// Reports by the names of their files, but for those with the map as a picture.
const REPORTS: [(&str, Report); 10] = [
    ("report.txt", |analysis, page| {
        anstream::adapter::strip_str(&report::text(analysis, page)).to_string()
    }),
    ("report.md", report::markdown),
    ("touchpoints.csv", report::csv),
    ("transitions.csv", report::transitions_csv),
    ("scorecard.json", report::json),
    ("journey.dot", report::dot),
    ("journey.graphml", report::graphml),
    ("journey.mmd", report::mermaid_flowchart),
    ("journey-scores.mmd", report::mermaid_journey),
    ("journey-sankey.mmd", report::mermaid_sankey),
];

const HTML: &str = "report.html";
const PICTURE: &str = "journey-map.svg";
const PIXELS: &str = "journey-map.png";

impl Outputs {
    /// Makes the folder and begins the ledger, which is written while the log is read. It holds rows as they stood, so
    /// that only its owner may read it, and there is none beside what is for the public.
    pub(super) fn begin(
        folder: &Path,
        inputs: &[&Path],
        audience: Audience,
    ) -> Result<Self, Failure> {
        make_folder(folder)?;
        let names = REPORTS.map(|(name, _)| name);
        for name in names.into_iter().chain([PICTURE, PIXELS, LEDGER, LOCK]) {
            spare(&folder.join(name), inputs)?;
        }
        let (drafts, names) = (Vec::new(), Vec::new());
        let mut outputs = Self { folder: folder.to_owned(), ledger: None, drafts, names };
        match audience {
            Audience::Public => outputs.refuse_a_ledger_of_before()?,
            _ => outputs.begin_ledger()?,
        }
        Ok(outputs)
    }

    /// Who hands the folder on would hand on rows as they stood.
    fn refuse_a_ledger_of_before(&self) -> Result<(), Failure> {
        let path = self.folder.join(LEDGER);
        if path.exists() {
            let why = "--audience public: rows as they stood lie here from before; write to another folder";
            return Err(Failure::about(&path, why));
        }
        Ok(())
    }

    fn begin_ledger(&mut self) -> Result<(), Failure> {
        let path = self.folder.join(LEDGER);
        let (draft, writer) = DraftFile::begin(path.clone(), Readers::Owner)?;
        self.ledger = Some(LedgerDraft { path, writer });
        self.drafts.push(draft);
        self.names.push(LEDGER.to_owned());
        Ok(())
    }

    /// Where the reader writes rejected rows.
    pub(super) fn ledger(&mut self) -> Option<LedgerDraft> {
        self.ledger.take()
    }

    /// Writes everything, and returns the names of the files.
    pub(super) fn write(
        mut self,
        analysis: &Analysis<'_>,
        page: &PageOptions,
        picture: &PictureOptions,
        proposed: Option<&str>,
        lock: &str,
    ) -> Result<Vec<String>, Failure> {
        let page = page.page_of_a_file();
        self.add(HTML, &picture.html(analysis, &page))?;
        for (name, write) in REPORTS {
            self.add(name, &write(analysis, &page))?;
        }
        self.add(LOCK, lock)?;
        self.add_picture(&picture.svg(analysis, &page), picture)?;
        if let Some(map) = proposed {
            self.add_map(map)?;
        }
        DraftFile::finish(&self.drafts)?;
        Ok(self.names)
    }

    fn add(&mut self, name: &'static str, content: &str) -> Result<(), Failure> {
        self.names.push(name.to_owned());
        self.drafts.push(DraftFile::write(self.folder.join(name), content)?);
        Ok(())
    }

    fn add_picture(&mut self, svg: &str, options: &PictureOptions) -> Result<(), Failure> {
        self.add(PICTURE, svg)?;
        let bytes = options.png(svg)?;
        let target = self.folder.join(PIXELS);
        self.drafts.push(DraftFile::fill(target, |writer| writer.write_all(&bytes))?);
        self.names.push(PIXELS.to_owned());
        Ok(())
    }

    /// A map that somebody edited is not replaced by a guess, and not mistaken for it.
    fn add_map(&mut self, proposed: &str) -> Result<(), Failure> {
        match std::fs::read_to_string(self.folder.join(MAP)) {
            Ok(there) if there != proposed => {
                self.add("map.proposed.yaml", proposed)?;
                self.names.push(format!("and left {MAP}, which was there and is another map"));
                Ok(())
            }
            _ => self.add(MAP, proposed),
        }
    }
}
