"""Which of Harper's rules are on, and which of ours each of them counts as.

A rule about grammar or confused words gates only if it was seen to be right, in the texts and by the
planted errors of benchmarks/prose, four times of five or more, or if it knows words that are wrong
wherever they stand; the others are for information. A rule is on if it is named here; one that a later version of Harper adds is off until somebody has
seen what it finds. Time grows with the number of rules, so a rule about what hardly stands in a
book on technology is off, however sound. Off are therefore:

- matters of taste that a house decides once: LongSentences, UseTitleCase, OxfordComma, Dashes,
  NumericRangeEnDash, UseEllipsisCharacter, NoFrenchSpaces, Spaces, CommaFixes, UnclosedQuotes,
  DiscourseMarkers, OkToOkay, DisjointPrefixes, CompoundNouns, hyphens, the Expand… rules;
- capitals of names, which are the business of P010: OrthographicConsistency, …Names, Countries;
- idioms of the sea, the stage and the stable, and words that such a book does not use;
- what was wrong about technical prose at least as often as right: MissingPreposition, HowTo,
  QuantifierNumeralConflict, Overall, WhomSubjectOfVerb, ThatChallenged, WrongNegative,
  MissingDeterminer, SplitWords (`spelling` knows better when two words were joined),
  OutOfDate, Regionalisms;
- the same in books and documentation that were read when all of these had been chosen: ThatThan
  ("a header that allows"), WayTooAdjective ("a way to separate"), QuiteQuiet, PronounKnew, AndIn,
  Discuss ("what we discussed about it"), WillNonLemma ("so will entering"), SingleBe, TheHowWhy,
  MultipleSequentialPronouns, ForAWhile, QuantifierNeedsOf ("a lot depends"), MergeWords,
  Therein, ProgressiveNeedsBe, Anybody, Respond, NotTo, ModalBeAdjective ("we must first
  understand"), InAWhile ("may kick in while"), LetsConfusion ("let people organize"). Codebase,
  ThisTypeOfThing, SentenceCapitalization, ThereIsAgreement and YourPredicateAdjective were wrong
  there as often as right, and are for information;
- LookingForwardTo, which writes to the standard output of the process and so would spoil ours.
"""

from __future__ import annotations

from types import MappingProxyType

from mlsd_lint.prose.words.known import names

SPELLING = "SpellCheck"
REPEATED = "RepeatedWords"
ARTICLE = "AnA"

NEVER = frozenset({"LookingForwardTo"})
"""Rules that nobody can switch on."""

_CONFUSED = """
    APart AWhile Ado AllReady AllThough ALongTime Alongside AheadAnd ApartFrom AtLeasToLeast
    AtLestToLeast BareInMind BellowBelow Bought BrandBrandish CanBeSeen Cant CantWay CeaseTo
    ColdModalTypo Confident ConfirmThat ConvenientStore Copyright CriteriaPhenomena
    DissembleDisassemble DoToDueTo DoesOrDose DueDiligence EludedTo EverEvery EverSince EveryTime
    Everyday ExitedExcitedContext ExtendOrExtent FeelFell FindFine FirstAidKit FlauntForFlout FondOn
    ForNoun FormativeYears FreePredicate GoingTo HavePassed HeDos HopHope HowMach Hereby HumanLife
    InThe InDueCourse InflectionPoint ItCan ItsContraction ItsPossessive KnowNothingVerb LetAlone
    LikelyHood LookInto MixedBag MootPoint NoLonger NotIn NotOnly NounVerbConfusion NowKnownAs
    NowWay OfCourse OnSecondThought OughtToBe OutOfSync PeaceOfMind PerSe PiqueInterest
    PleasRequestVerb PossessiveYour PrincipleToPrincipalRoleNoun PronounAre RallyToReally
    RegimenRegiment RelayOnForRely RifeWith RogueRouge SafeToSave SameAs SaveToSafe SeamToSeem
    SneakPeekPreview SpecialAttention StatuteOfLimitations SummarySummery ThatThis The
    TheWhetherWeather TheirToThere TheirToTheyre ThenThan ThereOwn ThereToTheir Theres ThesesThese
    TheyToThem TheyreConfusions TheyreToTheir ThieveNoun ThingThink ThinkKnowOff ThoughThought
    ThoughtProcess ThreatenVerb ThrowAway ToLoseTooLoose ToTwoToo ToTooIdioms TooTo TrialAndError
    UseToUsedTo WaistWaste WantBe WasAloud WebScraping WereWhere WokVerbTypo WorseOrWorst
    WroteToRote YourOutClauseAgreement
"""

_GRAMMAR = """
    ACoupleMore ALittleOfPractice AMeansToAnEnd ASomeTime AWholeOther AccuseOf AdjectiveDoubleDegree
    AdvantageOf AfterAWhile AfterAll AfterLater AllIntentsAndPurposes AllOfASudden AllowTo
    AmountsFor AnAnother AndSuch AndTheLike AnotherAn AnotherOnes AnotherThings Anyhow Anywhere
    ArriveTo AsComparedTo AsEvidentBy AsFollows AsIfThough AsLongAs AsMuchAs AsOfCurrently
    AsOfLately AsOpposedTo AskNoPreposition AspireTo AtAllCosts AtFaceValue AtTheEndOfTheDay
    AtTheExpenseOf AtTheVeryLeast AwaitFor AwareOf BeAllowed BeBiased BeConcerned BeWorried BarelyUn
    Beforehand BehindTheScenes BetterOffPhrase ByAccident ByOnesOwn Bypass
    CapitalizePersonalPronouns CauseItIsBecause ClientOrServerSide CodeInWriteIn Combinate
    ComfortableWith CommitmentTo ComplainAsNoun CompoundSubjectI ComprisesOf CondensateVerb
    ConstituteAs CorrectNumberSuffix DateBackFrom DespiteItIs DespiteOf DidPast Didnt DoIAdjective
    DoMistake DoNotWant DontCan DotInitialisms DoubleModal DoubleNegative EachAndEveryOne
    EachOthersPossessive EllipsisLength ElsePossessive EnvironmentVariable EverPronounRelPronoun
    EverySingleOneOf Everybody Everyone Everywhere ExceptOf FewUnitsOfTimeAgo ForALongTime
    ForFreeOfCharge ForSameReason ForTheMostPart ForTheNthTime Furthermore GetRidOf GetUsedTo
    GoSoFarAsTo GoodAt HadOf HaveAHardTime HaveNegNoAny HavePronoun HelpedPast HiddenIn
    HowDoesCompared HowItLooksLike However IAm IAmAgreement IDo IfWouldve ImplementIn
    InADifferentDirection InAHurry InAnyWay InCaseYouMissedIt InDetail InFavourOfDoing
    InHindsight InNeedOf InOfItself InTheFirstPlace InTheSameVein InThisThatRegard
    InflectedVerbAfterTo Insofar InspiredBy Instead InsteadOf Intact InterestedIn InvestIn
    IsBeenAuxSequence IsKnownFor ItLooksLikeThat ItTimeAuxiliary Itself IveGotTo KindOf KindSortOf
    LastButNotLeast LayoutVerb LeadRiseTo LessWorse LetToDo LevelOfDetails Lifetime
    LikeAsIf Likewise LinesOfCode LookForwardTo LooksLikes MakeDoWith MakeItSeem MakeSense MassNouns
    Meanwhile Middleware MissingTo Misspell Misunderstand Misunderstood Misuse Misused
    ModalOf ModalSeem MoreBetter MoreThatLikely MostNumber MostOfTheTimes
    Multimedia Myself NeedToNoun NoLongerPronoun NoMatchFor Nobody NominalWants Nonetheless
    NorModalPronoun NotBeAfterNot NotOnlyInversion Nothing Nowadays Nowhere
    NumberSuffixCapitalization OnADailyBasis OnTopOf OneAndTheSame OneOfTheSingular OnesSelf
    Overload Overnight Payed PhrasalVerbAsCompoundNoun PluralWrongWordOfPhrase PointsOfView
    PronounContraction PronounInflectionBe PronounVerbAgreement QuiteMany ReasonForDoing
    RedundantThat RegularIrregulars ResponsibilityFor ResponsibleFor ReverseEngineer RiseTheQuestion
    RulesOfThumb RunIntoProblemsOrTrouble ShutdownVerb SimilarLike
    SimplePastToPastParticiple SinceDuration SomeWithoutArticle Somebody SomebodyElses Somehow
    Someone SomethingIs Somewhere SoonerOrLater StateOfTheArt Straightforward SubjectPronoun
    SuchShame SufficeItToSay SupposedTo TakeALookTo TakeCareOf TakeControlOf Tenfold ThanksALot
    TheAnother TheDifferenceBetween TheEntiretyOf TheLastDays TheMy ThePointFor
    TheProperNounPossessive TheTheToThatThe ThereAfterCompound ThereMissingIsClause
    Therefore Themself ToAdverb ToBackOut ToSomeDegree ToTo ToWorryAbout Towards TransposedSpace
    Unless UnderneathOf VerbToAdjective VerseAsVerb VeryKnown VeryLess ViceVersa
    WentAheadAndAgreement Whereas WidelyAccepted Widespread WillContain WillGonna WishCould Without
    WithoutOut Worldwide WorstCaseScenario WorthToDo Worthwhile WouldNeverHave WrongApostrophe
    Yourself
"""

_STYLE = """
    BuiltIn Codebase FillerWords Hedging MultipleFrequencyAdverbs OverPlus Oxymorons ReadsAndWrites
    RedundantAcronyms RedundantAdditiveAdverbs RedundantAlmostNearly RedundantFirsts
    RedundantProgressiveComparative RedundantSelf RedundantSuperlatives SentenceCapitalization
    SomeOfThe ThatWhich ThereIsAgreement ThisTypeOfThing VeryUnique WholeEntire
    YourPredicateAdjective
"""

PHRASES = names("""
    AnA ALongTime AllThough Alongside AnAnother AndSuch AndTheLike AnotherAn AnotherOnes
    Anyhow Anywhere ApartFrom AsLongAs AsOpposedTo AtLeasToLeast AtLestToLeast BareInMind
    Beforehand Bypass Codebase CorrectNumberSuffix DespiteOf EllipsisLength
    EnvironmentVariable EveryTime Everybody Everyone Everywhere Furthermore However InThe
    Instead InsteadOf Intact Itself Likewise Meanwhile Middleware Misspell ModalOf Myself
    Nobody Nonetheless Nothing Nowhere NumberSuffixCapitalization OfCourse OnTopOf Payed PerSe
    RedundantAcronyms Somebody Somehow Someone Somewhere StateOfTheArt Straightforward The
    TheAnother Therefore TheirToThere ThenThan ThereOwn TrialAndError ViceVersa WebScraping
    Whereas WidelyAccepted Widespread Without WorstCaseScenario Worldwide WrongApostrophe
    Yourself
    """)
"""The rules about words that are wrong wherever they stand.

The other rules know sentences only, and are not asked about headings, table cells and titles.
"""

_SEEN_RIGHT = names("""
    AWhile AllowTo ArriveTo BehindTheScenes CapitalizePersonalPronouns DoesOrDose EveryTime
    ImplementIn InvestIn ItsContraction ItsPossessive LooksLikes MassNouns MissingTo NeedToNoun
    OneOfTheSingular Overnight PhrasalVerbAsCompoundNoun PluralWrongWordOfPhrase PronounContraction
    PronounInflectionBe PronounVerbAgreement RegularIrregulars RelayOnForRely SomeWithoutArticle
    TheMy TheirToTheyre ThereMissingIsClause ThereToTheir ThingThink ToTwoToo UnderneathOf
    WorthToDo
    """)

CODES = MappingProxyType(
    {SPELLING: "P004", REPEATED: "P001", ARTICLE: "P002"}
    | dict.fromkeys((*_CONFUSED.split(), *_GRAMMAR.split(), *_STYLE.split()), "P008")
    | {rule: "P007" for rule in _CONFUSED.split() if rule in _SEEN_RIGHT | PHRASES}
    | {rule: "P006" for rule in _GRAMMAR.split() if rule in _SEEN_RIGHT | PHRASES}
)
"""The rules that are on, each with the code of ours that its findings get if nothing speaks
against it."""

ENABLED_CODE = "P008"
"""The code of a rule that is off here and was switched on by the settings."""

FIXABLE = names("""
    RepeatedWords AnA AnAnother AnotherAn TheAnother InThe ModalOf Payed Whereas Alongside
    AtLeasToLeast AtLestToLeast DespiteOf InsteadOf ThereOwn NumberSuffixCapitalization
    CorrectNumberSuffix
    """)
"""The rules whose one replacement is nearly never wrong."""
