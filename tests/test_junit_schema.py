"""JUnit XML against the schema itself, which is published with pytest's sources."""

import subprocess
import sys
import tarfile

import pytest

from autograder.ci.junit import junit_xml
from tests.test_ci import HOSTILE, result, unreadable

SCHEMA = "testing/example_scripts/junit-10.xsd"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    """Read the schema out of the sources that the package index has; nothing of them is run."""
    xmlschema = pytest.importorskip("xmlschema")
    folder = tmp_path_factory.mktemp("sources")
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "pytest"]
    fetched = subprocess.run([*command, "-d", folder, "pytest"], capture_output=True, text=True)
    archives = list(folder.glob("pytest-*.tar.gz"))
    if not archives:
        pytest.skip(f"pytest's sources can't be had: {fetched.stderr.strip()[-200:]}")
    with tarfile.open(archives[0]) as sources:
        (member,) = [one for one in sources if one.name.endswith(SCHEMA)]
        return xmlschema.XMLSchema(sources.extractfile(member).read().decode())


def test_what_is_written_is_valid(schema):
    for results in ([result()], [result(HOSTILE)], [unreadable(), result()], []):
        schema.validate(junit_xml(results))


@pytest.mark.parametrize("needed", [' tests="2"', ' failures="2"', ' errors="0"', ' name="values"'])
def test_what_is_not_valid_is_found(schema, needed):
    text = junit_xml([result()])
    assert schema.is_valid(text)
    assert not schema.is_valid(text.replace(needed, "", 1))
