"""What stands around a page and is none of it; all of it names other modifications, releases and dates."""

from __future__ import annotations

from tests.forms.form import Form

_LINKS = (
    "<li><a href='/february-2030-sec-release/'>February 2030 SEC Release</a></li>"
    "<li><a href='/modifications/other/'>MP901 ‘Another modification’</a></li>"
    "<li><a href='/latest-news/sec-v99-0/'>SEC v99.0 released to implement MP902</a></li>"
)
_NEWS = (
    "<h3>Latest news</h3><p>SEC v99.0 took effect on 1 January 2030 and implements MP903 ‘A third modification’.</p>"
    "<ul><li>MP904 ‘Yet another’ Implemented</li></ul>"
)
_COOKIES = (
    "<p>We use cookies, as MP905 asks, since 1 January 2030.</p><button>Accept all</button><button>Settings</button>"
)
_RELATED = (
    "<h2>Related posts</h2><h3><a href='/a/'>SEC v98.0 released to implement MP906</a></h3><p>2 January 2030</p>"
    "<p>Version 98.0 of the SEC came into effect on 2 January 2030 …</p>"
)
_FOOT = "<p>© Smart Energy Code. MP907 ‘A footer’ was last updated on 3 January 2030.</p>"
_HIDDEN = (
    "<p>The February 2030 SEC Release will go live on 4 January 2030.</p><ul><li>MP908 ‘Hidden’ Targeted</li></ul>"
)

BEFORE = {
    "menu in nav": f"<nav><ul>{_LINKS}</ul></nav>",
    "menu in a header": f"<header><div><ul>{_LINKS}</ul></div><p>MP909 ‘Strapline’</p></header>",
    "menu by class": f'<div class="main-menu" id="menu-1"><ul>{_LINKS}</ul></div>',
    "menu bare": f"<div><ul>{_LINKS}</ul></div>",
    "breadcrumb in nav": "<nav aria-label=Breadcrumb><a href=/>Home</a> » <a href=/r/>February 2030 SEC Release</a></nav>",
    "breadcrumb by class": '<div class="breadcrumbs"><a href=/>Home</a> » <span>MP901 ‘Another modification’</span></div>',
    "skip link": '<a class="skip-link" href="#content">Skip to MP901</a><a href="#content">Skip to main content</a>',
    "search form": '<form role="search" action=/><label>Search for MP901</label><input value="MP902"><button>Go</button></form>',
    "cookie dialog": f'<div role="dialog" aria-label="Cookies">{_COOKIES}</div>',
    "hidden box": f"<div hidden>{_HIDDEN}</div>",
    "hidden by style": f'<div style="display: none">{_HIDDEN}</div>',
    "template": f"<template>{_HIDDEN}</template>",
    "script": '<script type=\'application/ld+json\'>{"name": "MP901 ‘x’ Implemented"}</script>',
}
AFTER = {
    "aside": f"<aside>{_NEWS}</aside>",
    "side column by class": f'<div class="site-sidebar widget-area">{_NEWS}</div>',
    "related posts": f'<section class="related-posts">{_RELATED}</section>',
    "cookie banner bare": f"<div><div>{_COOKIES}</div></div>",
    "footer": f"<footer>{_FOOT}<ul>{_LINKS}</ul></footer>",
    "footer by class": f'<div id="site-footer">{_FOOT}<ul>{_LINKS}</ul></div>',
    "modal": f'<div class="popup-modal" aria-modal="true">{_NEWS}</div>',
    "noscript": f"<noscript>{_HIDDEN}</noscript>",
    "newsletter": '<div class="newsletter-signup"><h3>Newsletter</h3><p>MP901 ‘Another modification’ Targeted</p></div>',
}
WITHIN = {
    "side column in main": f'<div class="sidebar">{_NEWS}</div>',
    "related posts bare": f"<div>{_RELATED}</div>",
    "sharing": '<div class="sharedaddy sharing"><a href=/s>Share MP901 ‘Another modification’</a></div>',
}


def before(form: Form) -> str:
    """Return what stands before the page."""
    return "".join(BEFORE[name] for name in sorted(form.around & BEFORE.keys()))


def after(form: Form) -> str:
    """Return what stands after the page."""
    return "".join(AFTER[name] for name in sorted(form.around & AFTER.keys()))


def within(form: Form) -> str:
    """Return what stands at the end of the page's own main part."""
    return "".join(WITHIN[name] for name in sorted(form.around & WITHIN.keys()))
