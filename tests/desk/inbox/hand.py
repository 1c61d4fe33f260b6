"""Somebody at a desk that runs: over real HTTP, with the forms that its pages have, filled in and sent as browsers do."""

from __future__ import annotations

from typing import Final, Self

import httpx
from lxml import html

from tests.desk.serving_desk import Served

PATIENCE: Final = 60.0  # seconds; the machine may be busy


class Hand:
    """One person's browser. Use it in a `with`."""

    def __init__(self, desk: Served, person: str) -> None:
        self.line = httpx.Client(
            base_url=desk.url, headers={"accept-language": "en"}, timeout=PATIENCE, follow_redirects=True
        )
        self.own = {"origin": desk.url, "sec-fetch-site": "same-origin"}
        link = desk.link(person).removeprefix(desk.url)
        self._send(link, self.line.get(link), "/login/", {}, {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.line.close()

    def read(self, path: str) -> str:
        """The words of a page."""
        answer = self.line.get(path)
        assert answer.status_code == 200, answer.text
        return " ".join(html.fromstring(answer.text).text_content().split())

    def press(self, path: str, form: str, *, button: tuple[str, str] = ("", ""), **fields: str) -> tuple[int, str]:
        """Fill in the form of a page whose address ends so, press its button; the answer's status and words."""
        return self._send(path, self.line.get(path), form, fields, dict([button] if button[0] else []))

    def _send(
        self, path: str, page: httpx.Response, ending: str, fields: dict[str, str], button: dict[str, str]
    ) -> tuple[int, str]:
        assert page.status_code == 200, page.text
        forms = html.fromstring(page.text).forms
        (form,) = [one for one in forms if one.method == "POST" and ending in (one.action or path)][:1]
        data = {name: value for name, value in form.form_values() if isinstance(value, str)}
        assert fields.keys() <= set(form.fields), (fields, list(form.fields))
        answer = self.line.post(form.action or path, data=data | fields | button, headers=self.own)
        return answer.status_code, " ".join(html.fromstring(answer.text).text_content().split())
