"""The site as the screens know it, and what each account has chosen for itself."""

from __future__ import annotations

from dataclasses import asdict

from frontdesk.domain import access
from frontdesk.domain.access import Actor, Permission
from frontdesk.services import inputs, reference
from frontdesk.services.site import Site
from frontdesk.services.views import MySettings, SiteView
from frontdesk.storage import models as m

TOPIC = "site"


def site_view(site: Site, actor: Actor) -> SiteView:
    """What every screen needs to know of the site; every signed-in account may."""
    with site.store.read() as unit:
        return reference.site_view(unit, site)


def site_name(site: Site) -> str:
    """The site's name, for the screen on which nobody has signed in yet."""
    with site.store.read() as unit:
        return str(reference.setting(unit, reference.NAME, ""))


def my_settings(site: Site, actor: Actor) -> MySettings:
    """What the actor has chosen; every account may read its own."""
    with site.store.read() as unit:
        return MySettings(**unit.get(m.Account, actor.id).settings)


def keep_my_settings(site: Site, actor: Actor, chosen: MySettings) -> MySettings:
    """Keeps the actor's own choices."""
    kept = MySettings(*(inputs.line(name, value) for name, value in asdict(chosen).items()))
    with site.store.write() as unit:
        unit.change(m.Account, actor.id, settings=asdict(kept))
        return kept


def rename_site(site: Site, actor: Actor, name: str, company: str | None = None) -> SiteView:
    """Gives the site another name, and the company that runs it where one is given.

    Raises:
        Forbidden: the actor may not manage the site.
        BadInput: the name is empty or too long.
    """
    access.require(actor, Permission.MANAGE_SITE)
    kept = inputs.line("name", name, needed=True)
    with site.store.write() as unit:
        reference.keep_setting(unit, reference.NAME, kept)
        if company is not None:
            reference.keep_setting(unit, reference.COMPANY, inputs.line("company", company))
        unit.audit(actor, "site.renamed", "site:1", {})
        unit.announce(TOPIC, 1)
        return reference.site_view(unit, site)
