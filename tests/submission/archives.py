"""Real archives, built small and in memory."""

import gzip
import io
import stat
import tarfile
import zipfile

SOURCE = b"def svm_loss(W, X, y, reg=0.0):\n    return 0.0\n"


def zip_of(files, links=()):
    """Pack a dict of names and contents, or a list of pairs; names in `links` become links."""
    buffer = io.BytesIO()
    pairs = files.items() if isinstance(files, dict) else files
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            mode = stat.S_IFLNK if name in links else stat.S_IFREG
            info.external_attr = (mode | 0o644) << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def tar_of(files, special=()):
    """Pack a dict of names and contents; `special` are TarInfo without content."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for info in special:
            archive.addfile(info)
    return buffer.getvalue()


def gzipped(data):
    """Return bytes as gzip packs them."""
    return gzip.compress(data)
