"""The still figures of the chapters, drawn with matplotlib in one house style."""
