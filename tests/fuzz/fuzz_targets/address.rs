//! An address typed by somebody: read or refused; what is read is read the same again, and never grows more public.
#![no_main]

use atlas_core::feed::source::Address;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(address @ Address::Web(_)) = Address::parse(text) {
        let again = Address::parse(&address.to_string()).expect("what was printed can be read");
        assert_eq!(address, again);
        assert_eq!(address.is_local(), again.is_local());
    }
});
