//! Writes the Dockerfile that fits a target.
