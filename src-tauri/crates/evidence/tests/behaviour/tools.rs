//! Tools of the machine that some tests use.

/// Lets a test pass that lacks a tool, and says so; fails it where ./test relies on that tool.
pub fn skipped_without(tool: &str) {
    let relied_on = std::env::var("DESK_TOOLS_REQUIRED").unwrap_or_default();
    let relies = relied_on.split(' ').any(|one| one == tool);
    assert!(
        !relies,
        "{tool} does not work here, and ./test relies on it"
    );
    eprintln!("SKIPPED: {tool} does not work here");
}
