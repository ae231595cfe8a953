//! The whole builder on the committed catalog.
