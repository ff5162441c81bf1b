//! The program `touchpoint`.

fn main() {}
