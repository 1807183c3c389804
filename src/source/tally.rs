//! What the images that are read together have taken of their limits: one account, whatever the number of layers
//! and platforms.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::io;
use std::rc::Rc;

use super::limits::Limits;
use crate::image::read::Budget;

/// The account of one source. Clones are the same account.
#[derive(Debug, Clone)]
pub struct Tally(Rc<Account>);

#[derive(Debug)]
struct Account {
    limits: Limits,
    memory: Budget,
    unpacked: Cell<u64>,
    /// Packed bytes that the unpacked ones came from.
    packed: Cell<u64>,
    kept: Cell<u64>,
    /// Layers whose packed bytes have been counted: a second reading brings nothing new.
    layers: RefCell<BTreeSet<String>>,
}

impl Tally {
    /// An account with nothing on it.
    pub fn new(limits: &Limits) -> Self {
        Self(Rc::new(Account {
            limits: limits.clone(),
            memory: Budget::new(limits.memory),
            unpacked: Cell::new(0),
            packed: Cell::new(0),
            kept: Cell::new(0),
            layers: RefCell::default(),
        }))
    }

    /// What is held against.
    pub(super) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// What is in memory.
    pub(super) fn memory(&self) -> &Budget {
        &self.0.memory
    }

    /// Counts unpacked bytes. `packed` are those that the present layer was read of so far.
    pub(super) fn unpack(&self, bytes: u64, packed: u64) -> io::Result<()> {
        let Limits { unpacked: most, ratio, free, .. } = self.0.limits;
        let unpacked = self.0.unpacked.get() + bytes;
        self.0.unpacked.set(unpacked);
        if unpacked > most {
            return Err(too_much(format!("the image unpacks to more than {most} bytes")));
        }
        let packed = self.0.packed.get() + packed;
        if unpacked > free && unpacked / ratio > packed {
            let words =
                format!("{packed} packed bytes unpack to more than {unpacked}, over {ratio} times as many");
            return Err(too_much(words));
        }
        Ok(())
    }

    /// Whether the packed bytes of a layer are new to the account.
    pub(super) fn is_new(&self, layer: &str) -> bool {
        !self.0.layers.borrow().contains(layer)
    }

    /// Counts the packed bytes of a layer that was read to its end.
    pub(super) fn read(&self, layer: &str, packed: u64) {
        if self.0.layers.borrow_mut().insert(layer.to_owned()) {
            self.0.packed.set(self.0.packed.get() + packed);
        }
    }

    /// Counts bytes that go to a temporary file.
    pub(super) fn keep(&self, bytes: u64) -> io::Result<()> {
        let (kept, most) = (self.0.kept.get().saturating_add(bytes), self.0.limits.kept);
        if kept > most {
            return Err(too_much(format!("its programs and small files have more than {most} bytes")));
        }
        self.0.kept.set(kept);
        Ok(())
    }
}

fn too_much(words: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, words)
}
