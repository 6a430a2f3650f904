"""The exact cover search on the largest teams that it promises to look at."""

import random
import time

from rich.console import Console

from competences.scoring.cover import MAX_COMPETENCES, MAX_PEOPLE, smallest_covers

INSTANCES, MOST_MS = 200, 200.0


def team(chance: random.Random, number: int) -> dict[int, set[int]]:
    """Return who holds what: of each four teams one random, one of near-duplicates, two without easy cuts."""
    share = chance.uniform(0.1, 0.3)
    everything = range(MAX_COMPETENCES)
    if number % 4 == 0:
        return {p: {c for c in everything if chance.random() < share} for p in range(MAX_PEOPLE)}
    if number % 4 == 1:
        kinds = [{c for c in everything if chance.random() < share} for _ in range(12)]
        return {p: chance.choice(kinds) ^ {chance.randrange(MAX_COMPETENCES)} for p in range(MAX_PEOPLE)}
    if number % 4 == 2:
        many = round(share * MAX_COMPETENCES)
        return {p: set(chance.sample(everything, many)) for p in range(MAX_PEOPLE)}
    held: dict[int, set[int]] = {p: set() for p in range(MAX_PEOPLE)}
    for competence in everything:  # as many holders for each, and as many competences for each person
        least = sorted(held, key=lambda p: (len(held[p]), chance.random()))
        for person in least[: round(share * MAX_PEOPLE)]:
            held[person].add(competence)
    return held


def searches() -> None:
    """Print the processor time of the slowest of so many searches."""
    chance, times, cut = random.Random(20261125), [], 0
    for number in range(INSTANCES):
        held = team(chance, number)
        start = time.process_time()
        found = smallest_covers(held, range(MAX_COMPETENCES))
        times.append(1000 * (time.process_time() - start))
        cut += found.more or found.stopped
    worst, mean = max(times), sum(times) / len(times)
    met = "[green]met[/green]" if worst <= MOST_MS else "[red]MISSED[/red]"
    Console(width=150).print(
        f"{met}  cover search, {MAX_PEOPLE} people x {MAX_COMPETENCES} competences: worst of {INSTANCES} {worst:.0f} ms"
        f" of CPU, mean {mean:.0f}, at most {MOST_MS:.0f}; in {cut} there may be more groups than were counted"
    )


if __name__ == "__main__":
    searches()
