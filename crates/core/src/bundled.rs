//! The catalog that the product carries, trusted because it is compiled in.

use std::borrow::Cow;

use crate::feed::Manifest;
use crate::feed::manifest::ManifestError;

/// A generation with its packs, at hand without network.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// The manifest's bytes.
    pub manifest: Cow<'static, [u8]>,
    /// The packs in the manifest's order.
    pub packs: Vec<Cow<'static, [u8]>>,
}

impl Bundle {
    /// The catalog compiled into this version.
    pub fn compiled_in() -> Self {
        Self {
            manifest: Cow::Borrowed(include_bytes!("../../../assets/catalog/bundled.json")),
            packs: vec![Cow::Borrowed(include_bytes!(
                "../../../assets/catalog/bundled.pack"
            ))],
        }
    }

    /// Reads the manifest.
    ///
    /// # Errors
    /// Those of [`Manifest::parse`].
    pub fn manifest(&self) -> Result<Manifest, ManifestError> {
        Manifest::parse(&self.manifest)
    }
}
