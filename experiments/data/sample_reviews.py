"""Synthetic English reviews: the built-in sample, and a controlled probe of memory.

One decisive clause sets the label. Everything around it, plot, anecdotes and mild remarks of
either polarity, is drawn without looking at the label: half of the mild remarks contradict it
and, on average, they tell nothing. How far back the decisive clause lies is recorded, so that
accuracy can be measured as a function of that distance.

A word is what ``str.split`` yields. The texts have neither hyphens nor apostrophes, so that
other tokenisers count the same words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

MIN_WORDS, MAX_WORDS = 20, 400
MAX_DISTANCE = 400
WEAK_SHARE = 0.25  # of the sentences around the decisive clause

# Slot -> (negative, positive). These words occur nowhere else in the grammar.
DECISIVE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verdict": (
        ("a dreadful", "an atrocious", "an abysmal", "a wretched", "a terrible", "a worthless"),
        ("a superb", "an outstanding", "an exquisite", "a magnificent", "a wonderful", "a brilliant"),
    ),
    "feeling": (
        ("loathed", "detested", "despised", "hated"),
        ("adored", "cherished", "relished", "loved"),
    ),
    "kind": (
        ("a disaster", "a travesty", "a fiasco", "an insult", "a catastrophe", "a disgrace"),
        ("a masterpiece", "a triumph", "a gem", "an achievement", "a marvel", "a joy"),
    ),
    "effect": (
        ("unwatchable", "appalling", "unbearable", "awful", "ghastly", "horrible"),
        ("breathtaking", "unforgettable", "flawless", "excellent", "dazzling", "perfect"),
    ),
}

DECISIVE_TEMPLATES = (
    "{opener} this is {verdict} and {effect} {film}.",
    "{opener} I {feeling} every minute of this {effect} {film}.",
    "{opener} it is {kind}, {effect} from beginning to end.",
    "{opener} the whole thing is {effect}, in short {kind}.",
)

MILD_BLAME = ("flat", "slow", "stiff", "thin", "noisy", "stale", "uneven", "patchy", "murky", "clumsy")
MILD_PRAISE = ("warm", "neat", "fresh", "tidy", "lively", "decent", "pleasant", "gentle", "smooth", "clever")

WEAK_TEMPLATES = (
    "{part} seemed rather {mild} {moment}.",
    "I found {part} somewhat {mild}.",
    "for a while {part} looked {mild} to me.",
    "{part} is {mild} in places.",
    "{companion} called {part} {mild}, and I can see why.",
    "when {person} {action}, {part} gets a little {mild}.",
)

NEUTRAL_TEMPLATES = (
    "{moment}, {person} {action} {place}.",
    "{person} meets {other} {place}.",
    "the story takes place {place}, where {person} {action}.",
    "{person} and {other} talk about {thing}.",
    "there is a scene in which {other} {action}.",
    "I saw it {viewing} with {companion}.",
    "we see {thing}, and then {person} {action}.",
    "{moment}, {other} hands {thing} to {person}.",
    "{part} was prepared {place}, as {companion} told me.",
    "{other} keeps {thing} {place}.",
    "like most {genre}, it has {person} and {other}.",
    "nobody knows that {person} {action} {moment}.",
)

SLOTS: dict[str, tuple[str, ...]] = {
    "opener": (
        "all told,",
        "taken as a whole,",
        "my conclusion is simple:",
        "let me be clear:",
        "to say it plainly,",
        "in the final reckoning,",
        "when everything is weighed,",
        "summing up,",
    ),
    "film": ("film", "picture", "movie", "feature", "production"),
    "mild": MILD_BLAME + MILD_PRAISE,  # drawn without looking at the label
    "part": (
        "the music",
        "the lighting",
        "the dialogue",
        "the editing",
        "the photography",
        "the middle act",
        "the narration",
        "the scenery",
        "the supporting cast",
        "the opening sequence",
        "the romance",
        "the courtroom scene",
        "the costume work",
        "the sound",
    ),
    "person": (
        "the old captain",
        "the lighthouse keeper",
        "the piano teacher",
        "the young widow",
        "the village doctor",
        "the night porter",
        "the retired judge",
        "the taxi driver",
        "the baker",
        "the apprentice",
        "the elder sister",
        "the private detective",
        "the botanist",
        "the goalkeeper",
        "the translator",
        "the cartographer",
    ),
    "other": (
        "a travelling salesman",
        "an amateur boxer",
        "a former nun",
        "a railway clerk",
        "a silent neighbour",
        "a schoolboy",
        "a radio announcer",
        "an unlucky gambler",
        "a farmer from the north",
        "an art dealer",
        "a visiting professor",
        "a bus conductor",
        "a stage magician",
        "a customs officer",
    ),
    "action": (
        "opens a letter",
        "misses the last train",
        "counts the coins",
        "repairs a bicycle",
        "waits for a telephone call",
        "learns to swim",
        "looks for a lost dog",
        "paints the kitchen",
        "leaves without a coat",
        "hides behind a curtain",
        "reads the newspaper aloud",
        "borrows a car",
        "cooks dinner for twelve",
        "follows the wrong van",
        "writes to the mayor",
        "sleeps through the storm",
        "buys a second ticket",
        "forgets a promise",
        "sells the piano",
        "climbs onto the roof",
    ),
    "place": (
        "in a harbour town",
        "at the edge of a desert",
        "on a small island",
        "in a hotel by the station",
        "near the old bridge",
        "behind the cinema",
        "in a quiet suburb",
        "on board a ferry",
        "in the mountains",
        "at the town hall",
        "in an empty theatre",
        "under the railway arches",
        "in the back of a shop",
        "along the river",
    ),
    "moment": (
        "in the first half",
        "after the titles",
        "halfway through",
        "near the middle",
        "one winter morning",
        "later that evening",
        "on the third day",
        "before the wedding",
        "during the long dinner",
        "in the second hour",
        "around the fifth scene",
        "at the same time",
    ),
    "thing": (
        "a leather suitcase",
        "an unpaid bill",
        "a map of the coast",
        "a broken clock",
        "a box of photographs",
        "the price of bread",
        "a green umbrella",
        "the weather in spring",
        "a pair of skates",
        "an unsigned contract",
        "the neighbour upstairs",
        "a recipe for soup",
        "a ship in a bottle",
        "the election",
    ),
    "genre": (
        "crime stories",
        "family dramas",
        "westerns",
        "comedies of manners",
        "ghost stories",
        "war films",
        "musicals",
        "road movies",
    ),
    "viewing": (
        "on television",
        "at a festival",
        "on a long flight",
        "in a half empty cinema",
        "on an old tape",
        "at home on Sunday",
        "in the open air",
        "at the film club",
    ),
    "companion": (
        "my brother",
        "a colleague",
        "my flatmate",
        "an old friend",
        "my aunt",
        "the student next to me",
        "my daughter",
        "someone from work",
    ),
}

# Neutral remarks of 1 to 12 words, which bring a passage to its exact length.
ASIDES = (
    "Anyway.",
    "Onwards.",
    "Well.",
    "Moving on.",
    "So then.",
    "Next point.",
    "So it goes.",
    "More on that.",
    "Now the details.",
    "But back to it.",
    "I took some notes.",
    "Here is the rest.",
    "I watched it on Sunday.",
    "The cinema was half full.",
    "It was raining that night.",
    "My seat was near the aisle.",
    "The poster shows a red umbrella.",
    "We had tea before it started.",
    "The credits list two people called Robin.",
    "I had read nothing about it beforehand.",
    "The ticket is still in my coat.",
    "My cousin asked me to write this down.",
    "There were eleven of us in the room.",
    "The shop next door sells posters of it.",
    "I wrote most of this on the bus home.",
    "The version I saw had subtitles in small letters.",
    "Somebody behind me opened a bag of roasted nuts.",
    "The first showing was on a Tuesday in late October.",
    "A friend lent me the disc and wants it back.",
    "My notes fill two pages and one is a drawing.",
    "I have seen it once, from the middle of row six.",
    "The disc comes in a grey box with a short booklet.",
    "We walked home afterwards and talked about the trains that evening.",
    "The interval came after an hour and I bought a newspaper outside.",
    "Before the main feature there was a cartoon about a small boat.",
    "Three of my colleagues saw it too, each on a different day.",
)

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class SampleReviews:
    """``n`` synthetic reviews.

    ``labels`` int8[n]: 0 negative, 1 positive, balanced. ``distances`` int32[n]: words after
    the decisive clause, 0 or more. ``flipped`` bool[n]: where the label contradicts the
    decisive clause. ``clauses``: the decisive clause of each text, verbatim.
    """

    texts: list[str]
    labels: np.ndarray
    distances: np.ndarray
    flipped: np.ndarray
    clauses: list[str]


def make_reviews(
    n: int, seed: int, distances: Sequence[int] | None = None, label_noise: float = 0.05
) -> SampleReviews:
    """Write ``n`` reviews of 20 to 400 words.

    ``distances`` gives, for each review, how many words (0-400) follow its decisive clause; a
    review is longer than 400 words only where that is needed. ``None`` draws uniformly among
    the distances that fit the length. ``label_noise`` is the probability (0-1) that the label
    contradicts the clause.

    Raises:
        ValueError: not one distance per review, or a distance or a noise out of range.
    """
    if distances is not None and len(distances) != n:
        raise ValueError(f"distances: expected one per review ({n}), found {len(distances)}")
    if distances is not None and any(not 0 <= distance <= MAX_DISTANCE for distance in distances):
        raise ValueError(
            f"distances: expected 0 to {MAX_DISTANCE}, found {min(distances)} to {max(distances)}"
        )
    if not 0 <= label_noise <= 1:
        raise ValueError(f"label_noise: expected 0 to 1, found {label_noise}")

    # Only Generator.random is used: the other methods are likelier to change with NumPy.
    rng = np.random.default_rng(seed)
    labels = np.argsort(rng.random(n), kind="stable") % 2
    flipped = rng.random(n) < label_noise
    draws = _uniforms(rng)

    texts, clauses, recorded = [], [], []
    for i, positive in enumerate((labels != flipped).tolist()):
        clause = _decisive_clause(positive, draws)
        n_clause = len(clause.split())
        wanted = 0 if distances is None else distances[i]
        shortest = max(MIN_WORDS, n_clause + wanted)
        n_words = _log_uniform(shortest, max(shortest, MAX_WORDS), draws)
        distance = _between(0, n_words - n_clause, draws) if distances is None else wanted
        passage = _passage(n_words - n_clause - distance, draws)
        texts.append(" ".join([*passage, clause, *_passage(distance, draws)]))
        clauses.append(clause)
        recorded.append(distance)
    return SampleReviews(texts, labels.astype(np.int8), np.array(recorded, np.int32), flipped, clauses)


def _uniforms(rng: np.random.Generator) -> Iterator[float]:
    while True:
        yield from rng.random(4096).tolist()


def _between(low: int, high: int, draws: Iterator[float]) -> int:
    """Uniform integer, both ends included."""
    return low + int(next(draws) * (high - low + 1))


def _log_uniform(low: int, high: int, draws: Iterator[float]) -> int:
    """Log-uniform integer, both ends included: as in real reviews, short ones are common."""
    return int(low * ((high + 1) / low) ** next(draws))


def _pick(options: Sequence[str], draws: Iterator[float]) -> str:
    return options[int(next(draws) * len(options))]


def _sentence(template: str, slots: dict[str, tuple[str, ...]], draws: Iterator[float]) -> str:
    text = _SLOT.sub(lambda slot: _pick(slots[slot[1]], draws), template)
    return text[0].upper() + text[1:]


def _decisive_clause(positive: bool, draws: Iterator[float]) -> str:
    slots = SLOTS | {name: words[positive] for name, words in DECISIVE.items()}
    return _sentence(_pick(DECISIVE_TEMPLATES, draws), slots, draws)


def _asides_by_length() -> dict[int, list[str]]:
    asides = defaultdict(list)
    for aside in ASIDES:
        asides[len(aside.split())].append(aside)
    return dict(asides)


_ASIDES = _asides_by_length()


def _passage(n_words: int, draws: Iterator[float]) -> list[str]:
    """Sentences of exactly ``n_words`` words in all, drawn without knowing the label."""
    sentences = []
    while n_words:
        templates = WEAK_TEMPLATES if next(draws) < WEAK_SHARE else NEUTRAL_TEMPLATES
        sentence = _sentence(_pick(templates, draws), SLOTS, draws)
        if len(sentence.split()) > n_words:
            if n_words not in _ASIDES:
                continue
            sentence = _pick(_ASIDES[n_words], draws)
        sentences.append(sentence)
        n_words -= len(sentence.split())
    return sentences
