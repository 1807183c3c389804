//! `gobuild verify --image X` without a file: what the image itself starts.

mod engine;
mod kitchen;
mod said;
mod shapes;
