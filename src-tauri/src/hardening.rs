//! No core dump of this process or of the webview's processes, which inherit the limit (quality.md L-02).

#[cfg(target_os = "linux")]
pub fn apply() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if setrlimit(Resource::Core, none).is_err()
        || set_dumpable_behavior(DumpableBehavior::NotDumpable).is_err()
    {
        tracing::warn!("core dumps could not be turned off");
    }
    // WebKitGTK's DMA-BUF renderer shows an empty window on several graphics stacks (quality.md 3.3).
    const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(RENDERER).is_none() {
        set_before_threads(RENDERER, "1");
    }
}

#[cfg(not(target_os = "linux"))]
pub fn apply() {}

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
fn set_before_threads(name: &str, value: &str) {
    // SAFETY: called first thing in `run`, while this process has one thread.
    unsafe { std::env::set_var(name, value) }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn this_process_can_neither_be_dumped_nor_leave_a_core() {
        super::apply();
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
    }
}
