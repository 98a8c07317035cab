mod faults;
mod kill_storm;
mod order;
mod real_disk;
mod scene;
mod tampering;
