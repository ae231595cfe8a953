//! A slice of the faults of networks; `cargo xtask torture --only G5` has all of them, secure connections included.

use tests::faults::{File, Network};

#[test]
fn a_slice_of_network_faults_leaves_the_old_state_or_the_new() {
    let network = Network::new();
    network.rehearse(false).unwrap();
    let cases = Network::faults(false).flat_map(|name| File::ALL.map(|file| (name, file)));
    // Seven and five have no common divisor: every file has its turn.
    let slice: Vec<_> = cases.step_by(7).collect();
    assert!(slice.len() >= 19, "{slice:?}");
    for (name, file) in slice {
        network.meet(name, file).unwrap();
    }
}
