"""What each exercise says on the way: hints and known mistakes, as plain data."""
