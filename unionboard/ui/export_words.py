"""What left as a file, in words."""

from unionboard.services.exports import Export
from unionboard.ui.text import t


def export_word(what: str) -> str:
    """What is called by a code of ``Export``; one that is not known any more by itself."""
    words = {
        Export.LEDGER: t("the ledger"),
        Export.BUDGET: t("the budget table"),
        Export.FUND_REPORT: t("the year-end report of the fund"),
        Export.CARE_REGISTER: t("the care register"),
        Export.AUDIT_FOLDER: t("the audit folder"),
        Export.SIGN_OFF_LIST: t("a list to sign"),
        Export.PAPER: t("a paper of the books"),
        Export.EVIDENCE: t("a paper or photo of an activity"),
        Export.EVIDENCE_REGISTER: t("the register of activities"),
        Export.PLAN_TABLE: t("the plan table"),
        Export.GANTT: t("the Gantt chart"),
        Export.TIMELINE_PAPER: t("the timeline to print"),
        Export.MINUTES: t("minutes of a meeting"),
        Export.NOTICE: t("the notice of a month"),
        Export.SIGN_IN: t("a sign-in sheet"),
        Export.VISIT_FORM: t("a care visit’s form"),
        Export.DISCLOSURE: t("the disclosure of dues and funds"),
        Export.CERTIFICATES: t("a list of certificates"),
        Export.SUMMARY: t("the summary"),
        Export.UPWARD_TABLE: t("the figures for the upper union"),
        Export.OVERVIEW: t("the overview of the unions below"),
        Export.HANDOVER: t("the handover package"),
        Export.BACKUP: t("a backup"),
        Export.EVERYTHING: t("everything, as open formats"),
        Export.KEY: t("the key to names"),
    }
    return words[Export(what)] if what in list(Export) else what


def tell_export(what: str, *, has_names: bool) -> str:
    """导出了慰问台账（含姓名）."""
    return t("took out {what}, with names", what=export_word(what)) if has_names else t("took out {what}", what=export_word(what))
