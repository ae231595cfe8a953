//! `conformance`: our client of The Update Framework as the public conformance suite wants to start it.
//!
//! It is the product's own: `feed::trust` over `feed::fetch` and the floors in `trust.db`. What is added is what the suite's
//! contract asks for: three commands, copies of the verified files where the suite looks for them, and targets by any name. The clock is
//! the system's, because the suite sets it.
//!
//! ```text
//! conformance --metadata-dir DIR init ROOT
//! conformance --metadata-dir DIR --metadata-url URL refresh
//! conformance --metadata-dir DIR --metadata-url URL --target-name NAME --target-base-url URL --target-dir DIR download
//! ```
#![expect(clippy::print_stderr, reason = "the suite shows what a client says")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use atlas_core::feed::fetch::Http;
use atlas_core::feed::limits::Patience;
use atlas_core::feed::source::{Answer, Source, Traffic};
use atlas_core::feed::stage::Part;
use atlas_core::feed::{Digest, trust};
use atlas_core::store::Folder;
use atlas_core::store::trust::{Source as Added, Trust};
use atlas_core::sync::TrustVault;
use jiff::Timestamp;

type Failure = Box<dyn Error + Send + Sync>;

/// The feed id under which the suite's repository is kept.
const FEED: &str = "conformance";

fn main() -> ExitCode {
    match Arguments::read().and_then(|arguments| arguments.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("conformance: {failure}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Arguments {
    metadata_dir: PathBuf,
    metadata_url: String,
    target_names: Vec<String>,
    target_base_url: String,
    target_dir: PathBuf,
    command: Vec<String>,
}

impl Arguments {
    fn read() -> Result<Self, Failure> {
        let mut read = Self::default();
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            match word.as_str() {
                "--metadata-dir" => read.metadata_dir = value()?.into(),
                "--metadata-url" => read.metadata_url = value()?,
                "--target-name" => read.target_names.push(value()?),
                "--target-base-url" => read.target_base_url = value()?,
                "--target-dir" => read.target_dir = value()?.into(),
                _ => read.command.push(word),
            }
        }
        Ok(read)
    }

    fn run(&self) -> Result<(), Failure> {
        let folder = Folder::open(&self.metadata_dir.join("atlas"))?;
        let trust = Arc::new(Trust::open(&folder)?.0);
        let words: Vec<&str> = self.command.iter().map(String::as_str).collect();
        match *words.as_slice() {
            ["init", root] => self.init(&trust, Path::new(root)),
            ["refresh" | "download"] => {
                let done = self.refresh(&trust);
                // What was verified until something failed is kept, and the suite asks for it.
                self.copy_out(&folder)?;
                done
            }
            _ => Err("init ROOT, refresh or download".into()),
        }
    }

    fn init(&self, trust: &Trust, root: &Path) -> Result<(), Failure> {
        let root = fs::read(root)?;
        fs::write(self.metadata_dir.join("root.json"), &root)?;
        Ok(trust.put_source(&Added {
            feed: FEED.to_owned(),
            base: String::new(),
            mirrors: Vec::new(),
            local: true,
            root,
            added: String::new(),
        })?)
    }

    fn refresh(&self, trust: &Arc<Trust>) -> Result<(), Failure> {
        let added = trust.sources()?.pop().ok_or("init comes first")?;
        let vault = Arc::new(TrustVault::new(trust.clone(), FEED));
        let tree = Tree {
            metadata: server(&self.metadata_url)?,
            targets: match self.target_base_url.as_str() {
                "" => None,
                base => Some(server(base)?),
            },
        };
        let mut client = trust::client(Arc::new(tree), vault, &added.root)?;
        let now = Timestamp::now();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            client.refresh(now).await?;
            for name in &self.target_names {
                let bytes = client.get_target(name, now).await?;
                // The suite wants one file a target, under any name.
                let file = self
                    .target_dir
                    .join(Digest::of(name.as_bytes()).to_string());
                if fs::read(&file).ok().as_ref() != Some(&bytes) {
                    fs::write(file, bytes)?;
                }
            }
            Ok(())
        })
    }

    fn copy_out(&self, folder: &Folder) -> Result<(), Failure> {
        let connection = rusqlite::Connection::open(folder.file("trust.db"))?;
        let mut statement = connection
            .prepare("select name, bytes from metadata where feed = ? and name not like '%/%'")?;
        let files = statement.query_map([FEED], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        for file in files {
            let (name, bytes) = file?;
            fs::write(self.metadata_dir.join(name), bytes)?;
        }
        Ok(())
    }
}

/// The suite's two addresses as the one tree of a feed.
struct Tree {
    metadata: Http,
    targets: Option<Http>,
}

impl Source for Tree {
    fn get<'a>(&'a self, path: &'a str, max: u64) -> Answer<'a, Option<Vec<u8>>> {
        match (
            path.strip_prefix("tuf/"),
            path.strip_prefix("targets/"),
            &self.targets,
        ) {
            (Some(name), _, _) => self.metadata.get(name, max),
            (None, Some(name), Some(targets)) => targets.get(name, max),
            _ => Box::pin(async { Ok(None) }),
        }
    }

    fn pack<'a>(&'a self, path: &'a str, part: &'a mut Part) -> Answer<'a, ()> {
        self.metadata.pack(path, part)
    }

    fn traffic(&self) -> &Traffic {
        self.metadata.traffic()
    }
}

fn server(base: &str) -> Result<Http, Failure> {
    let base = format!("{}/", base.trim_end_matches('/')).parse()?;
    Ok(Http::new(base, true, Patience::default())?)
}
