"""One message to every address. The only importer of apprise."""


def send(addresses: "list[str]", title: str, text: str) -> "list[str]":
    """-> the addresses that did not take the message (their scheme alone: the rest may be a secret). All of them in vain: all are named."""
    import apprise  # heavy, and only wanted when there is something to send
    failed = []
    for address in addresses:
        box = apprise.Apprise()
        if not box.add(address) or not box.notify(title=title, body=text):
            failed.append(address.partition("://")[0] + "://...")
    return failed
