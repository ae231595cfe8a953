//! Fonts for documents: those that the user put in place, then well-known ones of the system, by their file names.
//!
//! Every character is drawn by the first font that has it; one that no font has is an error that names it, never a box.
//! Fonts whose licence bits (`fsType` of the table OS/2) forbid to embed or to subset them are never used.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::{FileRef, TableProvider as _};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider as _};

use super::super::error::ExportError;

/// Where systems keep fonts.
const FOLDERS: &[&str] = &[
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:\\Windows\\Fonts",
];
/// Fonts with Chinese, the best first: sans serif, of one weight, free to embed.
const CHINESE: &[&str] = &[
    "notosanscjk-regular.ttc",
    "notosanscjksc-regular.otf",
    "notosanssc-regular.otf",
    "notosanssc-regular.ttf",
    "notosanssc[wght].ttf",
    "sourcehansanssc-regular.otf",
    "sourcehansanscn-regular.otf",
    "sourcehansans.ttc",
    "sourcehansans-regular.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "notoserifcjk-regular.ttc",
    "sourcehanserifsc-regular.otf",
    "sourcehanserif.ttc",
    "droidsansfallbackfull.ttf",
    "droidsansfallback.ttf",
    "msyh.ttc",
    "deng.ttf",
    "simhei.ttf",
    "simsun.ttc",
    "hiragino sans gb.ttc",
    "stheiti light.ttc",
    "uming.ttc",
    "ukai.ttc",
];
/// Fonts for signs that Chinese ones lack.
const SIGNS: &[&str] = &[
    "dejavusans.ttf",
    "notosans-regular.ttf",
    "notosanssymbols2-regular.ttf",
    "notosanssymbols-regular.ttf",
    "notosansmath-regular.ttf",
    "segoeui.ttf",
    "seguisym.ttf",
    "arial.ttf",
    "liberationsans-regular.ttf",
];
/// Folders below a font folder that are looked into, and files looked at.
const DEPTH: usize = 6;
const FILES: usize = 50_000;
/// Largest font read.
const FONT_MAX: u64 = 128 << 20;
/// A character that every font with Chinese has.
const PROBE: char = '的';
/// Licence bits (fsType) that forbid what a document does with a font.
const RESTRICTED: u16 = 0x0002;
const NO_SUBSET: u16 = 0x0100;
const BITMAP_ONLY: u16 = 0x0200;

/// One face of a font.
struct Face {
    data: Arc<Vec<u8>>,
    index: u32,
    font: Font,
}

/// A character as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// The face, by its place.
    pub(super) face: usize,
    /// Its number there.
    pub(super) id: u32,
    /// How far the next one stands, in parts of the size.
    pub(super) advance: f32,
}

/// The fonts of a document.
pub struct Fonts {
    faces: Vec<Face>,
    /// Files looked into once a character is missing in all before.
    waiting: Vec<PathBuf>,
    known: HashMap<char, Option<Glyph>>,
}

impl Fonts {
    /// Fonts for a document in Chinese: `chosen` files, or folders with fonts, come before those of the system.
    ///
    /// # Errors
    /// [`ExportError::NoFont`] when none has Chinese characters, [`ExportError::Font`] when a chosen file is none or
    /// forbids to be embedded.
    pub fn find(chosen: &[PathBuf]) -> Result<Self, ExportError> {
        let folders: Vec<&Path> = FOLDERS.iter().map(Path::new).collect();
        Self::find_in(chosen, &folders)
    }

    /// Like [`Self::find`], on a system that keeps its fonts in these folders.
    ///
    /// # Errors
    /// Those of [`Self::find`].
    pub fn find_in(chosen: &[PathBuf], folders: &[&Path]) -> Result<Self, ExportError> {
        let mut fonts = Self::of(chosen)?;
        let mut there = Vec::new();
        for folder in folders {
            files(folder, DEPTH, &mut there);
        }
        there.sort();
        let named = |name: &&str| there.iter().find(|path| is_named(path, name)).cloned();
        let chinese: Vec<PathBuf> = CHINESE.iter().filter_map(named).collect();
        let signs = SIGNS.iter().filter_map(named);
        fonts.waiting = chinese.iter().cloned().chain(signs).collect();
        if fonts.glyph(PROBE).is_none() {
            // No font of a known name: whatever there is.
            fonts.known.clear();
            fonts.waiting = there;
            if fonts.glyph(PROBE).is_none() {
                return Err(ExportError::NoFont);
            }
        }
        Ok(fonts)
    }

    /// These fonts and no others: files, or folders with fonts.
    ///
    /// # Errors
    /// [`ExportError::Font`] when a file is no font or forbids to be embedded.
    pub fn of(chosen: &[PathBuf]) -> Result<Self, ExportError> {
        let mut fonts = Self {
            faces: Vec::new(),
            waiting: Vec::new(),
            known: HashMap::new(),
        };
        for path in chosen {
            if path.is_dir() {
                let mut there = Vec::new();
                files(path, DEPTH, &mut there);
                there.sort();
                for path in there {
                    // What lies in a folder beside fonts is no reason to refuse.
                    fonts.faces.extend(face(&path).ok());
                }
            } else {
                fonts.faces.push(face(path)?);
            }
        }
        Ok(fonts)
    }

    /// The glyph of a character; none when no font has it.
    pub(super) fn glyph(&mut self, c: char) -> Option<Glyph> {
        if let Some(known) = self.known.get(&c) {
            return *known;
        }
        let mut glyph = None;
        if !needs_shaping(c) {
            let mut at = 0;
            loop {
                if at == self.faces.len() {
                    if self.waiting.is_empty() {
                        break;
                    }
                    self.faces.extend(face(&self.waiting.remove(0)).ok());
                    continue;
                }
                glyph = self.faces[at].glyph(at, c);
                if glyph.is_some() {
                    break;
                }
                at += 1;
            }
        }
        self.known.insert(c, glyph);
        glyph
    }

    /// The font of a glyph.
    pub(super) fn font(&self, glyph: Glyph) -> Font {
        self.faces[glyph.face].font.clone()
    }
}

impl Face {
    fn glyph(&self, face: usize, c: char) -> Option<Glyph> {
        let font = FontRef::from_index(&self.data, self.index).ok()?;
        let id = font.charmap().map(c).filter(|id| id.to_u32() != 0)?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = metrics.advance_width(id)?;
        Some(Glyph {
            face,
            id: id.to_u32(),
            advance: advance / self.font.units_per_em(),
        })
    }
}

/// Reads the face of a font file that is for simplified Chinese, or its first.
fn face(path: &Path) -> Result<Face, ExportError> {
    let refused = |reason| ExportError::Font {
        path: path.to_owned(),
        reason,
    };
    let unreadable = || refused("unreadable");
    let size = path.metadata().map_err(|_| unreadable())?.len();
    if size > FONT_MAX {
        return Err(unreadable());
    }
    let data = Arc::new(std::fs::read(path).map_err(|_| unreadable())?);
    let faces = match FileRef::new(&data).map_err(|_| unreadable())? {
        FileRef::Font(_) => 1,
        FileRef::Collection(collection) => collection.len(),
    };
    let simplified = |index: &u32| {
        FontRef::from_index(&data, *index).is_ok_and(|font| {
            font.localized_strings(StringId::FAMILY_NAME)
                .any(|name| name.to_string().ends_with(" SC"))
        })
    };
    let index = (0..faces).find(simplified).unwrap_or(0);
    let font = FontRef::from_index(&data, index).map_err(|_| unreadable())?;
    // Without the table nobody forbids anything.
    let licence = font.os2().map_or(0, |os2| os2.fs_type());
    if licence & 0x000f == RESTRICTED || licence & (NO_SUBSET | BITMAP_ONLY) != 0 {
        return Err(refused("embedding"));
    }
    let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = data.clone();
    let font = Font::new(shared.into(), index).ok_or_else(unreadable)?;
    Ok(Face { data, index, font })
}

fn is_named(path: &Path, name: &str) -> bool {
    path.file_name()
        .and_then(|file| file.to_str())
        .is_some_and(|file| file.eq_ignore_ascii_case(name))
}

/// The font files of a folder and those below it.
fn files(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if found.len() >= FILES {
            return;
        }
        if path.is_dir() {
            if depth > 0 {
                files(&path, depth - 1, found);
            }
            continue;
        }
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|it| {
            ["ttf", "otf", "ttc", "otc"]
                .iter()
                .any(|known| it.eq_ignore_ascii_case(known))
        }) {
            found.push(path);
        }
    }
}

/// Scripts whose letters join, turn round or stack: drawn letter by letter, they would be wrong without anybody being
/// told.
fn needs_shaping(c: char) -> bool {
    matches!(u32::from(c),
        0x0590..=0x08ff   // Hebrew, Arabic, Syriac, Thaana, N'Ko
        | 0x0900..=0x0dff // the scripts of India
        | 0x0e80..=0x109f // Lao, Tibetan, Myanmar
        | 0x1780..=0x18af // Khmer, Mongolian
        | 0xfb1d..=0xfdff | 0xfe70..=0xfefe
        | 0x10800..=0x10fff)
}
