from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path

import pytest

from bot.adapters import records_json, records_rows
from bot.adapters.records import FileFeed, feeds
from bot.conformance.records import Item, Record, Shape, Trouble
from bot.errors import InputError


def read(path: Path, content: bytes | str) -> list[Item]:
    """The items of a file of this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (feed,) = feeds([path])
    return list(feed.items())


def values(items: list[Item]) -> list[dict[str, object]]:
    return [each.value for each in items if isinstance(each, Record)]


def troubles(items: list[Item]) -> list[str]:
    return [each.what for each in items if isinstance(each, Trouble)]


# JSON.


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ('[{"id": 1}, {"id": 2}]', Shape.DOCUMENT),
        ('  [\n{"id":1},{"id":2}\n]\n ', Shape.DOCUMENT),
        ('\ufeff[{"id": 1}, {"id": 2}]', Shape.DOCUMENT),
        ('{"total_items": 2, "contents": [{"id": 1}, {"id": 2}]}', Shape.ITEM),
        ('{"content": [{"id": 1}, {"id": 2}], "number": 1, "empty": false}', Shape.ITEM),
    ],
)
def test_an_array_and_a_page_hold_records(tmp_path: Path, text: str, shape: Shape) -> None:
    items = read(tmp_path / "services.json", text)
    assert values(items) == [{"id": 1}, {"id": 2}]
    assert {each.shape for each in items if isinstance(each, Record)} == {shape}
    assert troubles(items) == []


def test_a_page_has_its_records_where_the_profile_says(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"total": 1, "items": [{"id": 1}], "contents": [{"id": 2}]}')
    (feed,) = feeds([tmp_path / "x.json"])
    assert values(list(feed.items(frozenset({"items"})))) == [{"id": 1}]
    assert values(list(feed.items(frozenset()))) == [{"total": 1, "items": [{"id": 1}], "contents": [{"id": 2}]}]


def test_an_object_is_one_record(tmp_path: Path) -> None:
    items = read(tmp_path / "service.json", '{"id": 1, "phones": [{"number": "1"}], "contents": "nothing", "a": {}}')
    assert values(items) == [{"id": 1, "phones": [{"number": "1"}], "contents": "nothing", "a": {}}]


@pytest.mark.parametrize("text", ["[]", '{"contents": []}', " [ ] "])
def test_a_list_without_records_holds_none(tmp_path: Path, text: str) -> None:
    assert read(tmp_path / "x.json", text) == []


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64])
def test_records_are_the_same_wherever_the_text_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(records_json, "CHUNK", chunk)
    given = [{"id": 12, "text": 'é " \\ \n 😀', "n": -1.5e3, "deep": [{"x": [None, True]}]}, {"id": 123}, {}]
    for ascii_ in (True, False):
        assert values(read(tmp_path / "a.json", json.dumps(given, ensure_ascii=ascii_))) == given
        page = json.dumps({"total": 123, "contents": given, "last": True}, ensure_ascii=ascii_)
        assert values(read(tmp_path / "b.json", page)) == given


@pytest.mark.parametrize(
    ("text", "before", "said"),
    [
        ("", 0, "an empty file"),
        ("   ", 0, "an empty file"),
        ("5", 0, "neither an object nor an array of them"),
        ("hello", 0, "neither an object nor an array of them"),
        ('[{"id": 1}, {"id": 2}', 2, "the file ends in the middle of the JSON"),
        ('[{"id": 1}, {"id": ', 1, "the file ends in the middle of the JSON, or this is not JSON"),
        ('[{"id": 1} {"id": 2}]', 1, "this is not JSON"),
        ('[{"id": 1}, oops]', 1, "the file ends in the middle of the JSON, or this is not JSON"),
        ('[{"id": 1}, ]', 1, "the file ends in the middle of the JSON, or this is not JSON"),
        ('{"id": 1}{"id": 2} oops', 2, "more follows after the end of the JSON"),
        ('{"id": 1}\n{"id": 2\n', 1, "the file ends in the middle of the JSON"),
        ("{'id': 1}", 0, "this is not JSON"),
        ('{"id" 1}', 0, "this is not JSON"),
    ],
)
def test_what_is_no_json_is_said_and_what_came_before_is_kept(
    tmp_path: Path, text: str, before: int, said: str
) -> None:
    items = read(tmp_path / "x.json", text)
    assert len(values(items)) == before
    assert troubles(items) == [said]


@pytest.mark.parametrize(
    "text", ['{"id": 1}{"id": 2}', '{"id": 1}\n{"id": 2}\n', '[{"id": 1}]\n{"contents": [{"id": 2}], "total": 1}']
)
def test_what_stands_one_after_the_other_is_read_as_in_json_lines(tmp_path: Path, text: str) -> None:
    items = read(tmp_path / "x.json", text)
    assert (values(items), troubles(items)) == ([{"id": 1}, {"id": 2}], [])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("NaN", "NaN is no number of JSON"),
        ("-Infinity", "-Infinity is no number of JSON"),
        ("[-1e999]", "a number is too large to be exchanged"),
        ("9" * 5000, "a number is too long to be exchanged"),
        (r'"\ud800"', "a record holds half a character"),
        (r'{"\uDFFF x": 1}', "a record holds half a character"),
        (r'"\ude00\ud83d"', "a record holds half a character"),
    ],
)
def test_what_cannot_be_exchanged_costs_the_record_it_stands_in(tmp_path: Path, value: str, said: str) -> None:
    record = f'{{"id": {value}}}'
    for form in (f'[{{"id": 1}}, {record}, {{"id": 2}}]', f'{{"contents": [{{"id": 1}}, {record}, {{"id": 2}}]}}'):
        items = read(tmp_path / "x.json", form)
        assert (values(items), troubles(items)) == ([{"id": 1}, {"id": 2}], [said])
    assert troubles(read(tmp_path / "x.json", record)) == [said]
    lines = read(tmp_path / "x.jsonl", f'{{"id": 1}}\n{record}\n{{"id": 2}}\n')
    assert (values(lines), troubles(lines)) == ([{"id": 1}, {"id": 2}], [said])


def test_half_a_character_in_a_key_is_seen_and_a_whole_one_is_none(tmp_path: Path) -> None:
    assert troubles(read(tmp_path / "x.json", r'{"\ud800": 1}')) == ["a record holds half a character"]
    assert values(read(tmp_path / "x.json", r'{"\ud83d\ude00": "\\ud800"}')) == [{"😀": r"\ud800"}]


@pytest.mark.parametrize("text", ['{"id": 1, "id": 2}', '[{"id": 2, "a": {"b": 1, "b": 2}}]'])
def test_a_key_that_stands_twice_is_said_and_the_record_is_kept(tmp_path: Path, text: str) -> None:
    for name, content in (("x.json", text), ("x.jsonl", text.strip("[]"))):
        items = read(tmp_path / name, content)
        assert [each["id"] for each in values(items)] == [2]
        assert troubles(items) == ["a key stands twice in a record, of which the last was taken"]


def test_keys_count_into_the_length_of_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_json, "MOST_CHARACTERS", 10_000)
    for keys in ({f"{at:0200}": 1 for at in range(60)}, {f"{at}": 1 for at in range(320)}):
        assert troubles(read(tmp_path / "x.json", json.dumps(keys))) == ["a record is too long"]


def test_an_item_that_is_no_object_is_said_and_the_others_are_kept(tmp_path: Path) -> None:
    items = read(tmp_path / "x.json", '[{"id": 1}, 5, null, [], {"id": 2}]')
    assert values(items) == [{"id": 1}, {"id": 2}]
    assert troubles(items) == ["a record is not an object"] * 3


@pytest.mark.parametrize("depth", [101, 5_000, 200_000])
def test_deep_nesting_is_refused(tmp_path: Path, depth: int) -> None:
    items = read(tmp_path / "x.json", '[{"id": 1}, {"a": ' + "[" * depth + "]" * depth + "}]")
    assert values(items) == [{"id": 1}]
    assert troubles(items) == ["a record is nested more than 100 deep"]
    line = read(tmp_path / "x.jsonl", '{"a": ' + "[" * depth + "]" * depth + '}\n{"id": 1}')
    assert (values(line), troubles(line)) == ([{"id": 1}], ["a record is nested more than 100 deep"])


def test_bad_utf_8_ends_a_json_file_and_only_a_line_of_json_lines(tmp_path: Path) -> None:
    items = read(tmp_path / "x.json", b'[{"id": 1}, {"id": "\xff"}]')
    assert troubles(items) == ["not UTF-8"]
    lines = read(tmp_path / "x.jsonl", b'{"id": 1}\n{"id": "\xff"}\n{"id": 2}')
    assert (values(lines), troubles(lines)) == ([{"id": 1}, {"id": 2}], ["a line is not UTF-8"])


def test_a_record_longer_than_any_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_json, "MOST_CHARACTERS", 1_000)
    monkeypatch.setattr(records_json, "CHUNK", 100)
    long = json.dumps({"a": "x" * 5_000})
    assert troubles(read(tmp_path / "x.json", f"[{long}]")) == ["this is not JSON, or a record is too long"]
    assert troubles(read(tmp_path / "x.json", long)) == ["this is not JSON, or a record is too long"]
    many = json.dumps({f"k{at}": "x" * 500 for at in range(10)})
    assert troubles(read(tmp_path / "x.json", many)) == ["a record is too long"]
    items = read(tmp_path / "x.jsonl", f'{{"id": 1}}\n{long}\n{{"id": 2}}\n')
    assert (values(items), troubles(items)) == ([{"id": 1}, {"id": 2}], ["a line is too long"])
    assert [each.place for each in items if isinstance(each, Trouble)] == ["line 2"]


def test_a_page_of_many_records_is_not_one_long_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_json, "MOST_CHARACTERS", 1_000)
    given = [{"id": at} for at in range(1_000)]
    items = read(tmp_path / "x.json", json.dumps({"contents": given, "total": 1_000}))
    assert (len(values(items)), troubles(items)) == (1_000, [])


def test_json_lines_go_on_after_a_line_that_is_none(tmp_path: Path) -> None:
    items = read(tmp_path / "x.jsonl", '\ufeff{"id": 1}\n\n{oops\n5\n{"n": NaN}\n{"id": 2}\r\n')
    assert values(items) == [{"id": 1}, {"id": 2}]
    assert troubles(items) == ["a line is not JSON", "a record is not an object", "NaN is no number of JSON"]


# CSV.


def test_rows_are_texts_by_column(tmp_path: Path) -> None:
    (item,) = read(tmp_path / "phones.csv", '\ufeffid,number\r\n1,"0,8 ""00"""\r\n')
    assert item == Record({"id": "1", "number": '0,8 "00"'}, "phones.csv", "phones.csv", Shape.ROW)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_first_line_tells_what_sets_cells_apart(tmp_path: Path, delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["id", "name", "url"], ["1", "a,b;c", ""]])
    assert values(read(tmp_path / "x.csv", text.getvalue())) == [{"id": "1", "name": "a,b;c", "url": ""}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_spreadsheet_may_say_what_sets_cells_apart(tmp_path: Path, delimiter: str) -> None:
    # Those that do not stand more often in the first line.
    others = "".join(each for each in ",;\t|" if each != delimiter)
    text = f"\ufeffsep={delimiter}\r\nid{delimiter}a{others * 2}b\r\n1{delimiter}2\r\n"
    assert values(read(tmp_path / "x.csv", text)) == [{"id": "1", f"a{others * 2}b": "2"}]


def test_a_damaged_row_is_said_and_the_others_are_kept(tmp_path: Path) -> None:
    damaged = b'id,name\n1,a\n2\n3,c,d\n4,\x00\n5,\xff\n6,"x"y\n\n7,g\n8,' + b"x" * 200_000 + b"\n9,i\n"
    items = read(tmp_path / "x.csv", damaged)
    assert [each["id"] for each in values(items)] == ["1", "7", "9"]
    assert troubles(items) == [
        "a row has more or fewer cells than there are columns",
        "a row has more or fewer cells than there are columns",
        "a row holds NUL characters",
        "a row is not UTF-8",
        "a row is not CSV",
        "a row is not CSV",
    ]


def test_a_line_of_a_table_longer_than_any_is_left_out(tmp_path: Path) -> None:
    items = read(tmp_path / "x.csv", b"id,name\n1," + b"x" * 2_000_000 + b"\n2,b\n")
    assert [each["id"] for each in values(items)] == ["2"]
    assert troubles(items) == ["a line is too long"]


def test_a_quote_that_nobody_closes_does_not_take_the_file_along(tmp_path: Path) -> None:
    rows = "\n".join(f"{at},{'y' * 100}" for at in range(5_000))
    items = read(tmp_path / "x.csv", f'id,name\n1,"open\n{rows}\n')
    assert len(values(items)) == 5_000
    assert [each for each in items if isinstance(each, Trouble)] == [
        Trouble("a row is not CSV", "x.csv", "line 2", "the row")
    ]


@pytest.mark.parametrize("later", ["", '7,"a, b"\n', '7,"a ""b"" c"\n8,z\n'])
def test_a_quote_that_nobody_closes_costs_its_line(tmp_path: Path, later: str) -> None:
    rows = "".join(f"{at},y\n" for at in range(1, 30))
    items = read(tmp_path / "x.csv", f'id,name\n1,"two\nlines"\n2,"open\n{rows}{later}')
    assert len(values(items)) == 30 + later.count("\n")
    assert [each.place for each in items if isinstance(each, Trouble)] == ["line 4"]


def test_quotes_made_to_take_long_are_given_up_with_the_lines_they_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_rows, "LONGEST", 100)
    items = read(tmp_path / "x.csv", "id,name\n" + 'a","b\n' * 2_000 + "1,c\n")
    places = [each.place for each in items if isinstance(each, Trouble)]
    assert places[:2] == ["line 2", "line 3"]
    assert places[100] == "lines 102 to 118"
    assert len(places) < 250
    lost = [each.lost for each in items if isinstance(each, Trouble)]
    assert lost[99:101] == ["the row", "these lines"]


def test_tables_are_read_as_they_are_met(tmp_path: Path) -> None:
    expected = [{"id": "1", "name, all": "a"}, {"id": "2", "name, all": "b"}]
    for text in (
        'id;"name, all"\n1;a\n2;b\n',
        '\ufeff\n  \r\nid;"name, all"\n1;a\n2;b\n',
        'id;"name, all"\r1;a\r2;b',
        'id;"name, all";;\n1;a;;\n2;b; ;\n',
        'id;"name, all";\n1;a\n2;b;\n',
    ):
        items = read(tmp_path / "x.csv", text)
        assert (values(items), troubles(items)) == (expected, [])
    items = read(tmp_path / "x.csv", "id,name,,\n1,a,,what\n2,b,\n3,c,,,\n")
    assert [each["id"] for each in values(items)] == ["2"]
    assert troubles(items) == ["a row has more or fewer cells than there are columns"] * 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a table without a first line that names its columns"),
        ("\n\n", "a table without a first line that names its columns"),
        (",,\n1,2,3", "a table without a first line that names its columns"),
        ("id,id\n1,2", "two columns have the same name, so that nobody can say which is meant"),
    ],
)
def test_a_table_whose_columns_cannot_be_told_is_not_read(tmp_path: Path, text: str, said: str) -> None:
    assert troubles(read(tmp_path / "x.csv", text)) == [said]


def test_a_data_package_says_how_its_tables_are_written(tmp_path: Path) -> None:
    package = {
        "resources": [
            {"name": "phone", "path": "data/p.csv", "dialect": {"delimiter": ";"}, "schema": {"missingValues": ["-"]}},
            {"name": "gone", "path": "gone.csv"},
            {"name": "out", "path": "../secret.csv"},
            {"name": "far", "path": "https://example.org/x.csv"},
            5,
        ]
    }
    (tmp_path / "secret.csv").write_text("id\n1\n")
    directory = tmp_path / "package"
    (directory / "data").mkdir(parents=True)
    (directory / "datapackage.json").write_text(json.dumps(package))
    (directory / "data" / "p.csv").write_text("id;number\n1;-\n")
    for path in (directory, directory / "datapackage.json"):
        (feed,) = feeds([path])
        items = list(feed.items())
        assert [each for each in items if isinstance(each, Record)] == [
            Record({"id": "1", "number": ""}, "data/p.csv", "phone", Shape.ROW)
        ]
        missing = [each.file for each in items if isinstance(each, Trouble)]
        assert missing == ["gone.csv"]


def test_a_data_package_that_cannot_be_read_leaves_its_tables(tmp_path: Path) -> None:
    for content in ("{", "[]", '{"resources": 5}'):
        (tmp_path / "datapackage.json").write_text(content)
        (tmp_path / "phones.csv").write_text("id\n1\n")
        items = list(feeds([tmp_path])[0].items())
        assert len(values(items)) == 1
        assert "data package" in troubles(items)[0]


# Feeds.


def test_each_entry_of_a_directory_is_a_feed(tmp_path: Path) -> None:
    (tmp_path / "leeds").mkdir()
    (tmp_path / "leeds" / "services.json").write_text('[{"id": 1}]')
    (tmp_path / "york.jsonl").write_text('{"id": 2}\n')
    (tmp_path / ".hidden").write_text("x")
    found = feeds([tmp_path])
    assert [feed.name for feed in found] == ["leeds", "york.jsonl"]
    assert [values(list(feed.items())) for feed in found] == [[{"id": 1}], [{"id": 2}]]


def test_a_directory_of_tables_alone_is_one_feed(tmp_path: Path) -> None:
    for name in ("services", "phones"):
        (tmp_path / f"{name}.csv").write_text("id\n1\n")
    (feed,) = feeds([tmp_path])
    assert len(values(list(feed.items()))) == 2


def test_feeds_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name / "feed").mkdir(parents=True)
    names = [feed.name for feed in feeds([tmp_path / "a", tmp_path / "b"])]
    assert names == ["a/feed", "b/feed"]


def test_links_pipes_and_other_files_are_said_and_never_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"id": "secret"}')
    directory = tmp_path / "feeds" / "one"
    directory.mkdir(parents=True)
    (directory / "link.json").symlink_to(secret)
    (directory / "loop").symlink_to(directory)
    os.mkfifo(directory / "pipe.json")
    (directory / "old.json.gz").write_bytes(b"\x1f\x8b")
    (directory / "readme.txt").write_text("hello")
    (tmp_path / "feeds" / "two.json").symlink_to(secret)
    items = [item for feed in feeds([tmp_path / "feeds"]) for item in feed.items()]
    assert values(items) == []
    assert sorted(troubles(items)) == [
        "a compressed file: unpack it first",
        "a symbolic link, which could lead anywhere",
        "a symbolic link, which could lead anywhere",
        "a symbolic link, which could lead anywhere",
        "neither JSON, JSON Lines nor CSV",
        "not an ordinary file",
    ]


@pytest.mark.parametrize("name", ["services.json", "services.jsonl", "services.csv"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(b'{"id": 1}'), "a compressed file: unpack it first"),
        (b"PK\x03\x04rest", "a compressed file: unpack it first"),
        ('{"id": 1}'.encode("utf-16"), "a file in UTF-16: save it as UTF-8 first"),
        ('{"id": 1}'.encode("utf-16-le"), "a file in UTF-16: save it as UTF-8 first"),
        ('{"id": 1}'.encode("utf-16-be"), "a file in UTF-16: save it as UTF-8 first"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_called_what_it_is(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    assert read(tmp_path / name, content) == [Trouble(said, name, lost="the whole file")]


def test_directories_too_deep_to_be_looked_into_are_said(tmp_path: Path) -> None:
    deep = tmp_path.joinpath("feed", *["d"] * 25)
    deep.mkdir(parents=True)
    (deep / "x.json").write_text("{}")
    (feed,) = feeds([tmp_path])
    (trouble,) = feed.items()
    assert isinstance(trouble, Trouble)
    assert (trouble.what, trouble.lost) == ("a directory more than 20 deep", "what is in it")


def test_a_file_that_grows_while_it_is_read_has_an_end(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"id": 1}\n' * 20_000)
    (feed,) = feeds([file])
    number = 0
    with file.open("a") as more:
        for number, _ in enumerate(feed.items(), start=1):
            print('{"id": 2}', file=more, flush=number % 1_000 == 0)
    assert number == 20_000


def test_a_file_that_is_gone_meanwhile_is_said(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}")
    (feed,) = feeds([file])
    file.unlink()
    assert troubles(list(feed.items())) == ["a file cannot be opened (No such file or directory)"]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"):
        feeds([tmp_path / "gone"])


def test_a_feed_knows_how_much_of_it_was_read(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"id": 1}\n' * 50_000)
    feed = FileFeed("x", file)
    seen: list[int] = []
    for _ in feed.items():
        if len(seen) < 3 and feed.done not in seen:
            seen.append(feed.done)
    assert feed.done == feed.size == 500_000
    assert seen == sorted(seen)
    assert seen[0] < 500_000
