"""The MkDocs plugin: hands the generated pages to MkDocs. A composition root, so it makes the clock.

The smallest mkdocs.yml that works, beside a leitstand.toml::

    site_name: Nordlicht Kaffee
    docs_dir: guidelines
    theme: material
    plugins: [search, leitstand]

Everything else (language, light and dark scheme, features, navigation, style sheet) is filled in unless the file says it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import ChoiceLoader, DictLoader, Environment, TemplateNotFound
from mkdocs.commands.build import get_context
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext
from mkdocs.utils.yaml import yaml_load

from toolkit.errors import LeitstandError
from toolkit.findings.cache import CACHE
from toolkit.garbage import leave, settle, stop, without_collection
from toolkit.messages import speak, surroundings
from toolkit.model import Clock
from toolkit.pages.build.appearance import AS_OF, EXTENSIONS, as_of, footer_line, theme_defaults, undated_footer
from toolkit.pages.build.conversions import Conversions
from toolkit.pages.build.discovery import name_feeds
from toolkit.pages.build.early import Kind, Known, kind_of
from toolkit.pages.build.finished import TEMPLATE, Finished, is_ours_alone
from toolkit.pages.build.languages import NAMES, alternates, lead_home, lead_over
from toolkit.pages.build.missing import say_missing
from toolkit.pages.build.navigation import make_navigation
from toolkit.pages.build.output import Output
from toolkit.pages.build.placing import place_theme, placed
from toolkit.pages.build.policy import escaped, protect, stay
from toolkit.pages.build.repairs import repair
from toolkit.pages.build.search.box import PARTIAL, search_box
from toolkit.pages.build.search.documents import made_once, read_moved, read_pages
from toolkit.pages.build.search.reports import read_reports
from toolkit.pages.build.search.writing import add_search
from toolkit.pages.build.shell import CONTENT, EDIT, TITLE, Shell, cut, place
from toolkit.pages.build.theme import quicken
from toolkit.pages.clocks import choose_clock
from toolkit.pages.gather import Sources, gather
from toolkit.pages.handbook.files import FOLDER
from toolkit.pages.kept import digest
from toolkit.pages.markup import Html, div
from toolkit.pages.media import Copied
from toolkit.pages.page import Content, Moved, Page
from toolkit.pages.rendering import render_site
from toolkit.pages.script import SCRIPT_PATH
from toolkit.pages.stylesheet import STYLE_PATH
from toolkit.pages.tables import wrap_tables
from toolkit.pages.view import HANDBOOK, Site
from toolkit.settings import FILE_NAME, Settings
from toolkit.source import FolderTree
from toolkit.workspace import find_root, load_settings, load_workspace, state_dir

WATCHED: Final = ("content", FILE_NAME)


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs is typed only in part
    """Options of the plugin in mkdocs.yml."""

    now = option.Type(str, default="")
    # `partner` builds the site for people outside, such as an agency: without reports, key figures and findings.
    audience = option.Choice(("team", "partner"), default="team")
    # The languages that the site is built in, each into a folder beside the others: site/de, site/en.
    languages = option.ListOfItems(option.Choice(tuple(NAMES)), default=[])


class LeitstandPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds home, calendar, posts, campaigns, channels, reports and problems to the handbook."""

    reloading = False
    ending = False  # whether this is all that the process does
    output: Output

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_kwargs: object) -> None:
        """Know whether ``mkdocs serve`` will write its script for live reload into what it serves, or this is the one build."""
        self.reloading = command == "serve"
        self.ending = not self.reloading
        if self.reloading:
            settle()

    @event_priority(100)  # before search, which takes its language from the theme
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Fill in what mkdocs.yml leaves open, and watch the workspace."""
        if self.ending:
            stop()
        # What is wrong with leitstand.toml has to be said before it can say in which language.
        themed = str(_said_theme(Path(config.config_file_path)).get("language", ""))
        speak(os.environ.get("LEITSTAND_LANG") or themed or surroundings(os.environ))
        self.root, self.settings = _open(Path(config.config_file_path).parent)
        spoken = os.environ.get("LEITSTAND_LANG") or self.settings.interface
        self.language = "de" if spoken.lower().startswith("de") else "en"
        speak(self.language)
        self._fill_theme(config)
        quicken(config.theme, state_dir(self.root, self.settings, os.environ) / "cache/templates")
        for name in EXTENSIONS:
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
        if STYLE_PATH not in config.extra_css:
            config.extra_css.append(STYLE_PATH)
        if SCRIPT_PATH not in map(str, config.extra_javascript):
            config.extra_javascript.append(ExtraScriptValue(SCRIPT_PATH))
        config.extra.setdefault("generator", False)
        if self.config.languages:
            config.extra.setdefault("alternate", alternates(self.config.languages))
        self.now = _clock(self.config.now).now()
        self.dated = not config.copyright
        config.copyright = undated_footer(self.settings, config.copyright or "")
        config.watch.extend(str(self.root / name) for name in WATCHED if (self.root / name).exists())
        return config

    def _fill_theme(self, config: MkDocsConfig) -> None:
        said = _said_theme(Path(config.config_file_path))
        for key, value in theme_defaults(self.language).items():
            if key not in said:
                config.theme[key] = value

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Let MkDocs build in a folder beside, so that of the site only what is new is written."""
        self.site_dir = config.site_dir
        self.output = Output(self.root, Path(config.site_dir))
        config.site_dir = str(self.output.draft)

    def on_build_error(self, **_kwargs: object) -> None:
        """Leave the site as it was."""
        if hasattr(self, "output"):  # else the settings are what is wrong
            self.output.drop()

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Put our pages in the place of the bare handbook files; what mkdocs.yml excludes stays excluded."""
        if is_ours_alone(config):
            place_theme(files, config, self.output)
        made = self._render(config)
        self.paths = frozenset(made)
        self.converted = Conversions(self._kept("pages") / "converted.json", self.given.program, config)
        if Path(config.docs_dir) == self.root / FOLDER:
            for file in [file for file in files if file.src_dir == config.docs_dir and not _is_kept(file, config)]:
                files.remove(file)
                if file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
                    made.pop(f"{HANDBOOK}/{file.src_uri}", None)
        if config.nav is None:
            config.nav = make_navigation(made)
        shown = frozenset(_paths_of(config.nav))
        self.own = {path: page for path, page in made.items() if isinstance(page, Page) and page.make}
        self.bare = {path: made_once(page) for path, page in self.own.items() if path not in shown}
        self.moved = [page for page in made.values() if isinstance(page, Moved)]
        for path, content in {**made, AS_OF: as_of(self.settings, self.now)}.items():
            if isinstance(content, Moved):
                self.output.add(path, digest(repr(content)), content.data)
            elif path not in self.bare:
                files.append(self._file(config, path, content))
        return files

    def on_nav(self, nav: Navigation, **_kwargs: object) -> Navigation:
        """Keep the navigation for the pages that are not in it."""
        self.nav = nav
        return nav

    def on_pre_page(self, page: MkDocsPage, **_kwargs: object) -> MkDocsPage:
        """Let a page that was converted before be."""
        return self.converted.attend(page)

    @event_priority(-100)  # the templates as the other plugins leave them
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Put our search into the theme, leave finished pages, and lay out the pages that are not in the navigation."""
        self.own_search = _offer_search(env)
        self._look_for_finished(env, config, files)
        self.shells: dict[Kind, Shell] = {}
        self.addresses: dict[str, str] = {}
        for path, page in self.bare.items():
            kind = kind_of(path, page)
            if kind not in self.shells:
                with self._standing_at(kind.place):
                    self.shells[kind] = self._shell(env, config, files, kind.model, edited=kind.edited)
            shell, edit = self.shells[kind], quote(page.source)
            file, self.addresses[path] = place(path, directory_urls=config.use_directory_urls)
            self.output.add(file, shell.key(path, page, edit), partial(shell.page, path, page, edit))
        return env

    def _look_for_finished(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        self.converted.save()
        _offer(env, *TEMPLATE)
        more = (self.given.program, str(self.reloading), str(self.own_search))
        self.finished = Finished(self.output, self._kept("pages") / "sections.json", config, self.nav, *more)
        for file in files.documentation_pages():
            if file.page is not None:
                self.finished.look(file.page, self._foot(file.page, config))

    def _kept(self, room: str) -> Path:
        """The folder of what may be found anew, for this language and these readers."""
        return self.root / CACHE / room / f"{self.language}-{self.config.audience}"

    @property
    def known(self) -> Known:
        """What the build leaves for pages that are made before the next one."""
        return Known(Site(self.given), self.shells, frozenset(self.bare), self.paths, self.language)

    @contextmanager
    def _standing_at(self, path: str) -> Iterator[None]:
        """The navigation with the part marked in which the page `path` stands."""
        page = next((one for one in self.nav.pages if one.file.src_uri == path), None)
        part = page.parent or page if page else None
        if part is not None:
            part.active = True
        yield
        if part is not None:
            part.active = False

    def _shell(self, env: Environment, config: MkDocsConfig, files: Files, path: str, *, edited: bool) -> Shell:
        file = File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        if edited:
            file.edit_uri = self._from_docs(config, EDIT)
        model = MkDocsPage(TITLE, file, config)
        model.content = CONTENT
        model.meta = {"hide": ["navigation", "toc"], "search": {"exclude": True}}
        context = get_context(self.nav, files, config, model)
        template = env.get_template("main.html")
        context = config.plugins.on_page_context(context, page=model, config=config, nav=self.nav)
        output = config.plugins.on_post_page(template.render(context), page=model, config=config)
        return cut(output)

    def on_page_markdown(self, markdown: str, page: MkDocsPage, **_kwargs: object) -> str:
        """Keep our own HTML away from Markdown, which would only take its time over it."""
        return "" if page.file.src_uri in self.own else markdown

    def on_page_content(self, html: str, page: MkDocsPage, **_kwargs: object) -> str:
        """Put our own HTML in its place, and say so where a handbook page speaks another language than the site."""
        own = self.own.get(page.file.src_uri)
        if own is not None:
            return own.html or ""
        html = wrap_tables(stay(html))
        language = str(page.meta.get("language") or self.settings.languages[0])
        return html if language == self.language else div(Html(html), lang=language)

    def on_page_context(self, context: TemplateContext, page: MkDocsPage, **_kwargs: object) -> TemplateContext:
        """Escape what the theme writes into the head of a handbook page as it stands; say at home how old the site is."""
        context["config"].copyright = self._foot(page, context["config"])
        if page.file.src_uri not in self.own:
            page.meta.update(escaped(page.meta, page.title))
        return context

    def _foot(self, page: MkDocsPage, config: MkDocsConfig) -> str:
        if not self.dated:
            return config.copyright or ""
        return footer_line(self.settings, self.now) if page.is_homepage else undated_footer(self.settings)

    @event_priority(-100)  # after every plugin that still changes the page
    def on_post_page(self, output: str, page: MkDocsPage, **_kwargs: object) -> str:
        """Repair what the theme's markup lacks, and let the page load and run nothing but the site's own."""
        if self.finished.leaves(page):
            return output
        self.finished.made(page)
        page_html = name_feeds(lead_over(repair(output), page.url), page.url)
        return protect(page_html, page.content or "", reloading=self.reloading)

    @event_priority(-100)
    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig, **_kwargs: object) -> str:
        """Put the house's words on the page for addresses that do not exist, a template of the theme, and protect it."""
        if not template_name.endswith(".html"):
            return output_content
        if template_name == "404.html":
            base = urlsplit(config.site_url or "/").path.rstrip("/") + "/"
            output_content = say_missing(output_content, base, directory_urls=config.use_directory_urls)
        return protect(lead_home(repair(output_content)), reloading=self.reloading)

    @event_priority(-100)  # after search has written its index
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Let search find the bare pages and the reports, and put the browser editor beside all, where the settings ask for one."""
        kept = self._kept("search")
        documents = [*read_pages(self.bare, self.addresses, kept), *read_moved(self.moved)]
        documents += read_reports(self.given.reports, kept)
        add_search(self.output, documents, kept, own=self.own_search, complete=self.finished.complete)
        self._build_editor(Path(config.site_dir) / "editor")
        self.output.finish()
        config.site_dir = self.site_dir
        if self.ending:
            leave()

    def _build_editor(self, folder: Path) -> None:
        if self.settings.editor is None:
            return
        from toolkit.editor import build_editor  # half a second that few sites need

        try:
            build_editor(load_workspace(self.root), folder)
        except LeitstandError as error:
            raise PluginError(str(error)) from error

    def _render(self, config: MkDocsConfig) -> dict[str, Content]:
        edit = urljoin(urljoin(f"{config.repo_url}/", config.edit_uri), f"{self._from_docs(config, '')}/")
        base = edit if config.repo_url and config.edit_uri else ""
        sources = Sources(
            self.root,
            self.now,
            os.environ,
            config.use_directory_urls,
            base,
            partner=self.config.audience == "partner",
        )
        try:
            with without_collection():
                self.given = gather(sources)
                return render_site(self.given)
        except LeitstandError as error:
            raise PluginError(str(error)) from error

    def _from_docs(self, config: MkDocsConfig, path: str) -> str:
        """A path of the workspace as `edit_uri` wants it: from the folder of the documents."""
        return os.path.relpath(self.root / path, config.docs_dir).replace(os.sep, "/")

    def _file(self, config: MkDocsConfig, path: str, content: Page | Copied | bytes) -> File:
        if isinstance(content, Copied):
            return placed(File.generated(config, path, abs_src_path=str(content.path)), content, self.output)
        if isinstance(content, bytes):
            file = File.generated(config, path, content=content)
            return placed(file, content, self.output) if is_ours_alone(config) else file
        level = InclusionLevel.UNDEFINED if content.in_nav else InclusionLevel.NOT_IN_NAV
        # Our own HTML comes in `on_page_content`; until then there is no need to make it.
        text = content.markdown("") if content.make else content.markdown()
        file = File.generated(config, path, content=text, inclusion=level)
        if content.source:
            file.edit_uri = self._from_docs(config, content.source)
        return file


def _offer_search(env: Environment) -> bool:
    """Put our search in the place of the theme's; whether the theme has one."""
    try:
        # Not loaded, for that would compile it.
        (env.loader or DictLoader({})).get_source(env, PARTIAL)
    except TemplateNotFound:
        return False
    _offer(env, PARTIAL, search_box())
    return True


def _offer(env: Environment, name: str, template: str) -> None:
    """Put a template of ours before one of the theme with the same `name`."""
    env.loader = ChoiceLoader([DictLoader({name: template}), *filter(None, [env.loader])])


def _open(folder: Path) -> tuple[Path, Settings]:
    try:
        root = find_root(folder)
        return root, load_settings(FolderTree(root))[0]
    except LeitstandError as error:
        raise PluginError(str(error)) from error


def _clock(option: str) -> Clock:
    try:
        return choose_clock(option, os.environ)
    except LeitstandError as error:
        raise PluginError(str(error)) from error


def _said_theme(path: Path) -> Mapping[str, object]:
    """The theme settings that stand in mkdocs.yml; MkDocs itself mixes them with the theme's own."""
    with path.open("rb") as stream:
        theme = yaml_load(stream).get("theme")
    return theme if isinstance(theme, dict) else {}


def _paths_of(nav: object) -> Iterator[str]:
    """The paths that a `nav` names, at any depth."""
    if isinstance(nav, str):
        yield nav
    for one in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _paths_of(one)


def _is_kept(file: File, config: MkDocsConfig) -> bool:
    """Style sheets and scripts that mkdocs.yml names stay where it says they are."""
    named = {str(one) for one in (*config.extra_css, *config.extra_javascript)}
    named |= {str(config.theme[key]) for key in ("logo", "favicon") if config.theme.get(key)}
    return file.src_uri in named
