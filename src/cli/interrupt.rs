//! Ctrl-C, and being asked to stop: what was begun is removed, then the program ends.

use std::io::{self, IsTerminal};
use std::process;

use super::failure::Failure;
use super::temporary::Cleared;

/// What shells say of a program that Ctrl-C ended: 128, and the number of the signal.
const EXIT_CODE: i32 = 130;

/// Ends the program in good order on SIGINT and SIGTERM.
///
/// Not on SIGHUP: who starts a long run by `nohup` wants it to be ignored, and a handler would end that.
#[cfg(unix)]
pub(super) fn watch() -> Result<(), Failure> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]).map_err(unwatched)?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            end();
        }
    });
    Ok(())
}

/// Ends the program in good order on Ctrl-C, and on Ctrl-Break and the end of the session.
#[cfg(windows)]
pub(super) fn watch() -> Result<(), Failure> {
    ctrlc::set_handler(|| end()).map_err(unwatched)
}

/// Other systems have no signals to watch for.
#[cfg(not(any(unix, windows)))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn watch() -> Result<(), Failure> {
    Ok(())
}

#[cfg(any(unix, windows))]
fn unwatched(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("signals cannot be watched: {error}"))
}

#[cfg(any(unix, windows))]
fn end() -> ! {
    let cleared = Cleared::now();
    // a terminal shows `^C`, and perhaps how far reading had come
    let start = if io::stderr().is_terminal() { "\n" } else { "" };
    let what = if cleared.has_kept() { "" } else { "; nothing was written" };
    anstream::eprintln!("{start}touchpoint: interrupted{what}");
    process::exit(EXIT_CODE)
}
