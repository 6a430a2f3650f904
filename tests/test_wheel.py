"""The wheel works elsewhere: everything that a running application needs is inside."""

import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel):
    """An environment that knows the wheel, and the dependencies of this one, but not this folder."""
    folder = Path(tempfile.mkdtemp(prefix="recruit-wheel-"))
    folder.chmod(0o755)
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True
    ).stdout.strip()  # fmt: skip
    # A path in a .pth file is searched, but the .pth files in it are not: this folder's own stays out.
    (Path(own) / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True
    )  # fmt: skip
    return folder


def run(folder: Path, program: str, *arguments: str) -> str:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "DATABASE_URL"}
    }
    done = subprocess.run(
        [folder / "venv" / "bin" / program, *arguments],
        cwd=folder, env={**environment, "RECRUIT_DATA": str(folder / "data")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_everything_in_the_packages_is_in_the_wheel(wheel):
    tracked = subprocess.run(
        ["git", "ls-files", "competences", "recruit"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "recruit/static/vendor/htmx.min.js" in names
    missing = [name for name in tracked.stdout.splitlines() if name not in names and (ROOT / name).exists()]
    assert not missing, "the wheel lacks them: look at [tool.hatch.build] in pyproject.toml"


def test_the_application_is_made_from_the_wheel(elsewhere):
    said = run(
        elsewhere, "python", "-c", "import recruit.app; recruit.app.create_app(); print(recruit.app.__file__)"
    )
    assert str(elsewhere) in said


def test_the_command_line_runs_and_migrates(elsewhere):
    assert "serve" in run(elsewhere, "recruit", "--help")
    run(elsewhere, "recruit", "init", "--name", "Ada", "--email", "ada@test.example")
    run(elsewhere, "recruit", "check")
