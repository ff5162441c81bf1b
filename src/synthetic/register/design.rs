//! What a scenario's complaint register is designed of.

/// The words of a register and how often it is used.
#[derive(Debug)]
pub(in crate::synthetic) struct RegisterDesign {
    /// The map's sections that read the register and say what complaints are counted against, as YAML.
    pub(in crate::synthetic) sections: &'static str,
    /// The business that all is about.
    pub(in crate::synthetic) business: &'static str,
    /// The reasons behind each category of the log's complaints, by weight.
    pub(in crate::synthetic) reasons: &'static [&'static [(&'static str, f64)]],
    /// The channel and class of the complaints that the log holds too.
    pub(in crate::synthetic) complaints: (&'static str, &'static str),
    /// The channel and the authority of those that an authority forwarded, and their share.
    pub(in crate::synthetic) forwarded: (&'static str, &'static str, f64),
    /// What is in the register alone.
    pub(in crate::synthetic) others: &'static [OtherDesign],
    /// The column and its value that tell a vulnerable customer.
    pub(in crate::synthetic) vulnerable: (&'static str, &'static str),
    /// The words for open and answered.
    pub(in crate::synthetic) status: [&'static str; 2],
}

/// Rows that are no complaints.
#[derive(Debug)]
pub(in crate::synthetic) struct OtherDesign {
    pub(in crate::synthetic) class: &'static str,
    pub(in crate::synthetic) channel: &'static str,
    /// The probability that a journey has one.
    pub(in crate::synthetic) share: f64,
    pub(in crate::synthetic) sender: Sender,
}

/// What the register knows of who sent it.
#[derive(Clone, Copy, Debug)]
pub(in crate::synthetic) enum Sender {
    /// The customer and the journey.
    Journey,
    /// The customer.
    Customer,
    /// Nothing.
    Nameless,
}
