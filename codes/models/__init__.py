"""The knowledge base, as an editor sees it; `codes.knowledge` is what pages and explanations read."""

from codes.models.code import CodeClass, CodeSubject, EnhancedCode, ReplyCode, StageMeaning
from codes.models.collection import Collection
from codes.models.counted import Feedback, HourCount, ReasonCount, UnrecognisedReply
from codes.models.former import FormerSlug
from codes.models.guide import Guide, Term
from codes.models.house import House
from codes.models.local_note import LocalNote
from codes.models.older import OlderText
from codes.models.provider import Provider
from codes.models.reason import Reason
from codes.models.reference import Reference
from codes.models.review import Review
from codes.models.revision import Revision
from codes.models.shipped import ShippedEntry
from codes.models.signature import Signature
from codes.models.synonym import Synonym

#: The kinds of entry that are shipped as fixtures, in the order in which they can be loaded.
SHIPPED_MODELS = (
    Reference,
    Reason,
    CodeClass,
    CodeSubject,
    ReplyCode,
    StageMeaning,
    EnhancedCode,
    Provider,
    Signature,
    Collection,
    Synonym,
    FormerSlug,
    Guide,
    Term,
)

__all__ = [
    "SHIPPED_MODELS",
    "CodeClass",
    "CodeSubject",
    "Collection",
    "EnhancedCode",
    "Feedback",
    "FormerSlug",
    "Guide",
    "HourCount",
    "House",
    "LocalNote",
    "OlderText",
    "Provider",
    "Reason",
    "ReasonCount",
    "Reference",
    "ReplyCode",
    "Review",
    "Revision",
    "ShippedEntry",
    "Signature",
    "StageMeaning",
    "Synonym",
    "Term",
    "UnrecognisedReply",
]
