"""Pages that say that they are missing, and pages that only talk of such."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_lint.links.judging.html_pages import parse
from mlsd_lint.links.judging.soft_404 import says

ARTICLE = "This is an article with a great deal to say about what it is about. " * 60
MENU = "Home About Products Contact Imprint Jobs " * 30


def page(title, body="", head="", heading=None):
    h1 = title if heading is None else heading
    text = f"<title>{title}</title>{head}<h1>{h1}</h1><p>{body}"
    return parse(text.encode(), "text/html; charset=utf-8")


MISSING = [
    "Page not found",
    "404 - Page Not Found",
    "Page Not Found | Acme",
    "Acme - Page not found",
    "404 | Acme Corp.",
    "404 Not Found",
    "Not Found",
    "Error 404 (Not Found)!!1",
    "Oops! Page not found — Acme",
    "Sorry, this page isn't available.",
    "The page you are looking for doesn’t exist · Acme",
    "This page could not be found.",
    "Seite nicht gefunden – Acme",
    "Fehler 404: Seite nicht gefunden",
    "Page introuvable | ACME",
    "Erreur 404 - Page introuvable",
    "Página no encontrada - Acme",
    "Página não encontrada – Acme",
    "Pagina non trovata - Acme",
    "Pagina niet gevonden | Acme",
    "Nie znaleziono strony – Acme",
    "Strona nie została znaleziona",
    "Страница не найдена — Acme",
    "Сторінку не знайдено",
    "页面不存在 - Acme",
    "您访问的页面不存在",
    "找不到頁面",
    "ページが見つかりません | Acme",
    "お探しのページは見つかりませんでした",
    "페이지를 찾을 수 없습니다 - Acme",
    "Sayfa bulunamadı",
    "Sidan hittades inte",
]


@pytest.mark.parametrize("title", MISSING)
def test_missing(title):
    assert says(page(title, "Sorry. Go to the home page."), "www.acme.com").startswith(
        f'the page says "{title}'
    )


@pytest.mark.parametrize("title", ["Page not found | Acme", "Seite nicht gefunden", "页面不存在"])
def test_missing_with_menus_around(title):
    assert says(page(title, MENU), "acme.com")


def test_missing_by_the_heading_alone():
    assert says(page("Acme Documentation", heading="Page not found"), "acme.com")
    assert not says(page("Acme Documentation", heading="Not found"), "acme.com")
    assert not says(page("Acme", ARTICLE, heading="Page not found"), "acme.com")


def test_the_name_of_the_site_may_be_declared():
    head = '<meta property="og:site_name" content="The Daily Planet">'
    assert says(page("Page not found - The Daily Planet", "", head), "dplanet-news.net")
    assert not says(page("Page not found - The Missing Manual", ""), "dplanet-news.net")


@pytest.mark.parametrize("title", ["This domain is for sale", "acme.com is for sale"])
def test_names_for_sale(title):
    assert says(page(title, "Buy it"), "acme.com")


ABOUT = [
    ("HTTP 404 - Wikipedia", "en.wikipedia.org"),
    ("404 Not Found - HTTP | MDN", "developer.mozilla.org"),
    ("How to fix 404 errors", "acme.com"),
    ("Page not found: designing error pages", "acme.com"),
    ("Page Not Found: Designing Error Pages | Acme Blog", "acme.com"),
    ("Not Found (film) - Wikipedia", "en.wikipedia.org"),
    ("Nothing Found", "acme.com"),
    ("not-found.js | Next.js", "nextjs.org"),
    ("Error 404 - Museum", "museum.org"),
    ("Area code 404 - Wikipedia", "en.wikipedia.org"),
    ("404 Media", "www.404media.co"),
    ("Custom 404 page - Docs", "docs.acme.com"),
    ("File not found error in Python", "stackoverflow.com"),
    ("FileNotFoundError: page not found · Issue #404", "github.com"),
    ("Lost and not found", "acme.com"),
    ("Seite nicht gefunden: Was tun?", "acme.de"),
    ("Страница не найдена: как оформить ошибку", "acme.ru"),
    ("Peugeot 404", "acme.fr"),
    ("404", "acme.com"),
    ("File not found", "acme.com"),
    ("Domain for sale: how to price yours", "acme.com"),
    ("", "acme.com"),
]


@pytest.mark.parametrize(("title", "host"), ABOUT)
def test_about_missing_pages(title, host):
    assert says(page(title, ARTICLE, heading=title.partition(" - ")[0]), host) == ""


@pytest.mark.parametrize(
    "title", ["Page not found: designing error pages", "How to fix 404 errors"]
)
def test_short_pages_about_missing_pages(title):
    assert says(page(title, "A summary."), "acme.com") == ""


def test_an_article_that_says_it_is_one():
    head = '<meta property="og:type" content="article">'
    assert says(page("Page not found | Acme", MENU, head), "acme.com") == ""


@given(st.text(max_size=150), st.text(max_size=150), st.text(max_size=30))
@settings(deadline=None)
def test_any_page_has_an_answer(title, body, host):
    assert "\n" not in says(page(title, body), host)
