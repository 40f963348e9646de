"""Opens compound files ([MS-CFB]), the container of Outlook's .msg, within limits and in linear time.

olefile, which python-oxmsg would use, reads every stream at once, compares each with all others, and follows a chain of
sectors that runs in a circle for as long as the directory says. Here a stream is read when it is asked for, no chain is
longer than the file, and no entry belongs to two folders.
"""

from __future__ import annotations

import re
import struct
from array import array
from dataclasses import dataclass
from functools import cached_property

#: The first bytes of a compound file ([MS-CFB] 2.2).
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Bytes of a property stream: 16 each, and no mail has more than some hundred.
LARGEST_PROPERTY_STREAM = 64 * 1024
#: How often the whole file may be read: every stream is asked for once, some twice.
MOST_TIMES_READ = 4

_ENTRY_SIZE = 128
_FOLDER, _STREAM = 1, 2
#: The largest number of a real sector or entry ([MS-CFB] 2.1); above it stand "end of chain", "free" and the like.
_LAST_SECTOR = 0xFFFFFFFA
_END_OF_CHAIN = 0xFFFFFFFE


class DamagedFileError(ValueError):
    """The file contradicts itself, or was made to exhaust its reader."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory ([MS-CFB] 2.6.1): a folder (storage) or a stream."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(SIGNATURE) or len(data) < 512:
            raise DamagedFileError("no compound file")
        self._data = data
        self._left_to_read = MOST_TIMES_READ * len(data)
        self._taken: set[int] = set()
        major, _order, shift, small_shift = struct.unpack_from("<4H", data, 26)
        if shift not in (9, 12) or small_shift != 6:
            raise DamagedFileError("sectors of an unknown size")
        self._sector_size, self._long_sizes = 1 << shift, major == 4
        self._cutoff, self._small_table_start = struct.unpack_from("<2I", data, 56)
        self._table = self._allocation_table()
        (start,) = struct.unpack_from("<I", data, 48)
        self._directory = b"".join(self._sectors(start, len(self._table)))

    @cached_property
    def root(self) -> Folder:
        """The folder in which everything lies."""
        return Folder(self, self._root)

    def children(self, folder: Entry) -> dict[str, Entry]:
        """Return the entries in a folder by name; they form a binary tree, well balanced or not."""
        found, waiting = {}, [folder.child]
        while waiting:
            number = waiting.pop()
            if number > _LAST_SECTOR:
                continue
            if number in self._taken:
                raise DamagedFileError("an entry in two places")
            self._taken.add(number)
            entry = self._entry(number)
            found[entry.name] = entry
            waiting += (entry.left, entry.right)
        return found

    def content(self, entry: Entry) -> bytes:
        """Return the bytes of a stream."""
        self._left_to_read -= entry.size
        if entry.size > len(self._data) or self._left_to_read < 0:
            raise DamagedFileError("streams larger than the file")
        if entry.size == 0:
            return b""
        content = self._small(entry) if entry.size < self._cutoff else self._large(entry)
        if len(content) < entry.size:
            raise DamagedFileError("a stream that is cut off")
        return content[: entry.size]

    def _large(self, entry: Entry) -> bytes:
        return b"".join(self._sectors(entry.start, -(-entry.size // self._sector_size)))

    def _small(self, entry: Entry) -> bytes:
        """Return a short stream: it lies in sectors of 64 bytes in the root's own stream ([MS-CFB] 2.4)."""
        pieces, number = [], entry.start
        for _ in range(-(-entry.size // 64)):
            if number >= len(self._small_table):
                raise DamagedFileError("a small sector that is not there")
            pieces.append(self._small_sectors[number * 64 : number * 64 + 64])
            number = self._small_table[number]
        return b"".join(pieces)

    @cached_property
    def _root(self) -> Entry:
        self._taken.add(0)
        return self._entry(0)

    @cached_property
    def _small_sectors(self) -> bytes:
        if self._root.size > len(self._data):
            raise DamagedFileError("streams larger than the file")
        return self._large(self._root)

    @cached_property
    def _small_table(self) -> array[int]:
        return _numbers(b"".join(self._sectors(self._small_table_start, len(self._table))))

    def _entry(self, number: int) -> Entry:
        raw = self._directory[number * _ENTRY_SIZE : (number + 1) * _ENTRY_SIZE]
        if len(raw) < _ENTRY_SIZE:
            raise DamagedFileError("an entry that is not there")
        length, kind, _colour, left, right, child = struct.unpack_from("<HBB3I", raw, 64)
        start, size = struct.unpack_from("<IQ", raw, 116)
        name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        return Entry(name, kind, left, right, child, start, size if self._long_sizes else size & 0xFFFFFFFF)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size  # the header takes the place of one sector
        return self._data[start : start + self._sector_size]

    def _sectors(self, number: int, most: int) -> list[bytes]:
        """Return the sectors of a chain, up to its end or to so many."""
        found: list[bytes] = []
        while number != _END_OF_CHAIN and len(found) < most:
            if number >= len(self._table):
                raise DamagedFileError("a sector that is not there")
            found.append(self._sector(number))
            number = self._table[number]
        return found

    def _allocation_table(self) -> array[int]:
        """Return which sector follows which ([MS-CFB] 2.3 and 2.5): the header lists the table's first 109 sectors."""
        places = list(struct.unpack_from("<109I", self._data, 76))
        (following,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        while following <= _LAST_SECTOR:
            more = _numbers(self._sector(following))
            if following in seen or not more:
                raise DamagedFileError("a list of sectors without an end")
            seen.add(following)
            places += more[:-1]
            following = more[-1]
        places = [place for place in places if place <= _LAST_SECTOR]
        if len(places) != len(set(places)):
            raise DamagedFileError("a sector in two places")
        return _numbers(b"".join(self._sector(place) for place in places))


class Folder:
    """A folder of a compound file; also what python-oxmsg's `Properties` reads from."""

    def __init__(self, file: CompoundFile, entry: Entry) -> None:
        self._file = file
        self._entry = entry

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What lies in the folder, by name."""
        return self._file.children(self._entry)

    def folders(self, pattern: str) -> list[Folder]:
        """Return the folders in it whose whole name matches, sorted by it."""
        return [folder for name, folder in self._folders.items() if re.fullmatch(pattern, name)]

    @cached_property
    def _folders(self) -> dict[str, Folder]:
        inside = sorted(name for name, entry in self.entries.items() if entry.kind == _FOLDER)
        return {name: Folder(self._file, self.entries[name]) for name in inside}

    def stream(self, name: str) -> bytes:
        """Return a stream's bytes; none where it is not there."""
        entry = self.entries.get(name)
        return self._file.content(entry) if entry is not None and entry.kind == _STREAM else b""

    @cached_property
    def properties_stream_bytes(self) -> bytes:
        """The stream that lists the properties ([MS-OXMSG] 2.4)."""
        listed = self.stream("__properties_version1.0")
        if not listed or len(listed) > LARGEST_PROPERTY_STREAM:
            raise DamagedFileError("no list of properties")
        return listed

    def property_stream_bytes(self, pid: int, ptyp: int) -> bytes:
        """Return the value of a property that is no number ([MS-OXMSG] 2.1.3); none where its stream is missing."""
        return self.stream(f"__substg1.0_{pid:04X}{ptyp:04X}")


def _numbers(data: bytes) -> array[int]:
    """Return little-endian numbers of 32 bits."""
    return array("I", struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
