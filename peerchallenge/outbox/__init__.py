"""Effects promised inside a transaction, run by Celery."""
