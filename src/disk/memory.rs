//! The memory of this program: how much it has taken at most, and in what pieces.

use std::fs;

/// The highest resident size in bytes; none where the system does not tell it as Linux does.
pub fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Has memory given out in pages of the usual size. With huge ones, for which Linux may be set, a build of 10,000 speeches
/// holds some 40 MB that nobody asked for, and is no faster.
pub fn without_huge_pages() {
    #[cfg(target_os = "linux")]
    // A system that refuses only takes more memory.
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}
