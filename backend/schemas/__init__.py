"""The bodies of requests and answers, as JSON, a file a noun. Texts are checked where they become a brief."""
