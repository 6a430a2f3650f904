"""What is sealed opens where it was sealed, with its key, whole and unchanged; anything else is said in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.sealing.rules import (
    Changed,
    KeyLost,
    KeyRing,
    name_of,
    new_key,
    opened,
    read_keys,
    seal,
    written,
)

KEY, OTHER = new_key(), new_key()
PLACE = "measure/body/1f/2e"


@given(st.binary(max_size=200))
def test_what_was_sealed_is_opened(content):
    assert opened(KEY, seal(KEY, content, PLACE), PLACE) == content


@given(st.binary(max_size=60), st.data())
def test_a_single_changed_bit_is_noticed(content, data):
    sealed = bytearray(seal(KEY, content, PLACE))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(Changed):
        opened(KEY, bytes(sealed), PLACE)


@given(st.binary(max_size=60), st.data())
def test_what_was_cut_off_or_added_to_is_noticed(content, data):
    sealed = seal(KEY, content, PLACE)
    with pytest.raises(Changed):
        opened(KEY, sealed[: data.draw(st.integers(0, len(sealed) - 1))], PLACE)
    with pytest.raises(Changed):
        opened(KEY, sealed + data.draw(st.binary(min_size=1, max_size=20)), PLACE)


@given(st.binary(max_size=300))
def test_any_other_bytes_are_no_text(noise):
    with pytest.raises(Changed):
        opened(KEY, noise, PLACE)


@pytest.mark.parametrize(
    "place", ["plan_need/body/1f/2e", "measure/other/1f/2e", "measure/body/2f/2e", "measure/body/1f/3e", ""]
)
def test_moved_to_another_table_column_row_or_plan_it_does_not_open(place):
    with pytest.raises(Changed, match="moved outside"):
        opened(KEY, seal(KEY, b"words", PLACE), place)


def test_another_key_does_not_open_it():
    with pytest.raises(Changed):
        opened(OTHER, seal(KEY, b"words", PLACE), PLACE)


def test_the_same_words_never_look_the_same():
    assert len({seal(KEY, b"words", PLACE) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "text", ["", "   ", "short", "é", written(b"x" * 31), f"{written(bytes(32))},nonsense"]
)
def test_a_master_key_that_is_none_is_said_in_plain_words(text):
    with pytest.raises(KeyLost, match="cannot be read"):
        read_keys(text)


def test_several_keys_are_read_from_lines_or_commas():
    assert read_keys(f"{written(KEY)}\n{written(OTHER)}\n") == read_keys(f"{written(KEY)},{written(OTHER)}")


def test_the_name_of_a_master_key_tells_nothing_of_it():
    assert len(name_of(KEY)) == 16
    assert name_of(KEY) not in (written(KEY), KEY.hex()[:16])


def test_the_last_master_key_wraps_and_all_of_them_open():
    keys = [KEY]
    ring = KeyRing(lambda: tuple(keys))
    name, wrapped = ring.wrap(b"d" * 32, PLACE)
    keys.append(OTHER)
    newer, _wrapped = ring.wrap(b"d" * 32, PLACE)
    assert (name, newer) == (name_of(KEY), name_of(OTHER))
    assert ring.unwrap(name, wrapped, PLACE) == b"d" * 32


def test_a_ring_reads_anew_when_it_meets_a_name_that_it_does_not_know():
    keys = [KEY]
    mine, other = KeyRing(lambda: tuple(keys)), KeyRing(lambda: (OTHER,))
    mine.reload()
    name, wrapped = other.wrap(b"d" * 32, PLACE)
    with pytest.raises(KeyLost, match="Put the key file back"):
        mine.unwrap(name, wrapped, PLACE)
    keys.append(OTHER)
    assert mine.unwrap(name, wrapped, PLACE) == b"d" * 32
