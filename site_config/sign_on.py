"""Who comes from the provider of single sign-on, and with which groups."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

#: Before the names of those who come from the provider, so that none is taken for an account made here.
PREFIX = "sso:"


class SingleSignOn(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Accounts of those who sign in elsewhere; the provider's claim alone says what they may do."""

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Return all claims: some providers put the groups into the token, some into what they tell about the user."""
        return {**payload, **super().get_userinfo(access_token, id_token, payload)}

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Accept whom the provider vouches for."""
        return bool(claims.get("sub"))

    def get_username(self, claims: dict[str, Any]) -> str:
        """Return the name that colleagues know."""
        name = claims.get("preferred_username") or claims.get("email") or claims["sub"]
        return f"{PREFIX}{name}"[:150]

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        """Return the account made at an earlier sign-in, never one made here."""
        return self.UserModel.objects.filter(username=self.get_username(claims))

    def create_user(self, claims: dict[str, Any]) -> Any:
        """Make the account of somebody who comes for the first time."""
        return self.update_user(self.UserModel.objects.create_user(self.get_username(claims)), claims)

    def update_user(self, user: Any, claims: dict[str, Any]) -> Any:
        """Take over names and groups as they are now."""
        told = claims.get(settings.OIDC_GROUPS_CLAIM) or []
        there = set(told if isinstance(told, list) else [told])
        here = {group for name, group in settings.OIDC_GROUPS if name in there}
        user.first_name = str(claims.get("given_name") or "")[:150]
        user.last_name = str(claims.get("family_name") or "")[:150]
        user.email = str(claims.get("email") or "")[:254]
        user.is_staff, user.is_superuser = bool(here), False
        user.save()
        user.groups.set(Group.objects.filter(name__in=here))
        return user
