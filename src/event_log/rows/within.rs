//! Rows that a stray quote has swallowed.

/// Whether a quote is closed so late that other rows stand in its field: two lines or more within the row have as many
/// delimiters as the header has, and none has another number.
pub(super) fn has_rows_within(row: &[u8], delimiter: u8, columns: usize) -> bool {
    let Some(first) = memchr::memchr(b'\n', row) else { return false };
    let mut lines = row[first + 1..].split(|&byte| byte == b'\n').peekable();
    let (mut rows, wanted) = (0, columns - 1);
    while let Some(line) = lines.next() {
        // the last line goes on after the quote
        if lines.peek().is_none() {
            break;
        }
        if memchr::memchr_iter(delimiter, line).count() != wanted {
            return false;
        }
        rows += 1;
    }
    rows >= 2 && wanted >= 2
}
