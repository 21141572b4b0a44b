"""Makes .venv with everything that requirements.lock names, with nothing but Python: `python3 tools/bootstrap.py`.

Debian's python3 may come without pip and ensurepip; then pip itself is taken from PyPI, by version and hash.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PIP_VERSION = "26.3"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
INDEX = "https://pypi.org/simple/pip/"


def fetch_pip(folder: Path) -> Path:
    """The pip wheel of PIP_VERSION; a wheel is a zip file that Python can run as it is."""
    request = urllib.request.Request(INDEX, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        listed = json.load(answer)["files"]
    name = f"pip-{PIP_VERSION}-py3-none-any.whl"
    url = urljoin(INDEX, next(file["url"] for file in listed if file["filename"] == name))
    with urllib.request.urlopen(url, timeout=60) as answer:
        wheel = answer.read()
    if hashlib.sha256(wheel).hexdigest() != PIP_SHA256:
        sys.exit("The pip that PyPI sent is not the pinned one; nothing was installed.")
    target = folder / name
    target.write_bytes(wheel)
    return target


def main() -> None:
    """Makes the environment, then installs the locked packages by hash and this project in place."""
    if sys.version_info < (3, 11):
        sys.exit("Twotrack needs Python 3.11 or newer; run make with PYTHON=python3.11.")
    venv.create(ENVIRONMENT, with_pip=False, clear=True)
    python = str(ENVIRONMENT / "bin" / "python")
    with tempfile.TemporaryDirectory() as folder:
        pip = [python, str(fetch_pip(Path(folder)) / "pip")]
        quiet = ["--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
        locked = ["--require-hashes", "--no-deps", "-r", str(ROOT / "requirements.lock")]
        subprocess.run([*pip, "install", *quiet, *locked], check=True)
        subprocess.run([*pip, "install", *quiet, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    # An editable install compiles nothing; without this the first command, or every one of a read-only tree, starts slowly.
    subprocess.run([python, "-m", "compileall", "-q", str(ROOT / "src")], check=True)


if __name__ == "__main__":
    main()
