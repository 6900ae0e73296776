"""The administration: who enters, what it shows, and that its lists stay light."""
