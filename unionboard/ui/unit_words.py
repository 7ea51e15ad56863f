"""What people call the kinds of units and schools, and the periods of plans."""

from collections.abc import Mapping

from unionboard.i18n import mark
from unionboard.models import PeriodKind, SchoolType, UnionKind

KINDS: dict[UnionKind, str] = {
    UnionKind.SCHOOL: mark("School"),
    UnionKind.HOSPITAL: mark("Hospital"),
    UnionKind.ENTERPRISE: mark("Enterprise"),
    UnionKind.OFFICE: mark("Public office"),
    UnionKind.OTHER: mark("Other"),
}
SCHOOL_TYPES: Mapping[SchoolType, str] = {
    SchoolType.KINDERGARTEN: mark("Kindergarten"),
    SchoolType.PRIMARY: mark("Primary school"),
    SchoolType.SECONDARY: mark("Secondary school"),
    SchoolType.VOCATIONAL: mark("Vocational school"),
    SchoolType.UNIVERSITY: mark("University or college"),
}
PERIODS: Mapping[PeriodKind, str] = {
    PeriodKind.CALENDAR_YEAR: mark("Calendar year"),
    PeriodKind.SCHOOL_YEAR: mark("School year"),
    PeriodKind.TERM: mark("Term"),
}
TEMPLATES: Mapping[UnionKind, str] = {
    UnionKind.SCHOOL: "school",
    UnionKind.HOSPITAL: "hospital",
    UnionKind.ENTERPRISE: "company",
    UnionKind.OFFICE: "community",
    UnionKind.OTHER: "community",
}
"""Which template is nearest to a kind of unit; it is offered first."""
