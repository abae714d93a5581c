"""Which account of Google Cloud this process works as; knows nothing of what it does with it."""

from aiprod.adapters.google_errors import translated


def account() -> str:
    """The service account's address; "" for a person's own login and where there is none (an emulator asks for none).

    Raises: InvalidSetting, Unavailable.
    """
    from google.auth import default
    from google.auth.exceptions import DefaultCredentialsError

    with translated("Finding out the account of Google Cloud"):
        try:
            credentials, _ = default()
        except DefaultCredentialsError:
            return ""
    return str(getattr(credentials, "service_account_email", ""))
