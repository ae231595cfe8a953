//! Torture: the data folder under kills, torn writes, failing disks and power cuts, at every single call.
//!
//! A shim below the C library (`tests/torture/shim.c`) counts the system calls that change the folder and makes the n-th
//! go wrong; [`scenario`] does one thing to a folder, with the real product; [`check`] says whether what is left
//! keeps the promises; [`gates`] goes through every n. [`power`] replays a log of the calls and builds what a disk may hold
//! after a power cut. The product knows nothing of all this: its ordinary build is what is tortured.
//!
//! Linux alone: elsewhere there is no way to get between a program and its system calls without changing it.

pub mod check;
pub mod corrupt;
pub mod feed;
pub mod gates;
pub mod images;
pub mod power;
pub mod scenario;
pub mod shim;

pub use scenario::old_user;
