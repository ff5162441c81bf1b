//! Files that were looked at once, and are held since.

use std::fs;
use std::path::Path;

/// That this is what a file below `tests/golden` holds; `UPDATE_GOLDEN=1` writes it anew.
pub(crate) fn assert_golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        fs::write(&path, found).expect("a golden file to write");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "{name} differs; look at it with UPDATE_GOLDEN=1 and git diff");
}
