#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gobuild_fuzz::images::ldcache(bytes));
