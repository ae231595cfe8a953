//! Search. Placeholder interface.
#![allow(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    unused,
    reason = "placeholder"
)]
use crate::api::types::{Row, SearchPage, SearchRequest};
use crate::model::{Code, Head, Record, RecordRef, Taxonomies};
use std::path::Path;
use std::sync::Arc;
pub trait Texts {
    fn record(&self, reference: &RecordRef) -> Option<Arc<Record>>;
}
#[derive(Clone, Copy)]
pub struct Facts {
    pub links: u32,
    pub cases: u32,
}
pub struct Document<'a> {
    pub reference: &'a RecordRef,
    pub record: &'a Record,
    pub facts: Facts,
}
pub const STAMP: &str = "0";
#[derive(Debug, thiserror::Error)]
#[error("index")]
pub struct IndexError;
#[derive(Debug)]
pub struct Index;
pub struct Writer;
impl Index {
    pub fn create(_: &Path) -> Result<Self, IndexError> {
        Ok(Self)
    }
    pub fn open(_: &Path) -> Result<Self, IndexError> {
        Err(IndexError)
    }
    pub fn revision(&self) -> u32 {
        0
    }
    pub fn documents(&self) -> u32 {
        0
    }
    pub fn stamp(&self) -> &str {
        STAMP
    }
    pub fn writer(&self, _: usize, _: usize) -> Result<Writer, IndexError> {
        Ok(Writer)
    }
    pub fn reload(&self) -> Result<(), IndexError> {
        Ok(())
    }
    pub fn search(
        &self,
        _: &dyn Texts,
        _: &Taxonomies,
        _: &SearchRequest,
    ) -> Result<SearchPage, IndexError> {
        Ok(SearchPage::default())
    }
    pub fn similar(
        &self,
        _: &dyn Texts,
        _: &Taxonomies,
        _: &Record,
        _: &RecordRef,
        _: usize,
    ) -> Result<Vec<Row>, IndexError> {
        Ok(vec![])
    }
}
impl Writer {
    pub fn put(&mut self, _: &Document<'_>) -> Result<(), IndexError> {
        Ok(())
    }
    pub fn delete(&mut self, _: &RecordRef) {}
    pub fn commit(&mut self, _: u32) -> Result<(), IndexError> {
        Ok(())
    }
}
pub fn row(_: &RecordRef, _: &Record, _: u32, _: &Taxonomies) -> Row {
    unimplemented!()
}
pub fn industry_groups(_: &Head, _: &Taxonomies) -> Vec<Code> {
    vec![]
}
