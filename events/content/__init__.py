"""Loading content files: `files` reads them, `checking` finds what is wrong, `loading` brings the database up to date."""
