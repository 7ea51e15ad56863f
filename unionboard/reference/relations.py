"""What a union does in an activity, as plans say it and summaries count it."""

from enum import StrEnum


class Relation(StrEnum):
    """Source: domain notes A1 (14)."""

    LEAD = "lead"  # 主办: its own
    SUPPORT = "support"  # 协助, 配合: another body leads
    JOIN = "join"  # 参加上级: the superior union's
