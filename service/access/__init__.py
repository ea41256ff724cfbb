"""Who may call what: scopes, API keys, bearer tokens, how often, and from which web sites."""
