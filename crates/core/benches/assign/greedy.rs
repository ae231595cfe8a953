//! The best pair first, as long as the need wants one and the provider has room.

use super::Portfolio;

/// The edges that are taken.
pub fn assign(portfolio: &Portfolio) -> Vec<usize> {
    let mut order: Vec<usize> = (0..portfolio.edges.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&portfolio.edges[*a], &portfolio.edges[*b]);
        b.score
            .total_cmp(&a.score)
            .then((a.need, a.provider).cmp(&(b.need, b.provider)))
    });
    let mut wants: Vec<u32> = portfolio.needs.iter().map(|need| need.demand).collect();
    let mut room: Vec<u32> = portfolio
        .providers
        .iter()
        .map(|provider| provider.capacity)
        .collect();
    order.retain(|number| {
        let edge = &portfolio.edges[*number];
        let possible = wants[edge.need] > 0 && room[edge.provider] >= edge.load;
        if possible {
            wants[edge.need] -= 1;
            room[edge.provider] -= edge.load;
        }
        possible
    });
    order
}
