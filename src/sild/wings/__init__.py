"""Wings: what the desk does. Each is an application with the same rooms; a wing enters another only through its `public`."""
