"""Loading content files: `files` reads them, `checking` finds what is wrong, `loading` changes the database."""
