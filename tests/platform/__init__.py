"""What the product stands on: Qt, the keyring, PostgreSQL, and the setting up of a machine."""
