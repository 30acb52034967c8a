"""Everything that outlives the program: the encrypted database, blobs, keys, audit trail, backups."""
