"""What answers over HTTP beside the pages: files, figures, the API, health."""
