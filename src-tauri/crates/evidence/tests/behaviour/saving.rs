mod crash_states;
mod faults;
mod leftovers;
mod order;
mod real_disk;
mod shim;
