//! Adjusted p-values: the worked example of Benjamini & Hochberg (1995), and statsmodels 0.15.0.

use touchpoint::stats::multiplicity::{benjamini_hochberg, benjamini_yekutieli};

use crate::shared::{all_near, numbers, oracle};

#[test]
fn four_of_the_fifteen_of_benjamini_and_hochberg_are_rejected() {
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262,
        0.5719, 0.6528, 0.759, 1.0,
    ];
    let q = benjamini_hochberg(&p);
    all_near(&q[..5], &[0.0015, 0.003, 0.0095, 0.035_625, 0.0603], 1e-12);
    assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4);
    assert_eq!(benjamini_yekutieli(&p).iter().filter(|q| **q <= 0.05).count(), 3);
}

#[test]
fn adjusted_p_values_are_those_of_statsmodels() {
    let Some(file) = oracle("01_proportions/bh.json") else {
        return;
    };
    let p = numbers(&file, "p");
    all_near(&benjamini_hochberg(&p), &numbers(&file["fdr_bh"], "adjusted"), 1e-12);
    all_near(&benjamini_yekutieli(&p), &numbers(&file["fdr_by"], "adjusted"), 1e-12);
    let ties = &file["ties_unsorted"];
    all_near(&benjamini_hochberg(&numbers(ties, "p")), &numbers(ties, "fdr_bh"), 1e-12);
}
