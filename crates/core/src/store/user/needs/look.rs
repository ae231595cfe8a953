//! Keeping what was last looked at. It is no edit: nobody would take a look back.

use rusqlite::TransactionBehavior;

use super::{Desk, NEEDS, Standing, Touched};
use crate::api::types::Changes;
use crate::model::RecordRef;
use crate::store::StoreError;
use crate::store::user::User;

impl User {
    /// Keeps the first hits of a match of a need, by the target of the match.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such need; those of writing the file.
    pub fn look_at(
        &self,
        reference: &RecordRef,
        target: &str,
        standing: Standing,
    ) -> Result<Changes, StoreError> {
        let mut state = self.lock();
        let (undo, redo) = (state.undo.len(), state.redo.len());
        let error = |error| StoreError::sqlite(&self.path, error);
        let transaction = state
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(error)?;
        let desk = Desk {
            transaction: &transaction,
            path: &self.path,
            now: "",
            copy: &|_| Ok(None),
            touched: Touched::default(),
        };
        let document = desk
            .stored(reference)?
            .ok_or_else(|| StoreError::NotFound(reference.to_string()))?;
        let mut need = desk.parse(&document)?;
        need.standings.insert(target.to_owned(), standing);
        desk.write(reference, &need)?;
        transaction.commit().map_err(error)?;
        Ok(Changes {
            undo,
            redo,
            ..NEEDS
        })
    }
}
