"""Bodies inflated as they come, and never beyond a cap: a megabyte can hold gigabytes."""

from __future__ import annotations

import zlib


class TooLarge(Exception):
    """More came than is read."""


class Garbled(Exception):
    """The body is not what its Content-Encoding says, or breaks off."""


class Inflater:
    """Takes a body's pieces as they come over the wire, gives them back inflated."""

    def __init__(self, encoding: str, most: int) -> None:
        """Read `encoding` (a Content-Encoding: "", "identity", "gzip", "deflate"), up to `most` bytes.

        Raises:
            Garbled: another encoding.
        """
        self._encoding = encoding.strip().lower()
        if self._encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Garbled(f"The answer came in the encoding “{self._encoding[:40]}”, which was not asked for.")
        self._plain = self._encoding in ("", "identity")
        self._left = most
        self._inner = self._new()
        self._begun = False

    def feed(self, piece: bytes) -> bytes:
        """Return what a piece inflates to.

        Raises:
            TooLarge: beyond the cap.
            Garbled: it can't be inflated.
        """
        return self._taken(piece if self._plain else self._inflated(piece))

    def end(self) -> None:
        """Check that the body was whole.

        Raises:
            Garbled: it breaks off.
        """
        if not self._plain and self._begun and not self._inner.eof:
            raise Garbled("The answer breaks off before its end.")

    def _taken(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        return data

    def _inflated(self, piece: bytes) -> bytes:
        whole = bytearray()
        while piece:
            if self._inner.eof:
                if not piece.startswith(b"\x1f\x8b"):  # zeros or rubbish after the end are let pass, as browsers do
                    break
                self._inner = self._new()
            try:
                whole += self._inner.decompress(piece, self._left - len(whole) + 1)
            except zlib.error as error:
                piece = self._as_raw_deflate(piece, error)
                continue
            self._begun = True
            if len(whole) > self._left:
                raise TooLarge
            piece = self._inner.unconsumed_tail or self._inner.unused_data
        return bytes(whole)

    def _as_raw_deflate(self, piece: bytes, error: zlib.error) -> bytes:
        """Some servers send "deflate" without its wrapping: try that once."""
        if self._encoding != "deflate" or self._begun:
            raise Garbled("The answer can't be inflated: it is damaged.") from error
        self._begun = True
        self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
        return piece

    def _new(self) -> zlib._Decompress:
        return zlib.decompressobj(zlib.MAX_WBITS if self._encoding == "deflate" else 16 + zlib.MAX_WBITS)
