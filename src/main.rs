//! The program `touchpoint`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
