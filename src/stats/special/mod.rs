//! Special functions: a point and the shape of a distribution in, a probability or a quantile out.
//!
//! Every function answers `None` outside of its domain and where the answer is not finite (the quantile of a normal
//! distribution at 0), so that no NaN and no infinity travels on. The relative error is about 1e-13, 1e-10 for shapes
//! beyond a million, in the smaller tail as well as in the larger; ask for the tail you mean (`sf`, `isf`) instead of
//! subtracting from 1. Every loop is bounded.
//!
//! The log-gamma and digamma functions and the normal quantile are those of `statrs`. The incomplete gamma and beta
//! functions and their inverses are our own, since those of statrs 0.19.1 do not return, or return wrong digits, at
//! arguments that a log of ten million rows reaches.
//!
//! ```
//! use touchpoint::stats::special::{normal_quantile, normal_sf};
//!
//! let z = normal_quantile(0.975).expect("a probability inside 0..1 has a quantile");
//! assert!((z - 1.959_963_985).abs() < 1e-9);
//! assert!((normal_sf(z).expect("a number") - 0.025).abs() < 1e-12);
//! ```

mod beta;
mod counts;
mod deviance;
mod fraction;
mod gamma;
mod gamma_function;
mod newton;
mod normal;
mod student;
mod tail;

pub use beta::{beta_cdf, beta_quantile, beta_sf};
pub use counts::{
    binomial_pmf, binomial_sf, negative_binomial_pmf, negative_binomial_sf, poisson_pmf, poisson_sf,
};
pub(super) use deviance::log1p_less_itself;
pub use gamma::{chi_squared_isf, chi_squared_sf};
pub use gamma::{gamma_cdf, gamma_isf, gamma_quantile, gamma_sf};
#[cfg(test)]
pub(super) use gamma_function::ln_gamma_rise;
pub use gamma_function::{digamma, ln_gamma, trigamma};
pub(super) use gamma_function::{digamma_rise, digamma_rise_less_log};
pub use normal::{normal_cdf, normal_isf, normal_quantile, normal_sf};
pub use student::{student_cdf, student_quantile, student_sf};

/// The number, if it is one that may be shown.
fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// The number, if it may be the shape of a distribution.
fn shape(number: f64) -> Option<f64> {
    (number > 0.0 && number < f64::MAX / 4.0).then_some(number)
}

/// The number, if it is a probability.
fn probability(number: f64) -> Option<f64> {
    (0.0..=1.0).contains(&number).then_some(number)
}
