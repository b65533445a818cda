"""Assessment -> text, coloured terminal, Markdown or JSON: pure, one module for each format."""
