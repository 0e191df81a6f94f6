"""What is known of the web between runs: `store` is the way in, `keeping` says how long it holds."""
