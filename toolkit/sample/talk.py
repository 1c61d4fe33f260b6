"""What people write to Nordlicht Kaffee in the days before `now`. Everybody here is invented, and so is their coffee."""

from __future__ import annotations

from typing import Final

from toolkit.model import MessageKind
from toolkit.values import dataclass

COMMENT, MENTION, DIRECT = MessageKind.COMMENT, MessageKind.MENTION, MessageKind.DIRECT


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said so many hours before now; `ours` by the house itself."""

    hours: float
    text: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation: on which account, with whom, below which post (a word of its title), and what was said, the oldest first."""

    key: str
    account: str
    kind: MessageKind
    handle: str
    name: str
    lines: tuple[Line, ...]
    post: str = ""
    subject: str = ""
    language: str = "de"
    reach: int | None = None


def _one(hours: float, text: str) -> tuple[Line, ...]:
    return (Line(hours, text),)


TALKS: Final[tuple[Talk, ...]] = (
    Talk("scald", "mastodon", COMMENT, "@heike_amrum@insel.example", "Heike", _one(0.2,
        "Mir ist heute früh beim Einschenken der Griff eurer Glaskanne abgegangen, und ich habe mir die Hand verbrüht. "
        "Auf dem Boden steht GK-26-09. Was mache ich jetzt?"), post="Produkthinweis", reach=310),
    Talk("rumour", "mastodon", MENTION, "@kaffeeforum_nord@kaffee.example", "Kaffeeforum Nord", _one(0.7,
        "Bei uns fragen mehrere: Gilt der Rückruf von Nordlicht jetzt auch für den Winterröster, oder ist das ein Gerücht? "
        "Kann @nordlicht das bitte klarstellen?"), reach=5400),
    Talk("recall", "bluesky", COMMENT, "jonte.bsky.example", "Jonte K.", _one(0.5,
        "Gilt der Rückruf der Glaskanne auch für meine? Gekauft im August, auf dem Boden steht GK-26-07."), post="Produkthinweis", reach=88),
    Talk("press", "newsletter", DIRECT, "a.petersen-wulff@foerdezeitung.example", "Annika Petersen-Wulff, Fördezeitung", _one(2.1,
        "Guten Tag,\n\nich bin Redakteurin der Fördezeitung und recherchiere für einen Artikel über kleine Röstereien und den "
        "Preis von Rohkaffee. Wer kann mir bis Dienstag, 15 Uhr, drei Fragen dazu beantworten, gern am Telefon?\n\n"
        "Mit freundlichen Grüßen\nAnnika Petersen-Wulff"), subject="Anfrage: Rohkaffee und kleine Röstereien"),
    Talk("birthday", "mastodon", DIRECT, "@bosse@familie.example", "Bosse", _one(3.4,
        "Moin, meine Bestellung vom 12. November ist noch nicht da, und die Sendungsverfolgung sagt seit fünf Tagen nichts Neues. "
        "Das war ein Geburtstagsgeschenk, der Geburtstag war gestern. Ich bin ziemlich enttäuscht.")),
    Talk("nuts", "bluesky", COMMENT, "runa-und-die-kinder.bsky.example", "Runa Holm", _one(3.9,
        "Ist in der Sorte mit Haselnuss wirklich Nuss drin? Mein Sohn hat eine Allergie, und ich finde die Zutaten nicht."), post="Windstille", reach=420),
    Talk("air", "mastodon", COMMENT, "@uwe_packt_aus@werkstatt.example", "Uwe packt aus", (
        Line(27, "Schöner Karton, ist auch Kaffee drin? Zwei Tüten, dazu so viel Müll, dass ich zweimal zur Tonne musste."),
        Line(25.5, "Erwischt. Die flachen Kartons waren leer, und wir hätten warten sollen. Die Versandkosten bekommst du zurück. Mai", ours=True),
        Line(1.2, "Das ist wenigstens eine ehrliche Antwort. Und wann kommt das Geld?")), post="Zu viel Luft", reach=1260),
    Talk("norway", "bluesky-en", COMMENT, "sleepless-in-bergen.bsky.example", "Ingrid", _one(1.6,
        "Do you ship to Norway? Asking for a very tired friend. (It's me. I'm the friend.)"), post="Decaf", language="en", reach=540),
    Talk("torn", "bluesky-en", MENTION, "mcallister.bsky.example", "Rory McAllister", _one(5.2,
        "Second parcel in a row that arrived with a torn bag. Half of my order is now in the box instead of the bag. Could somebody have a look, please?"),
        language="en", reach=2100),
    Talk("grind", "mastodon", COMMENT, "@wanja@herd.example", "Wanja", _one(2.2,
        "Welchen Mahlgrad nehme ich für den Herdkocher? Mit der Windstille wird es bei mir immer bitter."), post="Windstille", reach=64),
    Talk("office", "linkedin", COMMENT, "maximiliane-freifrau-von-wackerbarth-sonnenschein", "Maximiliane Freifrau von Wackerbarth-Sonnenschein", _one(21,
        "Wir suchen für unsere Geschäftsstellen mit insgesamt 140 Kolleginnen und Kollegen einen Partner für Bürokaffee. Haben Sie für Ihre Tassen eine "
        "Konformitätserklärung nach der Lebensmittelbedarfsgegenständeverordnung, und an wen wende ich mich?"), post="hundert Haushalte"),
    Talk("cancel", "instagram", MENTION, "fernweh_und_filter", "Lotta", _one(19,
        "Wie kann ich mein Abo kündigen? Ich suche seit zehn Minuten den Knopf."), reach=980),
    Talk("parcel", "instagram", MENTION, "kuechenkapitaen", "Hannes", (
        Line(24, "Wo bleibt mein Paket? Bestellt am Montag."),
        Line(20, "Das soll nicht so lange dauern, Hannes. Schreib uns kurz privat, dann sehen wir nach, wo es steckt. Ole", ours=True)),
        reach=130),
    Talk("origin", "x", MENTION, "@faktenzumfruehstueck", "Fakten zum Frühstück", _one(8.5,
        "Jede zweite Rösterei verspricht „fair“ und schweigt zur Kinderarbeit. @nordlichtkaffee, woher kommt euer Kaffee, und wer prüft das?"), reach=18400),
    Talk("price", "instagram", MENTION, "espresso_ernst", "Ernst", _one(23,
        "Früher war der billiger. 10,90 € für 250 g ist Abzocke."), reach=77),
    Talk("cat", "mastodon", COMMENT, "@strandhafer@duene.example", "Strandhafer", _one(6.3,
        "Vier Sekunden Nordlicht haben meinen Vormittag gerettet. Danke!"), post="Vier Sekunden", reach=240),
    Talk("evening", "mastodon", COMMENT, "@fiete_liest@buch.example", "Fiete", (
        Line(49, "Ist beim Probierabend im Dezember noch Platz für drei? Eine von uns trinkt nur Entkoffeinierten."),
        Line(46, "Drei Plätze sind reserviert, Fiete, und Windstille steht auf dem Tisch. Bis dann! Ole", ours=True),
        Line(45.5, "Großartig, danke!")), post="Elf Fremde", reach=35),
    Talk("polar", "bluesky", COMMENT, "nachteule.bsky.example", "Nachteule", _one(52,
        "Wann gibt es die Polarnacht wieder in 1 kg?"), post="Vier Fragen", reach=19),
    Talk("letter", "newsletter", DIRECT, "gudrun.ohlsen@post.example", "Gudrun Ohlsen", _one(26,
        "Liebe Leute,\n\nder Brief war wieder schön. Aber die Bilder lädt mein Programm nicht, und unter dem zweiten steht nicht, was darauf ist. "
        "Könnt ihr das beim nächsten Mal dazuschreiben?\n\nHerzlich\nGudrun Ohlsen"), subject="Re: Frisch geröstet: November"),
    Talk("job", "linkedin", DIRECT, "emre-y-lagerlogistik", "Emre Y.", _one(28,
        "Guten Tag, ich habe gehört, dass Sie eine Röstassistenz suchen. Kann ich mich auch ohne Ausbildung im Lebensmittelhandwerk bewerben?")),
    Talk("decaf", "bluesky-en", COMMENT, "quiet-mornings.bsky.example", "Quiet Mornings", _one(30,
        "Finally a decaf that doesn't apologise. Lovely stuff, thank you."), post="Decaf", language="en", reach=760),
    Talk("switch", "mastodon", COMMENT, "@tine@deich.example", "Tine", (
        Line(33, "Kann ich die Sorte noch für Montag wechseln?"),
        Line(31, "Ja, bis Montag 12 Uhr, in deinem Konto unter „Nächste Tüte“. Mai", ours=True)), post="Vier Fragen", reach=51),
    Talk("grandpa", "bluesky", COMMENT, "werkzeugkasten.bsky.example", "Opas Werkzeugkasten", _one(29,
        "„Opas Werkzeugkasten, aber nett“ wird mein neuer Anzeigename."), post="Vier Sekunden", reach=1500),
)  # fmt: skip
