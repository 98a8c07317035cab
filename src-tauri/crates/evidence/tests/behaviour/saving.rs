mod crash_states;
mod faults;
mod leftovers;
mod marks;
mod order;
pub mod power;
mod real_disk;
pub mod shim;
pub mod small_disk;
