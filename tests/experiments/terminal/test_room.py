"""Memory that must be there before anything is loaded."""

import pytest

from experiments.terminal import room


def test_where_there_is_room_nothing_is_said():
    room.expect_room()


def test_where_there_is_none_it_is_known_at_once(monkeypatch):
    monkeypatch.setattr(room, "FOR_ALL", 2**60)
    with pytest.raises(MemoryError):
        room.expect_room()


def test_where_addresses_are_not_counted_nobody_asks(monkeypatch):
    monkeypatch.setattr(room, "FOR_ALL", 2**60)
    monkeypatch.setattr(room.sys, "platform", "win32")
    room.expect_room()
