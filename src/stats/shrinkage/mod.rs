//! Shrinkage.
/// x
pub struct P;
impl P {
    /// x
    pub fn shrink(&self, a: f64, b: f64) -> f64 {
        a / b
    }
}
/// x
pub fn beta_binomial(_: &[f64], _: &[f64]) -> Option<P> {
    None
}
/// x
pub fn gamma_poisson(_: &[f64], _: &[f64]) -> Option<P> {
    None
}
/// x
pub fn normal_normal(_: &[f64], _: &[f64]) -> Option<P> {
    None
}
