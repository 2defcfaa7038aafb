from __future__ import annotations

from bot.compat.confirming import Confirmer
from bot.render.markdown import document
from tests.standard.test_loading import FILES, PROFILE
from tests.worlds import checked, entity

NUMBER = {"number": {"profiles": {"small": "must", "tiny": "must", "big": "must"}}}
BASE = {
    **FILES,
    "schema/phone.json": entity("phone", NUMBER),
    "schema/profiles/big/profile.yml": PROFILE.replace(b"small", b"big").replace(b"Small", b"Big"),
}
OF_TINY = {
    "schema/profiles/tiny/profile.yml": PROFILE.replace(b"id: small", b"id: tiny").replace(b"add: [phone], ", b""),
    "schema/profiles/tiny/service.json": {"title": "Service"},
}


def test_a_profile_that_was_given_another_id_is_not_both_affected_and_not(confirmer: Confirmer) -> None:
    head = {path: each for path, each in BASE.items() if "profiles/small" not in path}
    report = checked(confirmer, BASE, {**head, **OF_TINY})
    assert [each.title for each in report.profiles] == ["Big", "Small (tiny)", "Small (small)"]
    assert "Publishers of Small (small)" in document(report)
    assert "Publishers of Small." not in document(report)


def test_a_title_that_one_profile_has_stays_as_it_is(confirmer: Confirmer) -> None:
    other = {
        path: each.replace(b"Small", b"Tiny") if isinstance(each, bytes) else each for path, each in OF_TINY.items()
    }
    report = checked(confirmer, BASE, {**BASE, **other})
    assert [each.title for each in report.profiles] == ["Big", "Small", "Tiny"]
