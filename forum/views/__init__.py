"""One module per page family: functions that fetch or act, then answer."""
