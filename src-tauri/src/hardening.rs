//! What this process asks of the system before anything else: no core dump of it or of the webview's processes, which
//! inherit the limit (quality.md L-02), and memory that is given back (P-10).

/// Whether all of it was done: there is no log yet to say so.
#[cfg(target_os = "linux")]
pub fn apply() -> bool {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let no_dumps = setrlimit(Resource::Core, none).is_ok()
        && set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok();
    // WebKitGTK's DMA-BUF renderer shows an empty window on several graphics stacks (quality.md 3.3).
    const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(RENDERER).is_none() {
        set_before_threads(RENDERER, "1");
    }
    give_back_memory();
    no_dumps
}

/// glibc learns from the first large buffer that is freed to keep those that follow, in one heap for each thread:
/// decoded photographs would stay.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code)]
fn give_back_memory() {
    const MIB: libc::c_int = 1 << 20;
    for (parameter, value) in [
        (libc::M_MMAP_THRESHOLD, MIB),
        (libc::M_TRIM_THRESHOLD, MIB),
        (libc::M_ARENA_MAX, 2),
    ] {
        // SAFETY: changes how later blocks are got, and nothing that exists.
        unsafe { libc::mallopt(parameter, value) };
    }
}

#[cfg(all(target_os = "linux", not(target_env = "gnu")))]
fn give_back_memory() {}

#[cfg(not(target_os = "linux"))]
pub fn apply() -> bool {
    true
}

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
        assert!(super::apply());
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
    }
}
