use proptest::prelude::*;

use super::*;

/// Graphs of up to 200 cards in up to 9 columns.
fn graphs() -> impl Strategy<Value = (usize, Vec<Card>, Vec<Flow>)> {
    (1_usize..=9, 0_usize..=200).prop_flat_map(|(columns, cards)| {
        let card = (0..columns, 0..3_u8).prop_map(|(column, group)| (column, group));
        let flow = (prop::option::of(0..cards.max(1)), 0..cards.max(1), 0..1_000_u64, 1..8_i32);
        let cards = prop::collection::vec(card, cards).prop_map(|cards| {
            let card = |(id, (column, group))| Card { id, column, group };
            cards.into_iter().enumerate().map(card).collect::<Vec<_>>()
        });
        let flows = prop::collection::vec(flow, 0..300).prop_map(|flows| {
            let flow = |(from, to, weight, breadth)| Flow { from, to, weight, breadth };
            let mut flows: Vec<Flow> = flows.into_iter().map(flow).collect();
            flows.sort_by_key(|flow| (flow.from, flow.to));
            flows.dedup_by_key(|flow| (flow.from, flow.to));
            flows
        });
        (Just(columns), cards, flows)
    })
}

/// Whether a straight line runs through the inside of a card.
fn runs_through(a: (i32, i32), b: (i32, i32), card: &Placed) -> bool {
    let is_within =
        |one: i32, other: i32, low: i32, high: i32| one.min(other) < high && one.max(other) > low;
    is_within(a.0, b.0, card.left, card.left + CARD_WIDTH)
        && is_within(a.1, b.1, card.top, card.top + CARD_HEIGHT)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_card_overlaps_another((columns, cards, flows) in graphs()) {
        let layout = lay_out(columns, &cards, &flows);
        prop_assert_eq!(layout.cards.len(), cards.len());
        for (place, one) in layout.cards.iter().enumerate() {
            for other in &layout.cards[..place] {
                let is_beside = (one.left - other.left).abs() >= CARD_WIDTH;
                let is_above = (one.top - other.top).abs() >= CARD_HEIGHT;
                prop_assert!(is_beside || is_above, "{:?} overlaps {:?}", one, other);
            }
        }
    }

    #[test]
    fn no_flow_runs_through_a_card((columns, cards, flows) in graphs()) {
        let layout = lay_out(columns, &cards, &flows);
        for route in &layout.routes {
            for pair in route.points.windows(2) {
                prop_assert!(pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1, "a slanted line");
                for card in &layout.cards {
                    prop_assert!(!runs_through(pair[0], pair[1], card), "{:?} {:?}", route, card);
                }
            }
        }
    }

    #[test]
    fn every_flow_between_two_cards_is_drawn_within_the_frame((columns, cards, flows) in graphs()) {
        let layout = lay_out(columns, &cards, &flows);
        let wanted = flows.iter().filter(|flow| !cards.is_empty() && flow.from != Some(flow.to));
        prop_assert_eq!(layout.routes.len(), wanted.count());
        let inside = |(x, y): (i32, i32)| {
            (0..=layout.width).contains(&x) && (0..=layout.height).contains(&y)
        };
        for route in &layout.routes {
            prop_assert!(route.points.len() >= 2);
            prop_assert!(route.points.iter().all(|&point| inside(point)), "{:?}", route);
        }
        for card in &layout.cards {
            prop_assert!(inside((card.left, card.top)));
            prop_assert!(inside((card.left + CARD_WIDTH, card.top + CARD_HEIGHT)));
        }
    }

    #[test]
    fn the_order_of_input_changes_nothing(
        ((columns, cards, flows), seed) in (graphs(), any::<u64>()),
    ) {
        let (mut mixed_cards, mut mixed_flows) = (cards.clone(), flows.clone());
        let key = |place: usize| (place as u64 + 1).wrapping_mul(seed | 1).rotate_left(17);
        mixed_cards.sort_by_key(|card| key(card.id));
        mixed_flows.sort_by_key(|flow| key(flow.to * 1_000 + flow.from.unwrap_or(999)));
        prop_assert_eq!(
            lay_out(columns, &cards, &flows),
            lay_out(columns, &mixed_cards, &mixed_flows)
        );
    }
}

#[test]
fn the_main_path_runs_from_top_to_bottom() {
    let card = |id| Card { id, column: 0, group: 0 };
    let flow = |from, to, weight| Flow { from: Some(from), to, weight, breadth: 1 };
    let flows = [flow(2, 0, 90), flow(0, 1, 80), flow(1, 2, 20)];
    let layout = lay_out(1, &[card(0), card(1), card(2)], &flows);
    let rows: Vec<usize> = layout.cards.iter().map(|card| card.row).collect();
    assert_eq!(rows, [1, 2, 0]);
}
