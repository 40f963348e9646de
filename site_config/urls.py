"""Every address; the fixed ones are promises (see the contract)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path, re_path

from codes.views import (
    bulk,
    codes,
    entries,
    explain,
    explained,
    feedback,
    guides,
    machines,
    monitoring,
    pages,
    parts,
    preferences,
    searching,
    signing_in,
    suggesting,
    ticket_systems,
)

handler400 = "codes.views.errors.bad_request"
handler403 = "codes.views.errors.forbidden"
handler404 = "codes.views.errors.not_found"
handler500 = "codes.views.errors.server_error"

urlpatterns = [
    path("", pages.root, name="root"),
    path("healthz", monitoring.healthz, name="healthz"),
    path("readyz", monitoring.readyz, name="readyz"),
    path("metrics", monitoring.metrics, name="metrics"),
    path("favicon.ico", pages.favicon),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots),
    path("api/", include("codes.api.urls")),
    path("admin/", admin.site.urls),
    path("sign-on/", signing_in.begin, name="oidc_authentication_init"),
    path("sign-on/callback/", signing_in.callback, name="oidc_authentication_callback"),
    re_path(r"^(?P<reply>\d{3})-(?P<code>[245]\.[\d.]+)$", codes.short_link),
    re_path(r"^(?P<code>\d{3}|[245xX]\.\d+\.\d+)$", codes.short_link, name="short-link"),
]

urlpatterns += i18n_patterns(
    path("", pages.home, name="home"),
    path("explain/", explain.explain, name="explain"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/explain/", bulk.bulk_explain, name="bulk-explain"),
    path("explained/", explained.explained, name="explained"),
    path("codes/", codes.index, name="codes"),
    path("codes/sheet/", codes.sheet, name="sheet"),
    path("codes/<str:code>.json", codes.data, name="code-data"),
    path("codes/<str:code>/", codes.show, name="code"),
    path("reasons/", entries.reasons, name="reasons"),
    path("reasons/<slug:slug>/", entries.reason, name="reason"),
    path("providers/", entries.providers, name="providers"),
    path("providers/<slug:slug>/", entries.provider, name="provider"),
    path("messages/", entries.messages, name="messages"),
    path("messages/<slug:slug>/", entries.message, name="message"),
    path("collections/<slug:slug>/", entries.collection, name="collection"),
    path("guides/", guides.guides, name="guides"),
    path("guides/<slug:slug>/", guides.guide, name="guide"),
    path("glossary/", guides.glossary, name="glossary"),
    path("help/source/", guides.source, name="source"),
    path("help/ticket-systems/", ticket_systems.ticket_systems, name="ticket-systems"),
    path("search/", searching.search, name="search"),
    path("parts/", parts.parts, name="parts"),
    path("parts/<slug:state>/", parts.part, name="part"),
    path("search/suggestions/", suggesting.suggestions, name="suggestions"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("sign-in/", signing_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("privacy/", pages.privacy, name="privacy"),
    path("shortcuts/", preferences.shortcuts, name="shortcuts"),
    path("theme/", preferences.theme, name="theme"),
)
