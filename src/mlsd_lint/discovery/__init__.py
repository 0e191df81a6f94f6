"""From paths to the files that are checked, and everything that this depended on."""
