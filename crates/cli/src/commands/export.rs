//! `atlas export`: lists, records, comparisons, matches, roadmaps, portfolios and needs as files of other programs.

use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

use atlas_core::api::types::{
    ApiError, ErrorCode, ExportPreview, ExportProgress, ExportRequest, ExportWhat, Favourite,
    MatchRequest, MatchTarget, NeedReading, NeedView, OfferRequest, PortfolioPlan, Preset,
    ReadNeedRequest, SearchRequest, Sort,
};
use atlas_core::api::{App, ExportTarget};
use atlas_core::exchange::export::Format;
use atlas_core::exchange::export::texts::Language as Tongue;
use atlas_core::model::{NeedForm, PrivateField, RecordRef};
use clap::{Subcommand, ValueEnum};
use serde_json::json;

use crate::args::{Args, Language};
use crate::output::{Failure, Output};
use crate::texts::{export as says, pick};

/// How and where to write.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own on the command line"
)]
#[derive(Debug, clap::Args)]
pub struct Export {
    /// What to export.
    #[command(subcommand)]
    what: What,
    /// The file to write; its ending says the format: .xlsx, .csv, .json, .pdf or .docx.
    #[arg(long, global = true, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Replace the file if it is there.
    #[arg(long, global = true)]
    force: bool,
    /// Leave out every private field: contacts, enterprises of needs, letters, notes.
    #[arg(long, global = true)]
    without_private: bool,
    /// Leave out one private field. Repeat for more.
    #[arg(long, global = true, value_name = "FIELD", value_parser = ["person", "phone", "email", "enterprise", "letter", "note"])]
    without: Vec<String>,
    /// Write phones in full; they are masked otherwise.
    #[arg(long, global = true)]
    full_phones: bool,
    /// CSV without a byte order mark.
    #[arg(long, global = true)]
    no_bom: bool,
    /// Font for PDF: a TTF, OTF or TTC file. Others are found in the data folder (fonts/) and on the system.
    #[arg(long, global = true, value_name = "FILE")]
    font: Option<PathBuf>,
}

/// What to export.
#[derive(Debug, Subcommand)]
enum What {
    /// Everything that a search finds, or what was kept under a name.
    List {
        /// A list of yours, by its name.
        #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "kind", "facet", "sort"])]
        list: Option<String>,
        /// The records with a tag of yours.
        #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "kind", "facet", "sort", "list"])]
        tag: Option<String>,
        /// What a saved search finds now, by its name.
        #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "kind", "facet", "sort", "list", "tag"])]
        saved: Option<String>,
        /// Words, "literals", field:value filters, -not.
        #[arg(default_value = "", allow_hyphen_values = true, value_parser = crate::args::query)]
        query: String,
        /// Only this kind of record. Repeat for more.
        #[arg(long, value_name = "K")]
        kind: Vec<String>,
        /// Only records with this facet value: --facet stage=production. Repeat for more.
        #[arg(long, value_name = "F=V", value_parser = crate::args::facet)]
        facet: Vec<(String, String)>,
        /// Order: relevance, updated, name, evidence.
        #[arg(long, default_value = "relevance", value_enum)]
        sort: Order,
    },
    /// These records; one alone is exported with all its facts.
    Records {
        /// References, as `search` prints them.
        #[arg(value_name = "REF", required = true)]
        refs: Vec<RecordRef>,
    },
    /// The favourites.
    Favourites,
    /// Two to four records side by side.
    Compare {
        /// References, as `search` prints them.
        #[arg(value_name = "REF", required = true, num_args = 2..=4)]
        refs: Vec<RecordRef>,
    },
    /// What fits a need, with reasons.
    Match(Needed),
    /// The needs that an offer serves.
    Offer {
        /// A provider or a solution.
        #[arg(value_name = "REF")]
        reference: RecordRef,
        /// Hits in each of the two lists.
        #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
        limit: u32,
    },
    /// Where an enterprise can start.
    Roadmap(Needed),
    /// Your needs given to providers of limited capacity, as the portfolio screen plans it.
    Portfolio,
    /// Your needs with the work on them: the board.
    Needs {
        /// References, as `work list` prints them; all when none is named.
        #[arg(value_name = "REF")]
        refs: Vec<RecordRef>,
    },
}

/// A need to match.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("needed").required(true))]
struct Needed {
    /// A need of yours or of the catalog, by its reference.
    #[arg(long, value_name = "REF", group = "needed")]
    need: Option<RecordRef>,
    /// A need as JSON; fields as in docs/matching.md.
    #[arg(long, value_name = "FILE", group = "needed")]
    file: Option<PathBuf>,
    /// A need as free text.
    #[arg(long, value_name = "TEXT", group = "needed")]
    text: Option<String>,
    /// With what the need is matched.
    #[arg(long, default_value = "solutions", value_enum)]
    target: Target,
    /// Hits in each of the two lists.
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    limit: u32,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Target {
    Solutions,
    Providers,
    Scenarios,
    Cases,
    Needs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    Relevance,
    Updated,
    Name,
    Evidence,
}

/// Writes the file and tells what it contains.
pub fn export(args: &Args, export: &Export, output: &mut Output) -> Result<ExitCode, Failure> {
    let language = output.language;
    let usage = |zh: &str, en: &str| Failure::Usage(pick(language, zh, en).to_owned());
    let to = export.to.as_ref().ok_or_else(|| {
        usage(
            "请用 --to 指定要写的文件，例如 --to 名单.xlsx。",
            "Say with --to which file to write, such as --to list.xlsx.",
        )
    })?;
    let path = absolute(to)?;
    let format = Format::of(&path).ok_or_else(|| {
        usage(
            "文件名须以 .xlsx、.csv、.json、.pdf 或 .docx 结尾。",
            "The file name has to end with .xlsx, .csv, .json, .pdf or .docx.",
        )
    })?;
    let (app, _) = super::open(args, output)?;
    let without = PrivateField::ALL.into_iter().filter(|field| {
        export.without_private || export.without.iter().any(|name| name == field.as_str())
    });
    let request = ExportRequest {
        what: what(&app, &export.what, output)?,
        format,
        language: match language {
            Language::Zh => Tongue::Zh,
            Language::En => Tongue::En,
        },
        without: without.collect(),
        phones: export.full_phones,
        plain: export.no_bom,
    };
    if nothing(&app, &request)? {
        output.tell(pick(
            language,
            "没有可导出的内容。",
            "There is nothing to export.",
        ));
        return Ok(ExitCode::from(1));
    }
    let target = ExportTarget {
        path: &path,
        replace: export.force,
        font: export.font.clone(),
    };
    let written = app.export(&request, &target, &mut |progress| {
        tell(language, progress);
        ControlFlow::Continue(())
    });
    let written = written.map_err(|error| explained(error, output))?;
    if output.json {
        output.value(&written)?;
    } else {
        output.line(&says::written(language, &written))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A list without rows is no file: a search may well find nothing.
fn nothing(app: &App, request: &ExportRequest) -> Result<bool, Failure> {
    let ExportWhat::Search { request: search } = &request.what else {
        return Ok(match &request.what {
            ExportWhat::Records { refs, .. } => refs.is_empty(),
            ExportWhat::Needs { .. } => {
                let arguments = serde_json::to_value(request).unwrap_or_default();
                super::query::<ExportPreview>(app, "preview_export", arguments)?.rows == 0
            }
            _ => false,
        });
    };
    let arguments = serde_json::to_value(search).unwrap_or_default();
    let page: atlas_core::api::types::SearchPage = super::query(app, "search_records", arguments)?;
    Ok(page.total == 0)
}

fn tell(language: Language, progress: ExportProgress) {
    if !std::io::stderr().is_terminal() || progress.total == 0 {
        return;
    }
    let name = pick(language, "导出", "Exporting");
    let ExportProgress { done, total } = progress;
    if done.is_multiple_of(200) {
        let _ = write!(std::io::stderr(), "\r\x1b[K{name} {done}/{total}");
    }
    if done + 1 >= total {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}

fn what(app: &App, what: &What, output: &mut Output) -> Result<ExportWhat, Failure> {
    Ok(match what {
        What::List {
            list: Some(name), ..
        } => super::kept::list(app, name, output.language)?,
        What::List {
            tag: Some(name), ..
        } => super::kept::tag(app, name, output.language)?,
        What::List {
            saved: Some(name), ..
        } => super::kept::saved(app, name, output.language)?,
        What::List {
            query,
            kind,
            facet,
            sort,
            ..
        } => {
            let language = output.language;
            let typed = super::filters::typed(facet, kind, &[], language)?;
            let request = SearchRequest {
                text: query.clone(),
                filters: typed.filters(app, language)?,
                sort: match sort {
                    Order::Relevance => Sort::Relevance,
                    Order::Updated => Sort::Updated,
                    Order::Name => Sort::Name,
                    Order::Evidence => Sort::Evidence,
                },
                ..SearchRequest::default()
            };
            ExportWhat::Search { request }
        }
        What::Records { refs } => ExportWhat::Records {
            refs: refs.clone(),
            name: String::new(),
        },
        What::Favourites => {
            let favourites: Vec<Favourite> = super::query(app, "list_favourites", json!({}))?;
            ExportWhat::Records {
                refs: favourites
                    .into_iter()
                    .map(|one| one.row.reference)
                    .collect(),
                name: pick(output.language, "收藏", "Favourites").to_owned(),
            }
        }
        What::Compare { refs } => ExportWhat::Comparison { refs: refs.clone() },
        What::Match(needed) => ExportWhat::Match {
            request: Box::new(matched(app, needed, output.language)?),
            reference: needed.need.clone(),
        },
        What::Roadmap(needed) => ExportWhat::Roadmap {
            request: Box::new(matched(app, needed, output.language)?),
            reference: needed.need.clone(),
        },
        What::Offer { reference, limit } => ExportWhat::Offer {
            request: OfferRequest {
                reference: reference.clone(),
                limit: *limit,
                preset: Preset::default(),
                weights: std::collections::BTreeMap::new(),
                assume: Vec::new(),
            },
        },
        What::Portfolio => ExportWhat::Portfolio {
            plan: super::query::<PortfolioPlan>(app, "get_portfolio_plan", json!({}))?,
        },
        What::Needs { refs } => ExportWhat::Needs { refs: refs.clone() },
    })
}

fn matched(app: &App, needed: &Needed, language: Language) -> Result<MatchRequest, Failure> {
    let need: NeedForm = if let Some(reference) = &needed.need {
        super::query::<NeedView>(app, "get_need", json!({ "ref": reference }))?.form
    } else if let Some(path) = &needed.file {
        super::matching::need(path, language)?
    } else {
        let text = super::matching::given(needed.text.as_deref(), language)?;
        let arguments = serde_json::to_value(ReadNeedRequest { text }).unwrap_or_default();
        super::query::<NeedReading>(app, "read_need", arguments)?.need
    };
    Ok(MatchRequest {
        need,
        target: match needed.target {
            Target::Solutions => MatchTarget::Solutions,
            Target::Providers => MatchTarget::Providers,
            Target::Scenarios => MatchTarget::Scenarios,
            Target::Cases => MatchTarget::Cases,
            Target::Needs => MatchTarget::Needs,
        },
        limit: needed.limit,
        ..MatchRequest::default()
    })
}

/// An error in the words for exports: a file that is there is wrong usage, not a fault.
fn explained(error: ApiError, output: &Output) -> Failure {
    if error.code == ErrorCode::FileExists {
        let path = error.facts.get("path").map_or("", String::as_str);
        return Failure::Usage(says::exists(output.language, Path::new(path)));
    }
    Failure::Api(error)
}
