"""What is sent to the browser: code, styles, words, boundaries, the map as one file."""
