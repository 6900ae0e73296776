"""The settings of the site as tests see them: the real ones, in a folder of their own."""

import os
import tempfile

TEST_FOLDER = tempfile.TemporaryDirectory(prefix="cityboards-test-")
os.environ["VAR_DIR"] = TEST_FOLDER.name
os.environ["DEVELOPMENT"] = "1"
os.environ["DEBUG"] = "0"
os.environ["SECRET_KEY"] = "a key that only tests use, long enough to please everybody"

from accounts.configuration import OIDC_APP  # noqa: E402
from forum.settings import *  # noqa: E402, F403
from forum.settings import DATABASES, INSTALLED_APPS, MAILERS, STATIC_ROOT, STORAGES  # noqa: E402

# English, because the texts in the code are English; what is in the catalogue is tested where it matters.
LANGUAGE_CODE = "en"

# A database with all tables, that every process begins with a copy of: a file, or a name on PostgreSQL.
TEMPLATE = os.environ.get("TEST_TEMPLATE", "")

# A file rather than memory, so that threads (live server, races) meet the same locks as in real life.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": f"{TEST_FOLDER.name}/test.sqlite3"}
elif TEMPLATE:
    DATABASES["default"]["TEST"] = {"TEMPLATE": TEMPLATE}

# Threads of tests take turns at fewer connections, on a busy machine for longer than a served site waits for one.
if "pool" in DATABASES["default"]["OPTIONS"] and "TEST_AS_SERVED" not in os.environ:
    DATABASES["default"]["OPTIONS"]["pool"]["timeout"] = 30

# WhiteNoise wants to see the folder that collected files would be in.
STATIC_ROOT.mkdir()

# Argon2 takes a fifth of a second by design.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS["default"] = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
# A provider to sign in with comes and goes with the tests.
INSTALLED_APPS += [OIDC_APP]
# Names without hashes, so that no test has to collect the static files first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
