//! What no screen may do: break its policy, throw, talk to the network, or shut people out.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::window::Window;

/// What went wrong in the page since it was loaded: breaches of the content policy, errors that nobody caught.
pub fn complaints(window: &Window) -> Vec<String> {
    let found = window
        .page
        .run("return window.__witness ?? ['there is no witness']", &[]);
    let found = found.as_array().into_iter().flatten();
    found
        .map(|complaint| complaint.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Barriers that axe-core finds on the screen as it is now.
pub fn barriers(window: &Window) -> Vec<String> {
    let loaded = window
        .page
        .run("return typeof window.axe === 'object'", &[]);
    if loaded != Value::Bool(true) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("the package lies in the repository");
        let source = fs::read_to_string(root.join("ui/node_modules/axe-core/axe.min.js"));
        window.page.run(
            &source.expect("axe-core is installed: npm --prefix ui ci"),
            &[],
        );
    }
    let script = "
        const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
        return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
    ";
    let found = window.page.wait_for(script, &[]).expect("axe-core runs");
    let found = found
        .as_array()
        .expect("axe-core lists what it found")
        .iter();
    found
        .map(|barrier| barrier.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Starts the program so that its whole family's use of the network is written to a file.
pub fn witnessed(record: &str) -> [&str; 7] {
    [
        "strace",
        "--follow-forks",
        "--quiet=all",
        "--seccomp-bpf",
        "--trace=connect,sendto",
        "--output",
        record,
    ]
}

/// Lines of such a record that reach beyond this machine, and the number of lines in all.
pub fn connections(record: &Path) -> (Vec<String>, usize) {
    let record = fs::read_to_string(record).expect("the record was written");
    let lines: Vec<&str> = record
        .lines()
        .filter(|line| line.contains("connect(") || line.contains("sendto("))
        .collect();
    let foreign = lines
        .iter()
        .filter(|line| is_foreign(line))
        .map(|&line| line.to_owned())
        .collect();
    (foreign, lines.len())
}

/// Whether a traced call names an address other than the test driver's on this machine. A name server on this machine
/// counts as foreign: asking it means wanting to go elsewhere.
fn is_foreign(line: &str) -> bool {
    let internet = line.contains("sin_addr") || line.contains("sin6_addr");
    let driver = line.contains("inet_addr(\"127.0.0.1\")") && !line.contains("htons(53)");
    internet && !driver
}

#[cfg(test)]
mod tests {
    use super::is_foreign;

    #[test]
    fn only_the_driver_on_this_machine_is_at_home() {
        let at_home = [
            r#"7 connect(5, {sa_family=AF_UNIX, sun_path=@"/X11/X99"}, 20) = 0"#,
            r#"7 connect(9, {sa_family=AF_INET, sin_port=htons(43211), sin_addr=inet_addr("127.0.0.1")}, 16) = 0"#,
            r#"7 sendto(5, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1"#,
        ];
        let foreign = [
            r#"7 connect(9, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.1")}, 16) = 0"#,
            r#"7 connect(9, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = -1"#,
            r#"7 connect(9, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 0"#,
            r#"7 sendto(9, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 1"#,
        ];
        assert!(at_home.iter().all(|line| !is_foreign(line)));
        assert!(foreign.iter().all(|line| is_foreign(line)));
    }
}
