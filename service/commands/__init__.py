"""What each command does; `service.cli` declares them. One module a command, imported when it is called."""
