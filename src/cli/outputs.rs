//! The folder of `--out`: every format, the ledger of rejected rows, and a map that was proposed.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use touchpoint::report::{self, Analysis};

use super::arguments::PageOptions;
use super::draft_file::{DraftFile, make_folder, spare};
use super::failure::Failure;

/// Files on their way into a folder; they appear once all are written.
pub(super) struct Outputs {
    folder: PathBuf,
    ledger: Option<BufWriter<File>>,
    drafts: Vec<DraftFile>,
    names: Vec<&'static str>,
}

const LEDGER: &str = "rejects.csv";
const REPORTS: [&str; 5] =
    ["report.txt", "report.md", "touchpoints.csv", "transitions.csv", "scorecard.json"];

impl Outputs {
    /// Makes the folder and begins the ledger, which is written while the log is read.
    pub(super) fn begin(folder: &Path, inputs: &[&Path]) -> Result<Self, Failure> {
        make_folder(folder)?;
        for name in REPORTS.into_iter().chain([LEDGER]) {
            spare(&folder.join(name), inputs)?;
        }
        let (draft, ledger) = DraftFile::begin(folder.join(LEDGER))?;
        Ok(Self {
            folder: folder.to_owned(),
            ledger: Some(ledger),
            drafts: vec![draft],
            names: vec![LEDGER],
        })
    }

    /// Where the reader writes rejected rows.
    pub(super) fn ledger(&mut self) -> Option<BufWriter<File>> {
        self.ledger.take()
    }

    /// Writes everything, and returns the names of the files.
    pub(super) fn write(
        mut self,
        analysis: &Analysis<'_>,
        page: &PageOptions,
        proposed: Option<&str>,
    ) -> Result<Vec<&'static str>, Failure> {
        let page = page.page_of_a_file();
        let reports = [
            anstream::adapter::strip_str(&report::text(analysis, &page)).to_string(),
            report::markdown(analysis, &page),
            report::csv(analysis),
            report::transitions_csv(analysis),
            report::json(analysis),
        ];
        for (name, content) in REPORTS.into_iter().zip(&reports) {
            self.add(name, content)?;
        }
        if let Some(map) = proposed {
            self.add(self.map_name(map), map)?;
        }
        self.drafts.into_iter().try_for_each(DraftFile::finish)?;
        Ok(self.names)
    }

    fn add(&mut self, name: &'static str, content: &str) -> Result<(), Failure> {
        self.names.push(name);
        self.drafts.push(DraftFile::write(self.folder.join(name), content)?);
        Ok(())
    }

    /// A map that somebody edited is not replaced by a guess.
    fn map_name(&self, proposed: &str) -> &'static str {
        match std::fs::read_to_string(self.folder.join("map.yaml")) {
            Ok(there) if there != proposed => "map.proposed.yaml",
            _ => "map.yaml",
        }
    }
}
