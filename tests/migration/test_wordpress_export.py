"""A file that a real WordPress exports, read back: its states, moments, tags, cover and texts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.servers.wordpress import WordPress
from toolkit.migration.archive import Reading, State
from toolkit.migration.tools import TOOLS

pytestmark = [pytest.mark.wordpress, pytest.mark.server]

# In a zone of its own, so that wall time and UTC differ.
POSTS = """
update_option('timezone_string', 'Europe/Berlin');
function post($title, $more) {
  return wp_insert_post(array_merge(array('post_title' => $title, 'post_author' => 1, 'post_status' => 'publish',
    'post_date' => '2026-02-03 10:00:00', 'post_content' => '<!-- wp:paragraph --><p>Hallo <strong>Welt</strong> &amp; *alle*</p><!-- /wp:paragraph -->'), $more));
}
$out = post('Draußen & drinnen', array('tags_input' => array('Kaffee', 'Ernte & Kultur')));
$cover = wp_insert_attachment(array('post_title' => 'Tasse', 'post_mime_type' => 'image/jpeg', 'post_status' => 'inherit',
  'guid' => 'http://blog.example/wp-content/uploads/tasse.jpg'), '2026/02/tasse.jpg', $out);
update_post_meta($cover, '_wp_attachment_image_alt', 'Eine Tasse');
set_post_thumbnail($out, $cover);
post('Bald', array('post_status' => 'future', 'post_date' => '2099-02-03 10:00:00', 'post_date_gmt' => '2099-02-03 09:00:00'));
post('Entwurf', array('post_status' => 'draft', 'post_content' => "Eins\\n\\nZwei ]]> drei"));
post('Geheim', array('post_password' => 'x'));
post('Privat', array('post_status' => 'private'));
post('Seite', array('post_type' => 'page'));
wp_trash_post(post('Weg', array()));
"""
EXPORT = "require_once ABSPATH . 'wp-admin/includes/export.php'; export_wp(array('content' => 'all'));"


def test_what_wordpress_exports_is_read(wordpress: WordPress, tmp_path: Path) -> None:
    """Every state becomes ours, moments are UTC, what no post is is counted; nothing is a problem."""
    wordpress.php(POSTS)
    path = tmp_path / "export.xml"
    path.write_text(wordpress.php(EXPORT), encoding="utf-8")
    archive = TOOLS["wordpress"].read([path], Reading("UTC", datetime(2026, 11, 21, tzinfo=UTC)))
    found = {item.title: item for item in archive.items}
    assert archive.problems == ()
    assert {title: item.sendings[0].state for title, item in found.items() if title != "Hello world!"} == {
        "Draußen & drinnen": State.PUBLISHED,
        "Bald": State.PLANNED,
        "Entwurf": State.DRAFT,
        "Geheim": State.DRAFT,
        "Privat": State.DRAFT,
    }
    out = found["Draußen & drinnen"]
    assert out.at == datetime(2026, 2, 3, 9, tzinfo=UTC)
    assert sorted(out.labels) == ["Ernte & Kultur", "Kaffee"]
    assert out.sendings[0].parts == ("Hallo **Welt** & \\*alle\\*",)
    assert out.sendings[0].url.startswith(wordpress.url)
    assert [medium.alt for medium in out.media] == ["Eine Tasse"]
    assert found["Entwurf"].sendings[0].parts == ("Eins\n\nZwei \\]\\]> drei",)
    assert any("1 in the bin stay there" in change.said for change in archive.changes)
    assert any("of the kind page" in change.said for change in archive.changes)
    assert archive.channels[0].handle == wordpress.url
