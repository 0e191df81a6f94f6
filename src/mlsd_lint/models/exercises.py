"""The exercises, and their worked answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from mlsd_lint.typed import (
    Code,
    Entries,
    Heading,
    Headings,
    Link,
    Links,
    Paragraph,
    Part,
    Refers,
    Section,
    Text,
    Title,
    TypedDocument,
    Words,
)


class QuestionPart(Part):
    """A lettered part of a question."""

    letter: Annotated[str, Field(pattern=r"^[a-z]$")]
    text: str


class Question(Part):
    """A question, its parts, and the link to its worked answer."""

    number: int
    text: str
    parts: Annotated[list[QuestionPart], Entries("({letter}) {text}")] = []
    answer: Annotated[Link, Links("answers/*.md"), Refers("answer", back=True)]


class Exercises(TypedDocument):
    """The page of exercises: 27 questions, numbered without a gap."""

    title: Annotated[str, Title()]
    introduction: Annotated[str, Text()]
    how_to_work: Annotated[str, Section("How to work through a question")]
    questions: Annotated[list[Question], Section("Questions"), Entries("{text}", numbered=True)] = (
        Field(min_length=27, max_length=27)
    )
    designs: Annotated[
        list[Link], Section("Two more designs"), Links("answers/*.md"), Refers("design", back=True)
    ] = Field(min_length=2)
    headings: Annotated[list[Heading], Headings()]


class AskedQuestion(Part):
    """The question as the answer repeats it."""

    text: Annotated[str, Paragraph()]
    parts: Annotated[list[QuestionPart], Entries("({letter}) {text}")] = []


class Architecture(Part):
    """How the parts of the system hang together, drawn."""

    text: Annotated[str | None, Text()] = None
    diagrams: Annotated[list[str], Code("mermaid")] = Field(min_length=1)


class Design(TypedDocument):
    """A worked design: the sections of an answer."""

    title: Annotated[str, Title()]
    question: Annotated[AskedQuestion, Section("Question")]
    clarify: Annotated[str, Section("Clarify and assume")]
    goal: Annotated[str, Section("Goal and metrics")]
    data: Annotated[str, Section("Data and labels")]
    baseline: Annotated[str, Section("Baseline without learning")]
    model: Annotated[str, Section("Features and model")]
    training: Annotated[str, Section("Training and evaluation")]
    serving: Annotated[str, Section("Serving")]
    architecture: Annotated[Architecture, Section("Architecture")]
    monitoring: Annotated[str, Section("Monitoring and retraining")]
    harm: Annotated[str, Section("Failure and harm")]
    interviewer: Annotated[list[str], Section("What an interviewer asks next"), Entries()] = Field(
        min_length=1
    )
    related: Annotated[list[Link], Section("Related reading"), Links("content/*.md")] = Field(
        min_length=1
    )
    words: Annotated[int, Words()] = Field(ge=700)


class Answer(Design):
    """A worked answer to one of the questions."""

    number: Annotated[
        int,
        Refers(
            "exercises.questions.number",
            back=True,
            same={"question.text": "text", "question.parts": "parts"},
        ),
    ]
    topic: Annotated[str, Title("Question {number}: {topic}")]
