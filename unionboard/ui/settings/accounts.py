"""Who may come in: accounts, their roles, and where each is signed in."""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db, i18n, sign_in_service
from unionboard.errors.sign_ins import PasswordsDiffer
from unionboard.models import Account, AccountRole, Member, SignIn
from unionboard.services import accounts, passwords, sign_ins, unions
from unionboard.services.account_list import find_account, list_accounts, roles_of
from unionboard.services.permissions import Act
from unionboard.services.roles import is_same_person
from unionboard.ui import identity
from unionboard.ui.actions import action
from unionboard.ui.history import tell_moment
from unionboard.ui.identity import acting_who
from unionboard.ui.text import escape, language, t, tn

_NAME, _ROLES, _PASSWORD, _AGAIN = (f"new_account_{field}" for field in ("name", "roles", "password", "again"))
_TOLD = "account_told"
"""The one-time password just made, with whose it is: shown until it was written down."""


def show() -> None:
    """The tab."""
    if not identity.may(Act.MANAGE_ACCOUNTS):
        st.markdown(t("Accounts are kept by the chair. To change your own password, choose your name in the menu."))
        return
    with db.reading() as session:
        rows = list_accounts(session)
        members = [one for one in unions.list_members(session) if find_account(session, one.name) is None]
        open_ones = sign_ins.list_sign_ins(session, now_utc=clock.now_utc())
    if not rows:
        _show_first(members)
        return
    _show_told()
    list_side, new_side = st.columns([3, 2])
    with list_side, st.container(border=True):
        st.subheader(t("Accounts"), anchor=False)
        for account in rows:
            _show_account(account, [one for one in open_ones if one.account_id == account.id])
    with new_side, st.container(border=True):
        st.subheader(t("New account"), anchor=False)
        _ask_name_and_roles(members)
        st.button(t("Make the account"), type="primary", key="make_account", on_click=_add)
        st.markdown(f":small[:gray[{t('You get a password to hand on. It is good for one sign-in; then they choose their own.')}]]")


def tell_roles(roles: Iterable[AccountRole]) -> str:
    """Roles in words."""
    return i18n.tell_roles(language(), roles)


# --- a new one ---------------------------------------------------------------------------------------------------------------


def _show_first(members: Sequence[Member]) -> None:
    """Before the first account: what accounts are for, and what changes with the first."""
    with st.container(border=True, width=680):
        st.subheader(t("Work together, each with an account"), anchor=False)
        st.markdown(
            t(
                "As long as there is no account this program opens only on this computer, without a password. With the first one "
                "everybody signs in, here too: the chair, the treasurer and the others each see and do what is theirs, and the history "
                "says who it was."
            )
        )
        st.session_state.setdefault(_ROLES, [AccountRole.CHAIR])
        _ask_name_and_roles(members, always=(AccountRole.CHAIR,))
        with st.form("first_account", border=False):  # outside a form a run between the two would lose what is typed in the second
            left, right = st.columns(2)
            left.text_input(t("Password"), type="password", max_chars=passwords.MOST, autocomplete="new-password", key=_PASSWORD)
            right.text_input(t("The password again"), type="password", max_chars=passwords.MOST, autocomplete="new-password", key=_AGAIN)
            st.form_submit_button(t("Make the first account"), type="primary", key="make_first_account", on_click=_add_first)
        st.markdown(
            f":small[:gray[{t('The first account is a chair’s: from then on the chair makes the others. You sign in with it next.')}]]"
        )


def _ask_name_and_roles(members: Sequence[Member], *, always: tuple[AccountRole, ...] = ()) -> None:
    duties = {member.name: member.duty for member in members}
    st.selectbox(
        t("Name to sign in with"),
        list(duties),
        index=None,
        format_func=lambda name: f"{name} · {duties[name]}" if duties.get(name) else name,
        placeholder=t("From the committee’s list, or typed"),
        accept_new_options=True,
        key=_NAME,
        on_change=_suggest,
        args=(duties, always),
    )
    st.pills(t("Roles"), list(AccountRole), format_func=lambda role: tell_roles([role]), selection_mode="multi", key=_ROLES)


def _suggest(duties: dict[str, str], always: tuple[AccountRole, ...]) -> None:
    name = str(st.session_state.get(_NAME) or "")
    duty = next((duty for other, duty in duties.items() if is_same_person(other, name)), None)
    roles = accounts.suggest_roles(duty) if duty is not None else frozenset()
    st.session_state[_ROLES] = [role for role in AccountRole if role in roles or role in always]


def _add_first() -> None:
    name, password = str(st.session_state.get(_NAME) or ""), str(st.session_state.get(_PASSWORD) or "")

    def change(session: Session) -> Account:
        if password != str(st.session_state.get(_AGAIN) or ""):
            raise PasswordsDiffer
        passwords.check_password(password, name=name)  # an empty one would leave an account that nobody can sign in with
        roles = st.session_state.get(_ROLES) or ()
        return accounts.add_account(session, name=name, roles=roles, password=password, who=acting_who(), now_utc=clock.now_utc())

    if action(change).ok:
        _clear()


def _add() -> None:
    name, roles = str(st.session_state.get(_NAME) or ""), st.session_state.get(_ROLES) or ()
    password = passwords.make_password()

    def change(session: Session) -> Account:
        return accounts.add_account(session, name=name, roles=roles, password=password, must_change=True, **_stamp())

    outcome = action(change)
    if outcome.ok and outcome.value is not None:
        st.session_state[_TOLD] = outcome.value.name, password
        _clear()


def _clear() -> None:
    """Empty fields for the next one: a key only taken away would leave the browser showing, and sending, the last one's name and roles."""
    st.session_state.update({_NAME: None, _ROLES: []})
    for key in (_PASSWORD, _AGAIN):
        st.session_state.pop(key, None)


def _show_told() -> None:
    """The password to hand on, once."""
    told: tuple[str, str] | None = st.session_state.get(_TOLD)
    if told is None:
        return
    name, password = told
    with st.container(border=True, key="account_told_box"):
        st.markdown(f"**{t('Hand this password to {name}. It is shown this once and is good for one sign-in.', name=escape(name))}**")
        st.code(password, language=None)
        st.button(t("Written down"), icon=":material/check:", key="account_told_done", on_click=lambda: st.session_state.pop(_TOLD, None))


# --- those there are ---------------------------------------------------------------------------------------------------------


def _show_account(account: Account, open_ones: Sequence[SignIn]) -> None:
    """One line: who, as what, where; what can be done with it behind a click."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"account_row_{account.id}"):
        with st.container(gap=None):
            st.text(account.name)
            facts = [tell_roles(roles_of(account)), _tell_state(account, open_ones)]
            st.markdown(f":small[:gray[{' · '.join(facts)}]]")
        st.space("stretch")
        with st.popover(t("Manage"), key=f"account_{account.id}"):
            _show_deeds(account, open_ones)


def _tell_state(account: Account, open_ones: Sequence[SignIn]) -> str:
    if not account.is_active:
        return t("account closed")
    if account.must_change:
        return t("waits for the first sign-in")
    return tn("signed in on {n} device", "signed in on {n} devices", len(open_ones)) if open_ones else t("not signed in")


def _show_deeds(account: Account, open_ones: Sequence[SignIn]) -> None:
    if not account.is_active:
        st.button(t("Open the account again"), key=f"enable_account_{account.id}", on_click=_enable, args=(account,))
        return
    key, email_key = f"account_roles_{account.id}_{account.version}", f"account_email_{account.id}_{account.version}"
    held = roles_of(account)
    default = [role for role in AccountRole if role in held]
    st.pills(t("Roles"), list(AccountRole), default=default, format_func=lambda role: tell_roles([role]), selection_mode="multi", key=key)
    has_email = bool(account.email or sign_in_service.list_services())
    if has_email:
        label = t("E-mail address at the sign-in service")
        st.text_input(label, account.email, max_chars=120, autocomplete="off", key=email_key)
    label = t("Save") if has_email else t("Save the roles")
    st.button(label, key=f"save_roles_{account.id}", on_click=_save, args=(account, key, email_key))
    show_sign_ins(open_ones)
    with st.container(horizontal=True):
        st.button(t("New password"), icon=":material/key:", key=f"reset_account_{account.id}", on_click=_reset, args=(account,))
        if open_ones:
            label = t("Sign out everywhere")
            st.button(label, icon=":material/logout:", key=f"end_account_{account.id}", on_click=sign_out_everywhere, args=(account.id,))
        st.button(t("Close the account"), icon=":material/block:", key=f"disable_account_{account.id}", on_click=_disable, args=(account,))


def show_sign_ins(open_ones: Sequence[SignIn]) -> None:
    """Where an account is signed in, each with the way to end it."""
    here = identity.current_actor().sign_in_id
    for one in open_ones:
        with st.container(horizontal=True, vertical_alignment="center", key=f"device_{one.id}"):
            with st.container(gap=None):
                st.text(one.device or t("Unknown device"))
                facts = [i18n.tell_origin(language(), one.origin), t("since {moment}", moment=tell_moment(one.created_at_utc))]
                facts += [t("this browser")] if one.id == here else [t("last seen {moment}", moment=tell_moment(one.seen_at_utc))]
                st.markdown(f":small[:gray[{' · '.join(escape(fact) for fact in facts)}]]")
            st.space("stretch")
            if one.id != here:
                st.button(t("Sign out"), type="tertiary", key=f"end_sign_in_{one.id}", on_click=_sign_out, args=(one.id,))


def sign_out_everywhere(account_id: int) -> None:
    """For callbacks: end all sign-ins of an account, of one's own but this browser's."""
    action(lambda session: accounts.end_all_sign_ins(session, account_id, **_stamp()), done=t("Signed out everywhere else."))


def _sign_out(sign_in_id: int) -> None:
    action(lambda session: accounts.end_sign_in(session, sign_in_id, **_stamp()), done=t("Signed out there."))


def _save(account: Account, key: str, email_key: str) -> None:
    roles, email = st.session_state.get(key) or (), st.session_state.get(email_key)  # None: not asked for, as it was
    action(
        lambda session: accounts.change_account(session, account.id or 0, version=account.version, roles=roles, email=email, **_stamp()),
        done=t("Saved."),
    )
    identity.forget()


def _reset(account: Account) -> None:
    outcome = action(lambda session: accounts.reset_password(session, account.id or 0, **_stamp()))
    if outcome.ok and outcome.value is not None:
        st.session_state[_TOLD] = account.name, outcome.value


def _disable(account: Account) -> None:
    action(lambda session: accounts.disable_account(session, account.id or 0, version=account.version, **_stamp()), done=t("Closed."))


def _enable(account: Account) -> None:
    action(lambda session: accounts.enable_account(session, account.id or 0, version=account.version, **_stamp()), done=t("Opened again."))


def _stamp() -> dict[str, Any]:
    return {"who": acting_who(), "now_utc": clock.now_utc()}
