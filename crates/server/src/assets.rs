//! The widgets' files.
