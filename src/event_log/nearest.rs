//! The name that was probably meant.

/// The closest of some names, if it is close enough to be a slip of the pen.
pub(super) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // The measure is quadratic in the length, and names come from outside.
    const LONGEST: usize = 100;
    let lower = wanted.to_lowercase();
    let usable = |name: &&str| name.len() <= LONGEST && wanted.len() <= LONGEST;
    names
        .filter(usable)
        .map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// `; did you mean ...?`, or nothing.
pub(super) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}
