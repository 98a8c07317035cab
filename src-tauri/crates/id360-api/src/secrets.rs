//! Taking known secrets out of what the provider says.
