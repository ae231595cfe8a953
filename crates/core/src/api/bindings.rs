//! Prints the TypeScript side of the boundary. A test compares it with `ui/src/api/bindings.ts`.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use super::commands::{Mutations, Queries};
use super::types::{
    ApiError, ExportProgress, Exported, ExportedSubmission, ImportRequest, ImportTableRequest,
    OpenTableRequest, Progress, ReceiptView, ReceivedNeed, SyncOutcome, SyncProgress, SyncReport,
    SyncRequest, TableCheck, TableFile, TableImported, TablePlan, TableProgress,
};

/// Type declarations by name, then the interfaces.
#[derive(Default)]
pub struct Bindings {
    types: BTreeMap<String, String>,
    interfaces: Vec<String>,
}

struct Visitor<'a>(&'a mut Bindings, &'a Config);

impl TypeVisitor for Visitor<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only declared types have a path; primitives and containers are printed in place.
        if T::output_path().is_none() || self.0.types.contains_key(&T::ident(self.1)) {
            T::visit_generics(self);
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.0.types.insert(
            T::ident(self.1),
            format!("{docs}export {}", T::decl(self.1)),
        );
        T::visit_dependencies(&mut Visitor(self.0, self.1));
        T::visit_generics(&mut Visitor(self.0, self.1));
    }
}

impl Bindings {
    /// Adds a type and everything that it refers to.
    pub fn add<T: TS + 'static + ?Sized>(&mut self, cfg: &Config) {
        Visitor(self, cfg).visit::<T>();
    }

    /// Adds an interface made of finished lines.
    pub fn interface(&mut self, name: &str, lines: &[String]) {
        self.interfaces.push(format!(
            "export interface {name} {{\n{}\n}}",
            lines.join("\n")
        ));
    }
}

/// The whole text of `ui/src/api/bindings.ts`.
pub fn typescript() -> String {
    let cfg = Config::new();
    let mut bindings = Bindings::default();
    bindings.add::<ApiError>(&cfg);
    bindings.add::<Progress>(&cfg);
    // The streaming jobs are no commands of the table; their words are declared all the same.
    bindings.add::<SyncRequest>(&cfg);
    bindings.add::<SyncProgress>(&cfg);
    bindings.add::<SyncReport>(&cfg);
    bindings.add::<ImportRequest>(&cfg);
    bindings.add::<SyncOutcome>(&cfg);
    bindings.add::<ReceivedNeed>(&cfg);
    bindings.add::<OpenTableRequest>(&cfg);
    bindings.add::<TableFile>(&cfg);
    bindings.add::<TablePlan>(&cfg);
    bindings.add::<TableCheck>(&cfg);
    bindings.add::<ImportTableRequest>(&cfg);
    bindings.add::<TableImported>(&cfg);
    bindings.add::<TableProgress>(&cfg);
    bindings.add::<ExportProgress>(&cfg);
    bindings.add::<Exported>(&cfg);
    bindings.add::<ExportedSubmission>(&cfg);
    bindings.add::<ReceiptView>(&cfg);
    Queries::typescript(&mut bindings, &cfg);
    Mutations::typescript(&mut bindings, &cfg);
    let mut text = String::from(
        "// Generated from crates/core/src/api by `cargo xtask bindings`. Do not edit.\n\n",
    );
    for declaration in bindings.types.values().chain(&bindings.interfaces) {
        text.push_str(declaration.trim_end());
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
