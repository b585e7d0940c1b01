import pytest

from events.content import files
from events.content.files import BrokenFile, read_records


def read(tmp_path, content):
    path = tmp_path / "practices.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_records(path))


@pytest.mark.parametrize(
    "text",
    [
        '[{"a": 1}, {"a": "ž"}]',
        '{"a": 1}\n{"a": "ž"}\n',
        '\ufeff [\r\n{"a":1} ,\t{"a":"\\u017e"}]\n',
        '{"a": 1}\n\n{"a": "ž"}',
    ],
)
def test_lists_and_lines_are_read_alike(tmp_path, text):
    assert read(tmp_path, text) == [{"a": 1}, {"a": "ž"}]


@pytest.mark.parametrize("size", range(1, 40))
def test_a_record_may_lie_across_any_number_of_pieces(tmp_path, monkeypatch, size):
    monkeypatch.setattr(files, "CHUNK", size)

    records = read(
        tmp_path, '[{"title": "Plzeň \\u00e9 \\\\", "years": [2012, -1.5e3]},\n {"open": true, "end": null}]'
    )

    assert records == [{"title": "Plzeň é \\", "years": [2012, -1500.0]}, {"open": True, "end": None}]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("practices", "is broken at line 1, column 1: expected a list of records"),
        ('[{"a": 1},\n {"a" 2}]', "is broken at line 2, column 7: Expecting ':' delimiter"),
        ('[{"a": 1},\n]', "is broken at line 2, column 1: Expecting value"),
        ('[{"a": 1}\n {"a": 2}]', "is broken at line 2, column 2: expected a comma or the end of the list"),
        ('[{"a": 1}', "is broken at line 1, column 10: expected a comma or the end of the list"),
        ('[{"a": "text}', "is broken at line 1, column 8: Unterminated string starting at"),
        ('[{"a": "a\tb"}]', "is broken at line 1, column 10: Invalid control character at"),
        ('[{"a": 1}] [', "is broken at line 1, column 12: something follows the end of the list"),
        ('{"a": 1}\n{"a": 2\n', "is broken at line 3, column 1: Expecting ',' delimiter"),
        ('[{"a": NaN}]', "is broken at line 1, column 2: the record that begins here holds NaN, which is not a number"),
        (
            '[{"a": 1, "a": 2}]',
            "is broken at line 1, column 2: the record that begins here names 'a' twice in one object",
        ),
        ("[" * 100_000, "is broken at line 1, column 2: lists or objects inside one another without end"),
        (b'[{"a":\n "Plze\xf2"}]', "is not UTF-8: line 2 holds the byte 0xf2"),
        ('[{"a": 1}]'.encode("utf-16"), "is not UTF-8: line 1 holds the byte 0xff"),
    ],
)
@pytest.mark.parametrize("size", [1024 * 1024, 3])
def test_a_broken_file_is_refused_with_the_place(tmp_path, monkeypatch, content, complaint, size):
    monkeypatch.setattr(files, "CHUNK", size)

    with pytest.raises(BrokenFile) as error:
        read(tmp_path, content)

    assert str(error.value).startswith(complaint)
