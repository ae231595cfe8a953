//! Tests of search through its public face.
