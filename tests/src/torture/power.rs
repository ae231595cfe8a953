//! A disk that loses its power: from a log of calls to what may lie there afterwards.
//!
//! The model is a journaling file system that promises no more than POSIX: what a file's `fsync` returned for is there; what was
//! written since may be there or not, each write on its own and even each sector of it; names come back in
//! the order in which they were changed, up to the last `fsync` of their folder at least.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::chance::Chance;

/// Bytes that a disk writes whole.
const SECTOR: usize = 512;

/// One call of the log.
#[derive(Debug, Clone)]
pub struct Op {
    kind: Kind,
    /// From the folder; empty for the folder itself, `None` for a place outside.
    path: Option<String>,
    other: Option<String>,
    data: Vec<u8>,
    offset: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Write,
    Size,
    Create,
    Rename,
    Unlink,
    MakeFolder,
    RemoveFolder,
    Sync,
    Link,
    Ack,
    Other,
}

impl Op {
    /// The step that this mark acknowledges.
    pub fn acknowledges(&self) -> Option<u32> {
        (self.kind == Kind::Ack)
            .then(|| String::from_utf8_lossy(&self.data).trim().parse().ok())
            .flatten()
    }

    /// Whether the call can be torn.
    pub fn is_write(&self) -> bool {
        self.kind == Kind::Write && self.data.len() > 1
    }

    /// Whether it syncs a database or the log of one.
    fn syncs_database(&self) -> bool {
        let ends = [".db", ".db-wal", ".db-journal"];
        self.kind == Kind::Sync
            && self
                .path
                .as_deref()
                .is_some_and(|path| path.is_empty() || ends.iter().any(|end| path.ends_with(end)))
    }

    /// Whether it is the rename of a temporary file to this name.
    pub fn renames_to(&self, name: &str) -> bool {
        self.kind == Kind::Rename && self.other.as_deref() == Some(name)
    }

    /// What it does, in words.
    pub fn describe(&self) -> String {
        let path = self.path.as_deref().unwrap_or("outside");
        match &self.other {
            Some(other) => format!("{:?} {path} -> {other}", self.kind),
            None => format!(
                "{:?} {path} @{} {} bytes",
                self.kind,
                self.offset,
                self.data.len()
            ),
        }
    }
}

/// Reads a log of the shim.
pub fn read_log(bytes: &[u8], folder: &Path) -> Vec<Op> {
    let folder = folder.to_string_lossy().into_owned();
    let relative = |path: &[u8]| -> Option<String> {
        let path = String::from_utf8_lossy(path);
        let rest = path.strip_prefix(&folder)?;
        if rest.is_empty() {
            return Some(String::new());
        }
        rest.strip_prefix('/').map(str::to_owned)
    };
    let mut ops = Vec::new();
    let mut rest = bytes;
    let mut take = |count: usize| {
        let (taken, left) = rest.split_at_checked(count)?;
        rest = left;
        Some(taken)
    };
    while let Some(header) = take(24) {
        let number = |at: usize| {
            u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
        };
        let offset = u64::from(number(16)) | u64::from(number(20)) << 32;
        let mut part = |at: usize| take(number(at) as usize).unwrap_or_default();
        let (path, other, data) = (part(4), part(8), part(12));
        let kind = match number(0) {
            1 => Kind::Write,
            2 => Kind::Size,
            3 => Kind::Create,
            4 => Kind::Rename,
            5 => Kind::Unlink,
            6 => Kind::MakeFolder,
            7 => Kind::RemoveFolder,
            8 => Kind::Sync,
            9 => Kind::Link,
            10 => Kind::Ack,
            _ => Kind::Other,
        };
        ops.push(Op {
            kind,
            path: relative(path),
            other: (!other.is_empty()).then(|| relative(other)).flatten(),
            data: data.to_vec(),
            offset,
        });
    }
    ops
}

/// What of the unsynced is there after the power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Everything.
    None,
    /// Nothing.
    All,
    /// Some writes, whole.
    Some,
    /// Some sectors.
    Torn,
}

#[derive(Debug, Clone)]
enum Change {
    Write(u64, Vec<u8>),
    Size(u64),
}

#[derive(Debug, Clone, Default)]
struct Node {
    folder: bool,
    durable: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Naming {
    Put(String, usize),
    Rename(String, String),
    Remove(String),
}

type Names = BTreeMap<String, usize>;

/// A disk while the log is replayed.
#[derive(Debug, Clone)]
pub struct Disk {
    nodes: Vec<Node>,
    now: Names,
    durable: Names,
    pending: Vec<Naming>,
    /// Whether syncs of databases do nothing, as under `synchronous=OFF`.
    careless: bool,
}

impl Disk {
    /// A disk that holds a folder durably. A careless one ignores what databases ask to be synced.
    pub fn new(folder: &Path, careless: bool) -> Self {
        let mut disk = Self {
            nodes: Vec::new(),
            now: Names::new(),
            durable: Names::new(),
            pending: Vec::new(),
            careless,
        };
        if !folder.exists() {
            return disk;
        }
        let mut add = |name: String, node: Node| {
            disk.nodes.push(node);
            disk.now.insert(name, disk.nodes.len() - 1);
        };
        let folder_node = || Node {
            folder: true,
            ..Node::default()
        };
        add(String::new(), folder_node());
        for (name, path) in super::check::files(folder) {
            for (at, _) in name.match_indices('/') {
                add(name[..at].to_owned(), folder_node());
            }
            add(
                name,
                Node {
                    durable: fs::read(path).expect("a prepared file can be read"),
                    ..Node::default()
                },
            );
        }
        disk.durable = disk.now.clone();
        disk
    }

    /// Replays a call.
    pub fn apply(&mut self, op: &Op) {
        let Some(path) = op.path.clone() else {
            return;
        };
        match op.kind {
            Kind::Write => self.change(&path, Change::Write(op.offset, op.data.clone())),
            Kind::Size => self.change(&path, Change::Size(op.offset)),
            Kind::Create | Kind::MakeFolder => {
                self.nodes.push(Node {
                    folder: op.kind == Kind::MakeFolder,
                    ..Node::default()
                });
                self.name(Naming::Put(path, self.nodes.len() - 1));
            }
            Kind::Rename => {
                if let Some(other) = op.other.clone() {
                    self.name(Naming::Rename(path, other));
                }
            }
            Kind::Link => {
                if let (Some(other), Some(&node)) = (op.other.clone(), self.now.get(&path)) {
                    self.name(Naming::Put(other, node));
                }
            }
            Kind::Unlink | Kind::RemoveFolder => self.name(Naming::Remove(path)),
            Kind::Sync if self.careless && op.syncs_database() => {}
            Kind::Sync => self.sync(&path),
            Kind::Ack | Kind::Other => {}
        }
    }

    fn change(&mut self, path: &str, change: Change) {
        if let Some(&node) = self.now.get(path) {
            self.nodes[node].pending.push(change);
        }
    }

    fn name(&mut self, naming: Naming) {
        rename(&mut self.now, &naming);
        self.pending.push(naming);
    }

    fn sync(&mut self, path: &str) {
        let Some(&node) = self.now.get(path) else {
            return;
        };
        if self.nodes[node].folder {
            let last = self.pending.iter().rposition(|naming| {
                let (Naming::Put(name, _) | Naming::Rename(_, name) | Naming::Remove(name)) =
                    naming;
                name.rsplit_once('/').map_or("", |(parent, _)| parent) == path
            });
            if let Some(last) = last {
                for naming in self.pending.drain(..=last) {
                    rename(&mut self.durable, &naming);
                }
            }
        } else {
            let node = &mut self.nodes[node];
            for change in std::mem::take(&mut node.pending) {
                write(&mut node.durable, &change);
            }
        }
    }

    /// Writes what may lie on the disk now into an empty place.
    ///
    /// # Errors
    /// When the place cannot be written.
    pub fn write(&self, folder: &Path, loss: Loss, chance: &mut Chance) -> std::io::Result<()> {
        let mut names = self.durable.clone();
        let kept = match loss {
            Loss::None => self.pending.len(),
            Loss::All => 0,
            _ => chance.below(self.pending.len() + 1),
        };
        for naming in &self.pending[..kept] {
            rename(&mut names, naming);
        }
        for (name, &node) in &names {
            let node = &self.nodes[node];
            let path = folder.join(name);
            if node.folder {
                fs::create_dir_all(path)?;
                continue;
            }
            let mut content = node.durable.clone();
            for change in &node.pending {
                match (loss, change) {
                    (Loss::All, _) => {}
                    (Loss::None, _) => write(&mut content, change),
                    (Loss::Torn, Change::Write(offset, data)) => {
                        for (number, sector) in data.chunks(SECTOR).enumerate() {
                            if chance.coin() {
                                let at = offset + (number * SECTOR) as u64;
                                write(&mut content, &Change::Write(at, sector.to_vec()));
                            }
                        }
                    }
                    _ => {
                        if chance.coin() {
                            write(&mut content, change);
                        }
                    }
                }
            }
            if path.parent().is_some_and(Path::exists) {
                fs::write(path, content)?;
            }
        }
        Ok(())
    }
}

fn rename(names: &mut Names, naming: &Naming) {
    match naming {
        Naming::Put(name, node) => {
            names.insert(name.clone(), *node);
        }
        Naming::Remove(name) => {
            names.remove(name);
        }
        Naming::Rename(from, to) => {
            let below = format!("{from}/");
            let moved: Vec<String> = names
                .keys()
                .filter(|name| *name == from || name.starts_with(&below))
                .cloned()
                .collect();
            for name in moved {
                if let Some(node) = names.remove(&name) {
                    names.insert(format!("{to}{}", &name[from.len()..]), node);
                }
            }
        }
    }
}

fn write(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Size(size) => content.resize(*size as usize, 0),
        Change::Write(offset, data) => {
            let (from, to) = (*offset as usize, *offset as usize + data.len());
            if content.len() < to {
                content.resize(to, 0);
            }
            content[from..to].copy_from_slice(data);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn op(kind: Kind, path: &str, data: &[u8]) -> Op {
        Op {
            kind,
            path: Some(path.to_owned()),
            other: None,
            data: data.to_vec(),
            offset: 0,
        }
    }

    fn image(ops: &[Op], careless: bool) -> Option<Vec<u8>> {
        let place = tempfile::tempdir().unwrap();
        let mut disk = Disk::new(place.path(), careless);
        for op in ops {
            disk.apply(op);
        }
        let image = place.path().join("image");
        disk.write(&image, Loss::All, &mut Chance::new(1)).unwrap();
        fs::read(image.join("a.db")).ok()
    }

    #[test]
    fn after_a_power_cut_there_is_what_was_synced_under_the_name_that_was_synced() {
        let create = op(Kind::Create, "a.db", b"");
        let write = op(Kind::Write, "a.db", b"text");
        let file = op(Kind::Sync, "a.db", b"");
        let folder = op(Kind::Sync, "", b"");
        let ops = [create, write, file, folder];
        assert_eq!(image(&ops, false).as_deref(), Some(&b"text"[..]));
        assert_eq!(image(&ops[..3], false), None, "the name was not synced");
        let unsynced = [ops[0].clone(), ops[1].clone(), ops[3].clone()];
        assert_eq!(image(&unsynced, false).as_deref(), Some(&b""[..]));
        assert_eq!(image(&ops, true), None, "a careless disk keeps nothing");
    }
}
