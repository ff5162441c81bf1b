//! The programs of others that some tests need, which `.ci/tools` installs.
//!
//! Where one is absent its test is skipped, with the reason printed; with `TOUCHPOINT_TOOLS=1` its absence fails.

use std::path::PathBuf;
use std::process::Command;

/// The folder that `.ci/tools` fills.
pub(crate) fn folder() -> PathBuf {
    let cache = || {
        let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache");
        std::env::var_os("XDG_CACHE_HOME").map_or_else(home, PathBuf::from).join("touchpoint-tools")
    };
    std::env::var_os("TOUCHPOINT_TOOLS_FOLDER").map_or_else(cache, PathBuf::from)
}

/// Whether a tool is there: what it is asked, and whether that comes out well.
pub(crate) fn is_there(tool: &str, asked: &mut Command) -> bool {
    let is_there = asked.output().is_ok_and(|output| output.status.success());
    let is_wanted = std::env::var_os("TOUCHPOINT_TOOLS").is_some_and(|value| value == "1");
    assert!(is_there || !is_wanted, "{tool} is absent; .ci/tools installs it");
    if !is_there {
        println!("skipped: {tool} is absent; .ci/tools installs it");
    }
    is_there
}
