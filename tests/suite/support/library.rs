//! Shared libraries as no linker makes them.

/// What is in one of 64 bits.
#[derive(Default)]
pub(crate) struct Library {
    /// Places of names in the string table, one a `DT_NEEDED`.
    pub(crate) needed: Vec<u64>,
    /// The string table.
    pub(crate) strings: Vec<u8>,
    /// Symbols: the place of the name, and the section, 0 for what others define.
    pub(crate) symbols: Vec<(u32, u16)>,
}

impl Library {
    /// The file: a header, two segments, the dynamic section and what it leads to.
    pub(crate) fn file(&self) -> Vec<u8> {
        let dynamic = 64 + 2 * 56;
        let entries = self.needed.len() as u64 + 7;
        let hash = dynamic + entries * 16;
        let symbols = hash + 8;
        let number = self.symbols.len() as u64 + 1;
        let strings = symbols + number * 24;
        let end = strings + self.strings.len() as u64;
        let mut file = b"\x7fELF\x02\x01\x01".to_vec();
        file.resize(16, 0);
        let half =
            |file: &mut Vec<u8>, values: &[u16]| file.extend(values.iter().flat_map(|one| one.to_le_bytes()));
        let word = |file: &mut Vec<u8>, value: u32| file.extend(value.to_le_bytes());
        let wide =
            |file: &mut Vec<u8>, values: &[u64]| file.extend(values.iter().flat_map(|one| one.to_le_bytes()));
        half(&mut file, &[3]);
        half(&mut file, &[62]);
        word(&mut file, 1);
        wide(&mut file, &[0, 64, 0]);
        word(&mut file, 0);
        half(&mut file, &[64, 56, 2, 64, 0, 0]);
        for (kind, start, length) in [(1, 0, end), (2, dynamic, entries * 16)] {
            word(&mut file, kind);
            word(&mut file, 6);
            wide(&mut file, &[start, start, start, length, length, 8]);
        }
        for place in &self.needed {
            wide(&mut file, &[1, *place]);
        }
        // DT_HASH, DT_SYMTAB, DT_SYMENT, DT_STRTAB, DT_STRSZ, and the end twice.
        let length = self.strings.len() as u64;
        for (tag, value) in [(4, hash), (6, symbols), (11, 24), (5, strings), (10, length), (0, 0), (0, 0)] {
            wide(&mut file, &[tag, value]);
        }
        word(&mut file, 1);
        word(&mut file, u32::try_from(number).expect("a table of 32 bits"));
        file.resize(file.len() + 24, 0);
        for (name, section) in &self.symbols {
            word(&mut file, *name);
            file.extend([0x12, 0]);
            half(&mut file, &[*section]);
            wide(&mut file, &[u64::from(*section) * 4096]);
            wide(&mut file, &[0]);
        }
        file.extend(&self.strings);
        file
    }
}
