"""Every read: takes the viewer, returns only what they may see."""
