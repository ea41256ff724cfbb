"""Who we talk to: command line, HTTP API and pages. Nothing else in the house imports this room."""
