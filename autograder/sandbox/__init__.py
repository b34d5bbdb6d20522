"""Student code in a process of its own: the worker, the wire between, the layers around it."""
