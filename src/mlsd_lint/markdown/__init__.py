"""From the text of a file to a `Document`. The only package that knows mistune."""
