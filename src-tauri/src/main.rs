//! The program `scenario-atlas`.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;
use scenario_atlas::Options;

fn main() -> ExitCode {
    scenario_atlas::run(&Options::parse())
}
