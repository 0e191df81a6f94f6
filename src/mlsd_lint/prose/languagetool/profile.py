"""Which of LanguageTool's rules are on, and which of ours each of them counts as.

LanguageTool has thousands of rules in some twenty categories. A rule counts as its category does,
unless it is named here. One about grammar or confused words gates only if it was seen to be right,
in the texts and by the planted errors of benchmarks/prose, four times of five or more; the others
are for information. One in a category that is not named here is off; so is one that was wrong
about technical prose at least as often as it was right. `prose.enable` and `prose.disable` change
that rule by rule.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mlsd_lint.prose.words.known import names

if TYPE_CHECKING:
    from collections.abc import Collection

PROFILE: Final = "7"
"""Part of the fingerprint: to be raised when this profile changes, `reading` or `spelling`."""

REPEATED: Final = "ENGLISH_WORD_REPEAT_RULE"
ARTICLE: Final = "EN_A_VS_AN"
SPELLING: Final = "MORFOLOGIK_RULE"
"""How the names of the spelling rules begin; the rest is the language."""

ENABLED_CODE: Final = "P008"
"""What a rule counts as that is off here and switched on by the settings."""

_CATEGORIES = MappingProxyType(
    {
        "GRAMMAR": "P006",
        "COLLOCATIONS": "P006",
        "NONSTANDARD_PHRASES": "P006",
        "CONFUSED_WORDS": "P007",
        "TYPOS": "P007",
        "STYLE": "P008",
        "REDUNDANCY": "P008",
        "COMPOUNDING": "P008",
        "MISC": "P008",
    }
)

_CATEGORIES_OFF = (
    # Marks and spaces: Markdown has its own, and commas are a matter of school.
    *("TYPOGRAPHY", "PUNCTUATION", "CASING"),
    # Which word belongs to which country, and how makers write their names: P010 and P012.
    *("BRITISH_ENGLISH", "AMERICAN_ENGLISH_STYLE", "PROPER_NOUNS"),
    # Taste, other kinds of text, and what only a whole text shows.
    *("REPETITIONS_STYLE", "TON_ACADEMIC", "PLAIN_ENGLISH", "CREATIVE_WRITING", "WIKIPEDIA"),
    *("GENDER_NEUTRALITY", "TEXT_ANALYSIS", "FALSE_FRIENDS", "SEMANTICS", "APRIL"),
    "MULTITOKEN_SPELLING",
)

_RULES = MappingProxyType(
    {
        REPEATED: "P001",
        ARTICLE: "P002",
        # Contractions without their apostrophe, from a list: "dont".
        "EN_CONTRACTION_SPELLING": "P003",
        "IT_IT": "P001",
        "EN_SIMPLE_REPLACE": "P007",
        # true, but a matter of taste
        **dict.fromkeys(("CYBER_COMPOUNDS", "SHORT_COMPARATIVES", "THERE_IS_A_LOT_OF"), "P008"),
        **dict.fromkeys(("CONFUSION_OF_ME_I", "EN_DIACRITICS_REPLACE", "IF_OF"), "P008"),
        **dict.fromkeys(("FEWER_LESS", "COMPRISED_OF", "KEY_WORDS"), "P008"),
        # right now and then, but more often lost in a long sentence
        **dict.fromkeys(("HAVE_PART_AGREEMENT", "ADVERB_VERB_ADVERB_REPETITION"), "P008"),
    }
)

_GATING = frozenset({"P006", "P007"})
_SEEN_RIGHT = names("""
    ABOUT_ITS_NN ACCOMPANY_WITH AGREEMENT_SENT_START AGREEMENT_SENT_START_2 ALLOW_TO ALL_NN
    AND_THAN APART_FORM ASK_WETHER A_NNS BASE_FORM BEEN_PART_AGREEMENT BOTH_AS_WELL_AS
    CAN_CHECKOUT CAN_I_VBD CC_NNP_VBP CLEAN_UP COMPARISONS_THEN COMP_THAN
    CONFUSION_OF_THEN_THAN CROSS_COMPOUNDS DEPENDENT DOSE_DOES DT_DT DT_PRP FOR_AWHILE FROM_X_Y
    GIVE_ADVISE HE_VERB_AGR IF_THERE IN_OR_WITH_REGARDS_TO_OF IN_THE_PASSED ITS_TO_IT_S IT_IS
    IT_IS_2 IT_VBZ I_LOWERCASE LETS_LET LOOKS_LIKES LOOSE_LOSE MASS_AGREEMENT MD_BASEFORM
    NEEDNT_TO_DO_AND_DONT_NEED_DO NON3PRS_VERB NOUN_VERB_CONFUSION OTHER_THEN OVERNIGHT
    PCT_PLURAL_NOUN_SINGULAR_VERB_AGREEMENT PCT_SINGULAR_NOUN_PLURAL_VERB_AGREEMENT
    PERS_PRONOUN_AGREEMENT PRP_HAVE_VB PRP_PAST_PART RATHER_THEN RELAY_RELY SETUP_VERB SHE_LIVE
    SINGULAR_AGREEMENT_SENT_START SINGULAR_VERB_AFTER_THESE_OR_THOSE SOMETIME_SOMETIMES
    TAKE_AWHILE THAT_S_YOU_RE THEIR_IS THERE_OWN THERE_S_MANY THERE_THEIR THEYRE_THEIR THE_HOW
    THING_THINK THIS_NNS TOO_TO TO_TOO TYPO_FORM_FROM WERE_WHERE WHOS_NN WILL_BASED_ON YOUR_NN
    YOUR_RE
    """)

ACROSS: Final = frozenset(
    {
        "ENGLISH_WORD_REPEAT_BEGINNING_RULE",
        "EN_WORD_COHERENCY",
        "EN_CONSISTENT_APOS",
        "EN_UNPAIRED_BRACKETS",
        "EN_UNPAIRED_QUOTES",
        "UPPERCASE_SENTENCE_START",
        "PUNCTUATION_PARAGRAPH_END",
        "PUNCTUATION_PARAGRAPH_END2",
        "PHRASE_REPETITION",
        "TOO_LONG_PARAGRAPH",
        "EN_REPEATEDWORDS",
        "PARAGRAPH_REPEAT_BEGINNING_RULE",
        "FILLER_WORDS_EN",
        "READABILITY_RULE_SIMPLE",
        "READABILITY_RULE_DIFFICULT",
    }
)
"""Rules that compare sentences with each other: off, since passages are checked together."""

_OFF = frozenset(
    {
        *ACROSS,
        # Marks and spaces that are in other categories in some of its versions.
        *("WHITESPACE_RULE", "EN_QUOTES", "DASH_RULE", "WORD_CONTAINS_UNDERSCORE", "ARROWS"),
        *("COMMA_PARENTHESIS_WHITESPACE", "UNLIKELY_OPENING_PUNCTUATION", "SENTENCE_WHITESPACE"),
        *("CURRENCY", "METRIC_UNITS_EN_US", "METRIC_UNITS_EN_GB", "METRIC_UNITS_EN_IMPERIAL"),
        # "a write", "the compute", "to shard": its dictionary knows these as verbs or nouns only.
        *("A_INFINITIVE", "A_UNCOUNTABLE", "WANT_TO_NN", "CD_NN", "THE_SUPERLATIVE"),
        # Rules that took a sentence apart wrongly more often than not.
        *("NEITHER_NOR", "BETWEEN_TO_AND", "ASK_TO", "FILL_OF_WITH", "THERE_MISSING_VERB"),
        *("ON_COMPOUNDS", "OVER_COMPOUNDS", "BESIDES_BESIDE", "ANALYSIS_IF", "IN_PRINCIPAL"),
        *("MAKER_COMPOUNDS", "STARS_AND_STEPS", "RECOMMENDED_COMPOUNDS", "THE_PUNCT"),
        *("DOUBLE_NEGATIVE", "POSSESSIVE_APOSTROPHE", "RELY_ON", "KIND_OF_A", "MORE_NN"),
        *("CONDITIONAL_CLAUSE", "AFFORD_VBG", "ADVERTISEMENT_OF_FOR", "ADMIT_ENJOY_VB", "A_BIT"),
        *("ADVERB_OR_HYPHENATED_ADJECTIVE", "ATD_VERBS_TO_COLLOCATION", "A_INSTALL", "AS_DISCUSS"),
        *("USE_TO_VERB", "ARRIVE_NNP", "COLLECTIVE_NOUN_VERB_AGREEMENT_VBP", "REPEATED_VERBS"),
        *("PRP_MD_NN", "MENTION_ABOUT", "ARTICLE_ADJECTIVE_OF", "IN_THE_MOMENT", "MAY_BE", "IF_IS"),
        *("NOUN_APOSTROPHE_S_VERB", "OTHER_OTHERS", "PREFER_OVER_TO", "THROUGH_OUT", "YOUR_YOU_2"),
        *(
            "NO_NOT",
            "PREPOSITION_VERB",
            "PRP_THE",
            "PEOPLE_VBZ",
            "MANY_NN",
            "KEEP_SEEING",
            "IN_WHO",
        ),
        *("DT_JJ_NO_NOUN", "CONSEQUENCES_OF_FOR", "CAN_WHAT", "CA_FOLLOW_UP", "ARE_WE_HAVE"),
        *("ANYMORE_ADVERB", "ALL_MOST_SOME_OF_NOUN", "ADVISE_VBG", "THANK_FULL", "TO_NON_BASE"),
        # Which English a word belongs to is the business of P012.
        *(f"EN_{country}_SIMPLE_REPLACE" for country in ("US", "GB", "AU", "CA")),
        *("LEARN_NNNNS_ON_DO", "SAVE_SAFE", "A_MD_VB", "NEEDS_FIXED", "WHEN_WHERE"),
        *("PLURAL_VERB_AFTER_THIS", "MD_BE_NON_VBP", "NOUN_AROUND_IT", "LARGE_NUMBER_OF"),
        # Names of models and functions with a digit in them.
        "NUMBERS_IN_WORDS",
    }
)

_HYPHEN: Final = "_HYPHEN"
"""How the names end of rules about compounds before a noun: they are right, but misread by nobody."""

FIXABLE: Final = frozenset({REPEATED, ARTICLE, "EN_CONTRACTION_SPELLING"})
"""The rules whose only replacement is nearly never wrong."""

# Rules of many words each: every word has a name of its own, which begins with that of the rule.
_FAMILY = re.compile(
    rf"({SPELLING}_[A-Z]{{2}}_[A-Z]{{2}}|EN_COMPOUNDS|EN_SIMPLE_REPLACE|EN_PLAIN_ENGLISH_REPLACE"
    r"|EN_REDUNDANCY_REPLACE|EN_DIACRITICS_REPLACE|EN_REPEATEDWORDS|EN_WORD_COHERENCY"
    r"|EN_MULTITOKEN_SPELLING|EN_(?:US|GB|AU|CA|NZ|ZA)_SIMPLE_REPLACE)(?:_.+)?"
)


def rule_name(identifier: str) -> str:
    """The name of a rule for which an answer gives that of the rule, or of a word it is about."""
    found = _FAMILY.fullmatch(identifier)
    return found[1] if found else identifier


def code(rule: str, category: str, enabled: Collection[str]) -> str | None:
    """The code of our rule that one of LanguageTool's counts as; None if it is off.

    `enabled` are the rules that the settings switch on.
    """
    known = _RULES.get(rule)
    if known is None and rule not in _OFF:
        known = "P008" if rule.endswith(_HYPHEN) else _CATEGORIES.get(category)
        if known in _GATING and rule not in _SEEN_RIGHT:
            known = "P008"
    return known or (ENABLED_CODE if rule in enabled else None)


def disabled_rules(enabled: Collection[str], disabled: Collection[str]) -> list[str]:
    """The names of the rules that a server is to leave out, in order."""
    return sorted((_OFF | set(disabled)) - set(enabled))


def disabled_categories() -> list[str]:
    """The names of the categories of which a server is to leave out all rules not enabled."""
    return sorted(_CATEGORIES_OFF)
