"""An empty Django project that serves one page by waitress: what a start and a process cost before any of our own.

python -m bench.peers PORT FOLDER
"""

from __future__ import annotations

import sys
import threading


def main() -> None:
    """Serve on PORT until stopped; the database is SQLite in FOLDER."""
    port, folder = int(sys.argv[1]), sys.argv[2]
    import django
    from django.conf import settings
    from django.http import HttpResponse
    from django.urls import path

    settings.configure(
        SECRET_KEY="measured and thrown away",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/empty.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
        ],
    )
    global urlpatterns
    urlpatterns = [path("", lambda request: HttpResponse("empty"))]
    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    call_command("migrate", verbosity=0)
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=port, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    print("ready", flush=True)
    threading.Event().wait()


urlpatterns: list[object] = []

if __name__ == "__main__":
    main()
