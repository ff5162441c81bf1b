//! The absorbing chain's equations alone, by number of states.
//!
//! With `TOUCHPOINT_CHAIN_DUMP=folder` the chains are written there: `chain-N` holds a line `from to probability` for
//! each share, `chain-N.conv` a state's probability of the goal in one step.

use std::fmt::Write as _;
use std::path::Path;

use criterion::BatchSize::LargeInput;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use touchpoint::chain::{AbsorbingMatrix, Solution};

/// States of the chains of which one absorption is solved.
const LARGE: [u32; 3] = [1_000, 10_000, 100_000];
/// States of the chains whose diagonal is formed.
const SMALL: [u32; 4] = [40, 200, 1_000, 2_000];
/// Where states go on to.
const ONWARD: usize = 8;

fn chain(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("chain");
    group.sample_size(20);
    for states in LARGE {
        let (rows, exits) = random_graph(states);
        dump(&rows, &exits);
        let matrix = AbsorbingMatrix::new(rows, exits).expect("a sound chain");
        group.bench_function(BenchmarkId::new("first absorption", states), |bencher| {
            bencher.iter_batched(|| matrix.clone(), |matrix| matrix.absorption(0), LargeInput);
        });
        assert!(matrix.absorption(0).is_settled());
        group.throughput(Throughput::Elements(states.into()));
        group.bench_function(BenchmarkId::new("absorption", states), |bencher| {
            bencher.iter(|| matrix.absorption(0));
        });
    }
    for states in SMALL {
        let (rows, exits) = random_graph(states);
        dump(&rows, &exits);
        let matrix = AbsorbingMatrix::new(rows, exits).expect("a sound chain");
        group.throughput(Throughput::Elements(states.into()));
        group.bench_function(BenchmarkId::new("removal", states), |bencher| {
            bencher.iter_batched(|| matrix.clone(), |matrix| removal(&matrix), LargeInput);
        });
    }
    group.finish();
}

/// All that removal effects are made of: visits to each state from itself and from the start, and absorption.
fn removal(matrix: &AbsorbingMatrix) -> [Option<Solution>; 3] {
    let mut start = vec![0.0; matrix.states()];
    start[0] = 1.0;
    [matrix.own_visits(), Some(matrix.visits_from(&start)), Some(matrix.absorption(0))]
}

type Rows = Vec<Vec<(u32, f64)>>;

/// Every state goes on to eight others, hubs first among them, and leaks 5 to 20 % a step, in part to the goal.
fn random_graph(states: u32) -> (Rows, Vec<Vec<f64>>) {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    (0..states)
        .map(|_| {
            let leak = 0.05 + 0.15 * unit(&mut random);
            let goal = leak * unit(&mut random);
            let onward = (0..ONWARD).map(|_| (hub(&mut random, states), unit(&mut random)));
            let mut row: Vec<(u32, f64)> = onward.collect();
            let total: f64 = row.iter().map(|(_, weight)| weight).sum();
            for (_, weight) in &mut row {
                *weight *= (1.0 - leak) / total;
            }
            (row, vec![goal, leak - goal])
        })
        .unzip()
}

fn unit(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A state drawn below a state that was drawn: the first ones are drawn most.
fn hub(random: &mut ChaCha8Rng, states: u32) -> u32 {
    let mut below = |bound: u32| ((random.next_u64() >> 32) * u64::from(bound)) >> 32;
    let bound = below(states) as u32 + 1;
    below(bound) as u32
}

fn dump(rows: &Rows, exits: &[Vec<f64>]) {
    let Ok(folder) = std::env::var("TOUCHPOINT_CHAIN_DUMP") else { return };
    let (mut shares, mut goals) = (String::new(), String::new());
    for (from, (row, exits)) in rows.iter().zip(exits).enumerate() {
        for (to, share) in row {
            let _ = writeln!(shares, "{from} {to} {share:e}");
        }
        let _ = writeln!(goals, "{:e}", exits[0]);
    }
    let file = Path::new(&folder).join(format!("chain-{}", rows.len()));
    std::fs::write(file.with_extension("conv"), goals).expect("the folder can be written to");
    std::fs::write(file, shares).expect("the folder can be written to");
}

criterion_group!(benches, chain);
criterion_main!(benches);
