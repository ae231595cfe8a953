//! What tests share: fixtures of the store, disks that fail, and the real program in a real webview, driven by a display without a
//! screen, the webview's own W3C driver, and words for what a user does.
//!
//! Deliberately absent: any driver library; any code inside the product for the sake of tests, except the witness
//! that the shell adds to an automated page.
#![expect(
    clippy::missing_panics_doc,
    reason = "what fails here is a test, and a test fails by a panic"
)]

pub mod audit;
pub mod chance;
pub mod faults;
pub mod feed;
pub mod fixtures;
pub mod histories;
pub mod pdf;
pub mod picture;
pub mod process;
pub mod reader;
pub mod tables;
#[cfg(target_os = "linux")]
pub mod torture;
pub mod tour;
pub mod webdriver;
pub mod window;
