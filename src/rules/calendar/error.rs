//! What is wrong with a calendar.

use crate::yaml::document_error;

document_error! {
    /// A calendar that cannot be used.
    CalendarError of "calendar"
}
